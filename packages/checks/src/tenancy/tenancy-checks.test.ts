import type { Gathered, Operation } from '@launch-ready/core';
import { describe, expect, test } from 'vitest';
import { crossTenantDelete } from './cross-tenant-delete.ts';
import { crossTenantInsert } from './cross-tenant-insert.ts';
import { crossTenantList } from './cross-tenant-list.ts';
import { crossTenantRead } from './cross-tenant-read.ts';
import { crossTenantUpdate } from './cross-tenant-update.ts';
import { objectActions } from './object-actions.ts';
import { tenantData } from './tenant-data.ts';
import type { ActionEvidence } from './judge-action.ts';

type Trial = Gathered<'crossTenant'>['trials'][number];
type Planting = Gathered<'planting'>;

const person = (actor: string, dead: boolean): Gathered<'logins'>['actors'][number] => ({
  actor,
  tenant: actor.split('.')[0] ?? '',
  role: actor.split('.')[1] ?? '',
  proven: true,
  because: 'seen',
  exchanges: [],
  heartbeats: [{ after: 'access/cross-tenant', alive: !dead, exchange: 'x1' }],
});
const planted = (type: string, tenant: string): Planting['objects'][number] => ({
  ref: 'o1',
  type,
  owner: `${tenant}.member`,
  tenant,
  twin: 'victim',
  canaries: 2,
  ownerReads: true,
  exchanges: [],
});
const operation = (method: Operation['method']): Operation => ({
  id: `${method} /posts/{post}`,
  method,
  path: '/posts/{post}',
  origin: 'http://app.test',
  tags: [],
  slots: [],
  responses: [],
  declaredAuth: 'required',
  sources: [],
});

