import * as z from 'zod';
import { HttpError } from '../http/http-error.ts';
import { type Route, noContent, nothing, route } from '../http/route.ts';
import { endedSessionCookie, sessionCookie } from '../http/session-cookie.ts';
import { email, line, mailedSecret } from '../input.ts';
import { errorFacts } from '../logging/create-logger.ts';
import type { Services } from '../services.ts';
import type { Draw } from '../limits/limiter.ts';
import { newPassword, typedPassword } from './password-rules.ts';

const tag = 'account';
const open = { permission: 'public', tag, params: nothing, query: nothing } as const;

const accepted = z
  .object({ status: z.literal('accepted') })
  .describe('the same whether or not the address has an account');
const done = z.object({ status: z.literal('done') });

/** Work that only addresses with an account need: an answer that waited for it would tell them by its time. */
const afterTheAnswer = ({ log }: Pick<Services, 'log'>, work: Promise<void>): void => {
  work.catch((error: unknown) => log.error('mail.not-prepared', errorFacts(error)));
};

const badLink = (): HttpError =>
  new HttpError(400, 'invalid_token', 'the link is used, expired or not valid');
const wrongLogin = (): HttpError => new HttpError(401, 'wrong_login', 'address or password is wrong');

const signup = route({
  ...open,
  method: 'POST',
  path: '/api/auth/signup',
  limit: 'signup',
  summary: 'Create an account; a link to confirm the address is mailed',
  body: z.strictObject({ email, name: line(100), password: newPassword }),
  status: 202,
  reply: accepted,
  handle: async ({ services }, { body }) => {
    await services.identity.signUp(body);
    services.log.security('account.created');
    return { status: 'accepted' as const };
  },
});

const verify = route({
  ...open,
  method: 'POST',
  path: '/api/auth/verify',
  limit: 'token',
  summary: 'Confirm an address with the secret of the mailed link',
  body: z.strictObject({ token: mailedSecret }),
  status: 200,
  reply: done,
  handle: async ({ services }, { body }) => {
    if (!(await services.identity.verifyEmail(body.token))) throw badLink();
    services.log.security('address.verified');
    return { status: 'done' as const };
  },
});

const resend = route({
  ...open,
  method: 'POST',
  path: '/api/auth/verify/resend',
  limit: 'forgot',
  summary: 'Mail a new link to confirm an address',
  body: z.strictObject({ email }),
  status: 202,
  reply: accepted,
  handle: async ({ services, limit }, { body }) => {
    await limit([{ limit: 'forgotAccount', of: body.email }]);
    afterTheAnswer(services, services.identity.resendVerification(body.email));
    return { status: 'accepted' as const };
  },
});

const login = route({
  ...open,
  method: 'POST',
  path: '/api/auth/login',
  limit: 'login',
  summary: 'Sign in; the session is set as a cookie',
  body: z.strictObject({ email, password: typedPassword }),
  status: 200,
  reply: z.object({ user: z.object({ id: z.uuid() }), expiresAt: z.iso.datetime() }),
  handle: async (call, { body }) => {
    const { services, address, userAgent, setCookie } = call;
    const fromAddress: Draw = { limit: 'loginAddress', of: address };
    const toAccount: Draw = { limit: 'loginAccount', of: body.email };
    await call.limit([fromAddress]);
    // An account under attack stays open to its owner: any address that was quiet so far may still try a few times.
    const pair: Draw = { limit: 'loginPair', of: `${body.email} ${address}` };
    const account = await services.limiter.take([toAccount]);
    if (!account.allowed) await call.limit([pair]);

    const outcome = await services.identity.login(body.email, body.password, { address, userAgent });
    if (outcome.kind === 'wrong') {
      services.log.security('login.failed');
      throw wrongLogin();
    }
    await services.limiter.refund(account.allowed ? [fromAddress, toAccount] : [fromAddress, pair]);
    if (outcome.kind === 'unverified')
      throw new HttpError(403, 'address_not_verified', 'confirm your address first');
    if (call.sessionHash !== null) await services.identity.logout(call.sessionHash);
    services.log.security('login.succeeded', { user: outcome.userId });
    setCookie(sessionCookie(outcome.secret, outcome.expiresAt, services.now()));
    return { user: { id: outcome.userId }, expiresAt: outcome.expiresAt.toISOString() };
  },
});

const logout = route({
  ...open,
  method: 'POST',
  path: '/api/auth/logout',
  limit: 'read',
  summary: 'End this session',
  body: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ services, sessionHash, setCookie }) => {
    if (sessionHash !== null) await services.identity.logout(sessionHash);
    services.log.security('logout');
    setCookie(endedSessionCookie);
  },
});

const forgot = route({
  ...open,
  method: 'POST',
  path: '/api/auth/password/forgot',
  limit: 'forgot',
  summary: 'Mail a link for a new password',
  body: z.strictObject({ email }),
  status: 202,
  reply: accepted,
  handle: async ({ services, limit }, { body }) => {
    await limit([{ limit: 'forgotAccount', of: body.email }]);
    afterTheAnswer(services, services.identity.forgot(body.email));
    services.log.security('password.reset-requested');
    return { status: 'accepted' as const };
  },
});

const reset = route({
  ...open,
  method: 'POST',
  path: '/api/auth/password/reset',
  limit: 'token',
  summary: 'Set a new password with the secret of the mailed link; every session ends',
  body: z.strictObject({ token: mailedSecret, newPassword }),
  status: 200,
  reply: done,
  handle: async ({ services }, { body }) => {
    if (!(await services.identity.reset(body.token, body.newPassword))) throw badLink();
    services.log.security('password.reset');
    return { status: 'done' as const };
  },
});

const changePassword = route({
  method: 'POST',
  path: '/api/auth/password/change',
  permission: 'account',
  limit: 'password',
  tag,
  summary: 'Change the password; every other session ends and this one is renewed',
  params: nothing,
  query: nothing,
  body: z.strictObject({ currentPassword: typedPassword, newPassword }),
  status: 200,
  reply: done,
  handle: async ({ services, sessionHash, person, address, userAgent, setCookie }, { body }) => {
    const from = { address, userAgent };
    const outcome = await services.identity.changePassword(
      sessionHash,
      body.currentPassword,
      body.newPassword,
      from,
    );
    if (outcome.kind === 'signed-out') throw new HttpError(401, 'unauthenticated', 'sign in first');
    if (outcome.kind === 'wrong') throw new HttpError(403, 'wrong_password', 'the current password is wrong');
    services.log.security('password.changed', { user: person.userId });
    setCookie(sessionCookie(outcome.secret, outcome.expiresAt, services.now()));
    return { status: 'done' as const };
  },
});

export const authRoutes: readonly Route[] = [
  signup,
  verify,
  resend,
  login,
  logout,
  forgot,
  reset,
  changePassword,
];
