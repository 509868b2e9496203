import { evidenceId, exchangeId, type Gathered } from '@launch-ready/core';
import { describe, expect, it } from 'vitest';
import type { SourceRoute } from './route-risk.ts';
import { serverGuard } from './server-guard.ts';
import { tenantScope } from './tenant-scope.ts';
import { undocumentedRoute } from './undocumented-route.ts';

const id = (text: string) => evidenceId.parse(text);
const exchange = exchangeId.parse('x00001');

const route = (given: Partial<SourceRoute> = {}): SourceRoute => {
  const method = given.method ?? 'POST';
  const path = given.path ?? '/projects';
  return {
    operation: `${method} ${path}`,
    method,
    path,
    file: 'src/app.ts',
    line: 7,
    framework: 'express',
    mounted: true,
    guards: [{ name: 'requireUser', where: 'router', sure: true }],
    scope: 'seen',
    takesId: path.includes('{'),
    inDocument: true,
    problems: [],
    ...given,
  };
};
const source = (
  routes: readonly SourceRoute[],
  problems: readonly string[] = [],
): Gathered<'sourceRoutes'> => ({
  id: id('e1'),
  folder: 'src',
  files: 3,
  routes,
  problems,
});
type Coverage = Gathered<'accessCoverage'>['trials'][number]['verdict'];
const coverage = (verdicts: Readonly<Record<string, Coverage>>): Gathered<'accessCoverage'> => ({
  id: id('e2'),
  notTested: [],
  trials: Object.entries(verdicts).map(([operation, verdict]) => ({
    operation,
    credential: 'none',
    actor: 'north.admin',
    verdict,
    because: 'so it was',
    exchanges: [exchange],
    reproduce: null,
  })),
});
type Attack = Gathered<'crossTenant'>['trials'][number]['verdict'];
const attacks = (verdicts: Readonly<Record<string, Attack>>): Gathered<'crossTenant'> => ({
  id: id('e3'),
  trials: Object.entries(verdicts).map(([operation, verdict]) => ({
    operation,
    action: 'read',
    slot: 'path:id',
    relation: 'foreign member',
    attacker: 'south.member',
    owner: 'north.admin',
    objectType: 'project',
    verdict,
    confirmations: 2,
    seenIn: null,
    because: 'so it was',
    exchanges: [exchange],
    reproduce: null,
  })),
});
const logins: Gathered<'logins'> = {
  id: id('e4'),
  actors: ['north.admin', 'south.member'].map((actor) => ({
    actor,
    tenant: actor.split('.')[0] ?? '',
    role: actor.split('.')[1] ?? '',
    proven: true,
    method: 'bearer',
    because: 'it was',
    heartbeats: [],
    exchanges: [],
  })),
};
const bare = { guards: [] } as const;

describe('a guard in the source', () => {
  it.each<
    [string, readonly SourceRoute[], Readonly<Record<string, Coverage>>, readonly string[], string, string]
  >([
    ['passes where each route shows one', [route()], {}, [], 'pass', '1 of 1 routes show a guard'],
    [
      'passes where what shows none refused strangers',
      [route(bare)],
      { 'POST /projects': 'refused' },
      [],
      'pass',
      'refused strangers when tried: POST /projects (src/app.ts:7)',
    ],
    ['passes over the login', [route(), route({ ...bare, path: '/auth/login' })], {}, [], 'pass', '1 of 1'],
    [
      'is not proven where none is seen and nothing was tried',
      [route(bare)],
      {},
      [],
      'unknown',
      '1 route without a guard in sight could not be tried: POST /projects (src/app.ts:7)',
    ],
    [
      'is not proven where the trial proved nothing',
      [route(bare)],
      { 'POST /projects': 'inconclusive' },
      [],
      'unknown',
      'could not be tried',
    ],
    [
      'is not proven where a path could not be read',
      [route()],
      {},
      ['a.ts:3: a route has a path that cannot be worked out'],
      'unknown',
      'could not be followed: a.ts:3',
    ],
    [
      'fails where none is seen and the route is open',
      [route(bare)],
      { 'POST /projects': 'changed' },
      [],
      'fail',
      'seen to be open',
    ],
    [
      'fails where one is seen and does not hold',
      [route()],
      { 'POST /projects': 'exposed' },
      [],
      'fail',
      'seen to be open',
    ],
    [
      'does not apply where nothing is sensitive',
      [route({ method: 'GET', path: '/plans', ...bare })],
      {},
      [],
      'not-applicable',
      'none of 1 routes',
    ],
    ['is not proven where no route was found', [], {}, [], 'unknown', 'no route was found in 3 files'],
  ])('%s', (_, routes, verdicts, problems, status, because) => {
    const outcome = serverGuard.evaluate(
      { sourceRoutes: source(routes, problems), accessCoverage: coverage(verdicts), logins },
      {},
    );
    expect(outcome).toMatchObject({ status, because: expect.stringContaining(because) });
  });
});