describe.each([
  [crossTenantRead, 'read', 'leak'],
  [crossTenantList, 'list', 'leak'],
  [crossTenantUpdate, 'update', 'write'],
  [crossTenantDelete, 'delete', 'delete'],
  [crossTenantInsert, 'insert', 'insert'],
  [objectActions, 'act', 'write'],
] as const)('%o', (check, action, badVerdict) => {
  const trial = (
    verdict: Trial['verdict'],
    victim: 'north' | 'south',
    objectType = 'posts',
    role = 'admin',
  ): Trial => ({
    operation: `GET /${objectType}/{id}`,
    action,
    slot: 'path:id',
    relation: `foreign ${role}`,
    attacker: `${victim === 'north' ? 'south' : 'north'}.${role}`,
    owner: `${victim}.member`,
    objectType,
    verdict,
    confirmations: 2,
    seenIn: null,
    because: `seen ${verdict}`,
    exchanges: ['x4'],
    reproduce: null,
  });
  const judge = (
    trials: readonly Trial[],
    more: {
      readonly dead?: string;
      readonly planting?: Partial<Planting>;
      readonly methods?: readonly Operation['method'][];
      readonly operations?: readonly Operation[];
      readonly ids?: Gathered<'crossTenant'>['ids'];
    } = {},
  ) => {
    const actors = ['north.admin', 'north.member', 'south.admin', 'south.member'].map((actor) =>
      person(actor, actor === more.dead),
    );
    const evidence: ActionEvidence = {
      crossTenant: { id: 'e3', trials, ...(more.ids ? { ids: more.ids } : {}) },
      planting: {
        id: 'e2',
        objects: [planted('posts', 'north'), planted('posts', 'south')],
        notPlantable: [],
        ...more.planting,
      },
      logins: { id: 'e0', actors },
      operations: {
        id: 'e1',
        documents: [],
        operations: [
          ...(more.methods ?? ['GET', 'POST', 'PATCH', 'DELETE']).map(operation),
          ...(more.operations ?? []),
        ],
      },
    };
    return check.evaluate(evidence, check.options);
  };
  const both = [trial('safe', 'north'), trial('safe', 'south')];

  test('a list by POST that nobody attacked keeps lists from passing, and nothing else', () => {
    for (const path of ['/posts/search', '/rpc/posts.list']) {
      const unseen: Operation = { ...operation('POST'), id: `POST ${path}`, path };
      expect(judge(both, { operations: [unseen] }).status).toBe(action === 'list' ? 'unknown' : 'pass');
    }
    const playlist: Operation = { ...operation('POST'), id: 'POST /playlist', path: '/playlist' };
    expect(judge(both, { operations: [playlist] }).status).toBe('pass');
  });

  test.each([
    ['pass', 'safe trials in both directions', both],
    ['pass', 'an object whose existence shows, but nothing of it', [...both, trial('existence', 'north')]],
    [
      'pass',
      'one unclear trial among nine',
      [...both, ...both, ...both, ...both, trial('inconclusive', 'north')],
    ],
    ['fail', 'one bad trial among safe ones', [...both, trial(badVerdict, 'north')]],
    ['unknown', 'only one direction', [trial('safe', 'north')]],
    [
      'unknown',
      'one direction that proved nothing',
      [trial('safe', 'north'), trial('inconclusive', 'south')],
    ],
    [
      'unknown',
      'as many unclear as safe trials',
      [...both, trial('inconclusive', 'north'), trial('inconclusive', 'south')],
    ],
    [
      'unknown',
      'one kind of object with nothing but unclear trials',
      [
        ...both,
        ...both,
        ...both,
        ...both,
        ...both,
        trial('inconclusive', 'north', 'files'),
        trial('safe', 'south', 'files'),
      ],
    ],
    ['unknown', 'no trial', []],
  ] as const)('%s on %s', (status, _, trials) => expect(judge(trials).status).toBe(status));

  test('ids that nobody can guess make a hole less grave where one is needed, and never hide it', () => {
    const bad = [...both, trial(badVerdict, 'north')];
    const severityWith = (quality: 'guessable' | 'random'): string | undefined => {
      const outcome = judge(bad, { ids: [{ objectType: 'posts', quality, because: 'seen' }] });
      return outcome.status === 'fail' ? (outcome.findings[0].severity ?? check.severity) : undefined;
    };
    expect(severityWith('guessable')).toBe(check.severity);
    expect(severityWith('random')).toBe(action === 'list' ? 'critical' : 'high');
    expect(
      judge(both, { ids: [{ objectType: 'posts', quality: 'guessable', because: 'seen' }] }).status,
    ).toBe('pass');
  });

  test('trials of an actor whose login had died prove nothing', () => {
    expect(judge(both, { dead: 'south.admin' }).status).toBe('unknown');
  });

  test('a leak seen by an actor whose login died later is still a leak', () => {
    expect(judge([...both, trial(badVerdict, 'north')], { dead: 'south.admin' }).status).toBe('fail');
  });

  test('too many kinds of object that could not be planted are unknown', () => {
    const notPlantable = ['POST /a', 'POST /b'].map((id) => ({
      operation: id,
      actor: 'north.member',
      because: 'refused',
    }));
    expect(judge(both, { planting: { notPlantable } }).status).toBe('unknown');
    const onPurpose = notPlantable.map((one) => ({ ...one, actor: 'anonymous' }));
    expect(judge(both, { planting: { notPlantable: onPurpose } }).status).toBe('pass');
  });

  test('a pass names the operations of which nothing was proven', () => {
    const silent: Trial = { ...trial('inconclusive', 'north'), operation: 'GET /boxes/{box}/posts' };
    const many = Array.from({ length: 4 }, () => both).flat();
    expect(judge([...many, silent])).toMatchObject({
      status: 'pass',
      because: expect.stringContaining('nothing was proven of: GET /boxes/{box}/posts'),
    });
    expect(judge([...many, { ...silent, operation: both[0]?.operation ?? '' }]).because).not.toContain(
      'nothing was proven of',
    );
  });

  test('a pass names every kind that was not planted, and why', () => {
    const planting = {
      objects: ['posts', 'notes'].flatMap((type) => [planted(type, 'north'), planted(type, 'south')]),
      notPlantable: [
        { operation: 'POST /files', actor: 'north.member', because: 'its body was still refused' },
        { operation: 'POST /payments', actor: 'anonymous', because: 'its name speaks of money' },
      ],
    };
    expect(judge(both, { planting })).toMatchObject({
      status: 'pass',
      because: expect.stringMatching(
        /could not be planted: POST \/files \(its body was still refused\), POST \/payments \(its name speaks of money\)/,
      ),
    });
    expect(judge(both).because).not.toContain('planted');
  });

  test('roles that get through by one operation are one finding', () => {
    const outcome = judge([trial(badVerdict, 'north'), trial(badVerdict, 'north', 'posts', 'member')]);
    expect(outcome).toMatchObject({
      findings: [{ subject: { operation: 'GET /posts/{id}', relation: 'foreign tenant' } }],
    });
    expect(outcome.status === 'fail' ? outcome.findings.length : 0).toBe(1);
  });
});

