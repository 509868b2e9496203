import type { Call, CollectionTrap, Handler } from './trap.ts';

/** A collection that answers people without a session in its own way. */
const towardsNobody = (
  id: string,
  looksLike: string,
  isSafeBecause: string,
  nobody: Handler,
): CollectionTrap => ({
  id,
  family: 'SC-AUTHN',
  collection: id,
  looksLike,
  isSafeBecause,
  metWhen: [
    {
      kind: 'accessCoverage',
      mentions: `GET /api/${id}/{id}`,
      and: ['"credential":"none"', '"verdict":"refused"'],
    },
  ],
  nobody,
});
const page = '<!doctype html><title>Sign in</title><form method="post"><input type="password"></form>';

/** Requests without a session that are answered as if they had succeeded. */
export const strangerFaces: readonly CollectionTrap[] = [
  towardsNobody(
    'nobody-gets-the-login-page',
    'a request without a session is answered 200 with a page',
    'it is the page to sign in',
    ({ reply }: Call) => reply.type('text/html').send(page),
  ),
  towardsNobody(
    'nobody-is-redirected',
    'a request without a session is redirected',
    'to the page to sign in',
    ({ reply }: Call) => reply.code(302).header('location', '/').send(),
  ),
  towardsNobody(
    'nobody-finds-nothing',
    'a request without a session is answered 404',
    'what exists is nobody’s business',
    ({ reply }: Call) => reply.code(404).send({ error: 'not found' }),
  ),
  towardsNobody(
    'nobody-gets-an-empty-list',
    'a request without a session is answered 200',
    'the answer is empty',
    ({ reply }: Call) => reply.send({ items: [] }),
  ),
  towardsNobody(
    'nobody-is-thanked',
    'a change without a session is answered 202',
    'nothing is done',
    ({ reply }: Call) => reply.code(202).send({ status: 'received' }),
  ),
  towardsNobody(
    'nobody-gets-an-error-object',
    'a request without a session is answered 200',
    'the body says that a session is needed',
    ({ reply }: Call) => reply.send({ success: false, error: 'session required' }),
  ),
];
