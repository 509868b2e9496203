import { afterEach, expect, test } from 'vitest';
import { accessCoverage } from '../coverage/access-coverage.ts';
import { crossTenant } from '../cross-tenant/cross-tenant.ts';
import { runScript } from '../testing/run-script.ts';
import { plant } from '../plant/plant.ts';
import { roleMatrix } from './role-matrix.ts';
import { reviewLeaky, type LeakyReview } from '../access/testing/leaky-review.ts';

let review: LeakyReview | null = null;
afterEach(async () => review?.stop());

test('on a tight application every forbidden cell is observed to be denied', async () => {
  review = await reviewLeaky([{ name: 'tightones' }]);
  await review.gather(plant);
  const { cells, promotions, declaredBy } = await review.gather(roleMatrix);
  expect(declaredBy).toBe('x-roles of the API document');
  const forbidden = cells.filter(({ declared }) => declared === 'denied');
  expect(
    forbidden.map(({ operation, role, observed }) => `${role} ${observed} ${operation}`).toSorted(),
  ).toEqual([
    'member denied DELETE /orgs/{org}/spaces/{space}',
    'member denied GET /orgs/{org}/audit',
    'member denied PATCH /orgs/{org}/spaces/{space}',
    'member denied POST /orgs/{org}/spaces',
  ]);
  expect(cells.filter(({ role, observed }) => role === 'admin' && observed === 'denied')).toEqual([]);
  expect(promotions.map(({ operation, verdict }) => `${verdict} ${operation}`)).toEqual([
    'refused PATCH /me',
  ]);
});

test.each([
  ['memberDeletes', 'DELETE /orgs/{org}/spaces/{space}'],
  ['memberReadsAudit', 'GET /orgs/{org}/audit'],
] as const)('with %s exactly that cell is open', async (fault, operation) => {
  review = await reviewLeaky([], { [fault]: true });
  await review.gather(plant);
  const { cells } = await review.gather(roleMatrix);
  const open = cells.filter(({ declared, observed }) => declared === 'denied' && observed === 'allowed');
  expect(open.map((cell) => `${cell.role} ${cell.operation}`)).toEqual([`member ${operation}`]);
});

test('an account that can give itself a role is found by what it then may do, and is put back', async () => {
  review = await reviewLeaky([], { profileTakesRole: true });
  await review.gather(plant);
  const { promotions } = await review.gather(roleMatrix);
  expect(promotions).toMatchObject([
    { operation: 'PATCH /me', actor: 'north.throwaway', verdict: 'escalated' },
  ]);
  const me = await review.context.sessions.send('north.throwaway', {
    probe: 'test',
    purpose: 'its role afterwards',
    method: 'GET',
    url: `${review.app.origin}/me`,
    effect: { kind: 'none' },
  });
  expect(me.kind === 'answer' ? me.json() : null).toMatchObject({ role: 'member' });

  const script = promotions[0]?.reproduce?.script ?? '';
  const run = async (origin: string) => {
    const login = await fetch(`${origin}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'throwaway@north.test', password: 'Secret-throwaway@north.test' }),
    });
    const session = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return runScript(script, { BASE_URL: origin, NORTH_THROWAWAY_AUTH: `cookie: ${session}` });
  };
  expect(await run(review.app.origin)).toMatchObject({ code: 1 });
  expect(await run(review.app.origin)).toMatchObject({ code: 1 });
  const tight = await reviewLeaky([]);
  expect(await run(tight.app.origin)).toMatchObject({ code: 0 });
  await tight.stop();
  expect(await runScript(script, { BASE_URL: review.app.origin })).toMatchObject({ code: 2 });
});

test('what earlier probes saw fills the cells of other tenants and of nobody, and is not asked again', async () => {
  review = await reviewLeaky([{ name: 'tightones' }]);
  await review.gather(plant);
  await review.gather(crossTenant);
  await review.gather(accessCoverage);
  const before = review.context.transport.requests.sent;
  const { cells } = await review.gather(roleMatrix);
  const sent = review.context.transport.requests.sent - before;
  expect(sent).toBeLessThan(45);
  const stateOf = (operation: string, role: string, relation: string): string | undefined =>
    cells.find((cell) => cell.operation === operation && cell.role === role && cell.relation === relation)
      ?.observed;
  expect(stateOf('GET /tightones/{id}', 'member', 'own')).toBe('allowed');
  expect(stateOf('GET /tightones/{id}', 'member', 'foreign')).toBe('denied');
  expect(stateOf('GET /tightones/{id}', 'anonymous', 'anonymous')).toBe('denied');
  expect(stateOf('GET /tightones', 'member', 'tenant')).toBe('allowed');
});

test('a way to change that is open beside a shut one is marked as doubtful', async () => {
  review = await reviewLeaky([], { memberDeletes: true });
  await review.gather(plant);
  const { cells } = await review.gather(roleMatrix);
  expect(
    cells.flatMap(({ operation, role, doubt }) => (doubt === null ? [] : [`${role} ${operation}: ${doubt}`])),
  ).toEqual([
    'member DELETE /orgs/{org}/spaces/{space}: allowed, while PATCH /orgs/{org}/spaces/{space} on the same objects is denied',
  ]);
});