test('without an operation that deletes, deleting across tenants does not apply', () => {
  const evidence: ActionEvidence = {
    crossTenant: { id: 'e3', trials: [] },
    planting: { id: 'e2', objects: [planted('posts', 'north')], notPlantable: [] },
    logins: { id: 'e0', actors: [person('north.admin', false)] },
    operations: { id: 'e1', documents: [], operations: [operation('GET')] },
  };
  expect(crossTenantDelete.evaluate(evidence, crossTenantDelete.options).status).toBe('not-applicable');
  expect(crossTenantUpdate.evaluate(evidence, crossTenantUpdate.options).status).toBe('not-applicable');
  expect(crossTenantRead.evaluate(evidence, crossTenantRead.options).status).toBe('unknown');
});

describe('what not every application has', () => {
  const evidence = (attackable: Gathered<'crossTenant'>['attackable']): ActionEvidence => ({
    crossTenant: { id: 'e3', trials: [], ...(attackable ? { attackable } : {}) },
    planting: { id: 'e2', objects: [planted('posts', 'north'), planted('posts', 'south')], notPlantable: [] },
    logins: { id: 'e0', actors: [person('north.admin', false), person('south.admin', false)] },
    operations: { id: 'e1', documents: [], operations: [operation('GET')] },
  });
  const statusOf = (check: typeof objectActions | typeof tenantData, found: ActionEvidence) =>
    check.evaluate(found, check.options).status;

  test('does not apply where no operation of the kind was found', () => {
    const none = evidence({ act: [], tenant: [] });
    expect(statusOf(objectActions, none)).toBe('not-applicable');
    expect(statusOf(tenantData, none)).toBe('not-applicable');
  });

  test('is unknown where there is one and it was not tried, and where nobody looked for any', () => {
    for (const found of [
      evidence({ act: ['POST /posts/{post}/pin'], tenant: ['GET /orgs/{org}/bills'] }),
      evidence(undefined),
    ]) {
      expect(statusOf(objectActions, found)).toBe('unknown');
      expect(statusOf(tenantData, found)).toBe('unknown');
    }
  });

  test('a pass names what was never called', () => {
    const safe = (attacker: string, owner: string): Trial => ({
      operation: 'GET /orgs/{org}/members',
      action: 'tenant',
      slot: 'path:org',
      relation: 'foreign admin',
      attacker,
      owner,
      objectType: 'members',
      verdict: 'safe',
      confirmations: 1,
      seenIn: null,
      because: 'answered 404',
      exchanges: ['x4'],
      reproduce: null,
    });
    const trials = [safe('south.admin', 'north.admin'), safe('north.admin', 'south.admin')];
    const attackable = {
      act: [],
      tenant: ['GET /orgs/{org}/members'],
      leftAlone: ['PUT /orgs/{org}/settings'],
    };
    const found = { ...evidence(attackable), crossTenant: { id: 'e3', trials, attackable } } as const;
    expect(tenantData.evaluate(found, tenantData.options)).toMatchObject({
      status: 'pass',
      because: expect.stringMatching(/never called.*PUT \/orgs\/\{org\}\/settings/),
    });
  });

  test('a stranger who is shown the members of a tenant is a finding', () => {
    const trial: Trial = {
      operation: 'GET /orgs/{org}/members',
      action: 'tenant',
      slot: 'path:org',
      relation: 'foreign admin',
      attacker: 'south.admin',
      owner: 'north.admin',
      objectType: 'members',
      verdict: 'leak',
      confirmations: 2,
      seenIn: 'body',
      because: 'account names came back',
      exchanges: ['x4'],
      reproduce: null,
    };
    const found = evidence({ act: [], tenant: [trial.operation] });
    expect(statusOf(tenantData, { ...found, crossTenant: { id: 'e3', trials: [trial] } })).toBe('fail');
  });
});
