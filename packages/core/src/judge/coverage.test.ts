import { describe, expect, it } from 'vitest';
import { parseEvidenceRecord, type EvidenceRecord } from '../evidence/evidence-map.ts';
import { coverageOfActors } from './coverage-of-actors.ts';
import { coverageOfOperations } from './coverage-of-operations.ts';
import { passing, sampleCheck, sampleLine, sampleProfile } from './judge-sample.ts';
import { notTested } from './not-tested.ts';

const why = { because: 'so', exchanges: [], reproduce: null } as const;
const access = (operation: string, verdict: 'refused' | 'inconclusive') =>
  ({ operation, credential: 'none', actor: 'north.admin', verdict, ...why }) as const;
const records: readonly EvidenceRecord[] = [
  {
    id: 'e1',
    kind: 'accessCoverage',
    status: 'gathered',
    data: {
      trials: [access('GET /b', 'refused'), access('GET /b', 'inconclusive'), access('GET /a', 'refused')],
      notTested: [{ credential: 'expired', because: 'no token carries a time' }],
    },
  },
  {
    id: 'e2',
    kind: 'crossTenant',
    status: 'gathered',
    data: {
      trials: [
        {
          operation: 'GET /b',
          action: 'read',
          slot: 'path:id',
          relation: 'foreign member',
          attacker: 'south.member',
          owner: 'north.admin',
          objectType: 'posts',
          verdict: 'safe',
          confirmations: 1,
          seenIn: null,
          ...why,
        },
      ],
    },
  },
  {
    id: 'e3',
    kind: 'planting',
    status: 'gathered',
    data: {
      objects: [],
      notPlantable: [{ operation: 'POST /a', actor: 'north.admin', because: 'it was refused' }],
    },
  },
  { id: 'e4', kind: 'cors', status: 'missing', because: 'the budget was spent' },
];

describe('coverage of operations', () => {
  it('counts trials, and those that proved something, by operation', () => {
    expect(coverageOfOperations(records)).toEqual([
      { operation: 'GET /a', trials: 1, proven: 1, inconclusive: 0 },
      { operation: 'GET /b', trials: 3, proven: 2, inconclusive: 1 },
    ]);
  });

  it('lists what was found and never tried', () => {
    const found = {
      id: 'GET /c',
      method: 'GET',
      path: '/c',
      origin: 'http://a.test',
      tags: [],
      slots: [],
      responses: [],
      declaredAuth: 'unstated',
      sources: [],
    } as const;
    const operations: EvidenceRecord = {
      id: 'e9',
      kind: 'operations',
      status: 'gathered',
      data: { documents: [], operations: [found] },
    };
    expect(coverageOfOperations([operations])).toEqual([
      { operation: 'GET /c', trials: 0, proven: 0, inconclusive: 0 },
    ]);
  });
});

describe('coverage of actors', () => {
  const actor = { id: 'north.admin', tenant: 'north', role: 'admin' };
  const login = (proven: boolean, beats: readonly boolean[]): EvidenceRecord => ({
    id: 'e1',
    kind: 'logins',
    status: 'gathered',
    data: {
      actors: [
        {
          actor: actor.id,
          tenant: 'north',
          role: 'admin',
          proven,
          because: 'it was seen',
          exchanges: [],
          heartbeats: beats.map((alive, index) => ({ after: `probe ${index}`, alive, exchange: null })),
        },
      ],
    },
  });
  it.each<[string, readonly EvidenceRecord[], boolean, string]>([
    ['proven', [login(true, [true, true])], true, 'it was seen'],
    ['not proven', [login(false, [])], false, 'it was seen'],
    ['lost at the end', [login(true, [true, false])], false, 'its login was lost after probe 1'],
    ['lost and won back', [login(true, [false, true])], true, 'it was seen'],
    ['never tried', [], false, 'its login was not tried'],
  ])('says when a login is %s', (_, evidence, proven, because) => {
    expect(coverageOfActors([actor, { id: 'anonymous', tenant: null, role: 'anonymous' }], evidence)).toEqual(
      [{ actor: 'north.admin', tenant: 'north', role: 'admin', proven, because }],
    );
  });
});

describe('what was not tested', () => {
  it('is told with its reason, from evidence, lines and checks', () => {
    const line = sampleLine({ notYetExamined: ['passkeys'] });
    const told = notTested(sampleProfile({ lines: [line, line] }), [sampleCheck(passing)], records);
    expect(told.map(({ what, because }) => `${what} (${because})`)).toEqual([
      'accessCoverage trials: expired (no token carries a time)',
      'planting: POST /a: north.admin (it was refused)',
      'cors evidence (the budget was spent)',
      'operations evidence (nothing in this run gathered it)',
      'Authorization: passkeys (no check examines it yet)',
    ]);
  });

  const nothing = sampleProfile({ lines: [sampleLine({})] });
  const told = (record: EvidenceRecord): readonly string[] =>
    notTested(nothing, [], [record]).map(({ what, because }) => `${what} (${because})`);
  const document = { source: '/openapi.json', title: null, version: null, exchange: null };
  const offered = (documents: readonly object[]): EvidenceRecord =>
    parseEvidenceRecord({
      id: 'e1',
      kind: 'operations',
      status: 'gathered',
      data: { documents, operations: [] },
    });

  it('says that an API document could not be read, or that there was none', () => {
    expect(told(offered([{ ...document, problems: ['it cannot be parsed'] }]))).toEqual([
      'the API document /openapi.json (it cannot be parsed)',
    ]);
    expect(told(offered([]))).toEqual([
      'operations (no API document was found: say where it is with openapi in the target file)',
    ]);
  });

  it('says which account could not log in', () => {
    const actor = { actor: 'north.admin', tenant: 'north', role: 'admin', exchanges: [], heartbeats: [] };
    const actors = [
      { ...actor, proven: false, because: 'status 401' },
      { ...actor, actor: 'north.member', proven: true, because: 'it was seen' },
    ];
    expect(told({ id: 'e1', kind: 'logins', status: 'gathered', data: { actors } })).toEqual([
      'what north.admin may do (status 401)',
    ]);
  });
});
