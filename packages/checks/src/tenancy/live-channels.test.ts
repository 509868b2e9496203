import type { EvidenceFor, EvidenceMap } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { liveChannels } from './live-channels.ts';

type Trial = EvidenceMap['liveChannels']['trials'][number];

const trial = (verdict: Trial['verdict']): Trial => ({
  operation: 'GET /live',
  kind: 'websocket',
  listener: 'south.admin',
  asked: 'as-its-own',
  relation: 'foreign admin',
  owner: 'north.member',
  objectType: 'notes',
  verdict,
  confirmations: verdict === 'leak' ? 2 : 0,
  because: 'seen',
  exchanges: ['x7'],
  reproduce: null,
});
const channels = [{ kind: 'websocket', operation: 'GET /live', source: 'page' }] as const;

const judged = (found: EvidenceMap['liveChannels']) => {
  const evidence: EvidenceFor<'liveChannels' | 'planting'> = {
    liveChannels: { ...found, id: 'e1' },
    planting: { objects: [], notPlantable: [], id: 'e2' },
  };
  return liveChannels.evaluate(evidence, { provenShare: 0.8 });
};

test('what a stranger received fails, silence passes where the owner heard, and silence that nobody heard proves nothing', () => {
  expect(judged({ channels, trials: [trial('safe'), trial('leak')] })).toMatchObject({
    status: 'fail',
    findings: [{ subject: { operation: 'GET /live', relation: 'foreign admin' } }],
  });
  expect(judged({ channels, trials: [trial('safe')] }).status).toBe('pass');
  expect(judged({ channels, trials: [trial('inconclusive')] }).status).toBe('unknown');
  expect(judged({ channels, trials: [] }).status).toBe('unknown');
  expect(judged({ channels: [], trials: [] }).status).toBe('not-applicable');
});