describe('a tenant in the source', () => {
  const read = route({ method: 'GET', path: '/projects/{id}' });
  const blind = { ...read, scope: 'not-seen' } as const;
  it.each<[string, SourceRoute, Readonly<Record<string, Attack>>, string, string]>([
    ['passes where the handler uses the session', read, {}, 'pass', '1 of 1'],
    [
      'passes where another tenant was kept out',
      blind,
      { 'GET /projects/{id}': 'safe' },
      'pass',
      'kept other tenants out when tried',
    ],
    [
      'is not proven where none is seen and nothing was tried',
      blind,
      {},
      'unknown',
      'GET /projects/{id} (src/app.ts:7)',
    ],
    [
      'is not proven where the attack proved nothing',
      blind,
      { 'GET /projects/{id}': 'inconclusive' },
      'unknown',
      'could not be tried',
    ],
    ['fails where another tenant got in', blind, { 'GET /projects/{id}': 'leak' }, 'fail', 'seen to be open'],
    [
      'does not apply without an id',
      { ...blind, path: '/projects', takesId: false },
      {},
      'not-applicable',
      'none of 1',
    ],
  ])('%s', (_, one, verdicts, status, because) => {
    const outcome = tenantScope.evaluate(
      { sourceRoutes: source([one]), crossTenant: attacks(verdicts), logins },
      {},
    );
    expect(outcome).toMatchObject({ status, because: expect.stringContaining(because) });
  });
});

describe('a document beside the source', () => {
  it.each<[string, readonly SourceRoute[], Readonly<Record<string, Attack>>, string, string]>([
    [
      'passes when it lists every route',
      [route(), route({ path: '/healthz', method: 'GET', inDocument: false })],
      {},
      'pass',
      'all 1 routes',
    ],
    [
      'does not apply when there is none',
      [route({ inDocument: null })],
      {},
      'not-applicable',
      'no API document',
    ],
    [
      'is not proven when a route was not seen to be served',
      [route({ inDocument: false })],
      {},
      'unknown',
      'POST /projects (src/app.ts:7)',
    ],
    [
      'fails when a served route is not in it',
      [route({ inDocument: false })],
      { 'POST /projects': 'safe' },
      'fail',
      '1 of 1 routes',
    ],
    [
      'is not proven when nothing was seen to mount its routes',
      [route({ mounted: false })],
      {},
      'unknown',
      'mounted',
    ],
  ])('%s', (_, routes, verdicts, status, because) => {
    const outcome = undocumentedRoute.evaluate(
      {
        sourceRoutes: source(routes),
        accessCoverage: coverage({ 'POST /projects': 'refused' }),
        crossTenant: attacks(verdicts),
      },
      {},
    );
    expect(outcome).toMatchObject({ status, because: expect.stringContaining(because) });
  });
});
