import { describe, expect, it } from 'vitest';
import { failing, sampleCheck, sampleDraft } from './judge-sample.ts';
import { judgeWaivers } from './judge-waivers.ts';
import { toFindings } from './to-findings.ts';

const findings = toFindings(sampleCheck(failing), [sampleDraft()], 'SC-AUTHZ');
const id = findings[0]?.id ?? '';
const good = { finding: id, reason: 'public by decision of the board', owner: 'Ada', expires: '2030-06-30' };
const judge = (waiver: unknown, today = '2030-06-30') => judgeWaivers([waiver], findings, today);

describe('waivers', () => {
  it.each<[string, unknown, string, 'used' | 'unused' | 'expired', string]>([
    ['used on its last day', good, '2030-06-30', 'used', 'accepted by Ada until 2030-06-30'],
    ['expired on the day after', good, '2030-07-01', 'expired', 'it ended on 2030-06-30'],
    [
      'unused when its finding is gone',
      { ...good, finding: '0123456789abcdef' },
      '2030-01-01',
      'unused',
      'no finding with this id',
    ],
    [
      'expired when its id is no fingerprint',
      { ...good, finding: 'tenancy/read' },
      '2030-01-01',
      'expired',
      'finding: ',
    ],
    [
      'expired when its day does not exist',
      { ...good, expires: '2030-02-30' },
      '2030-01-01',
      'expired',
      'expires: ',
    ],
    ['expired when it never ends', { ...good, expires: undefined }, '2030-01-01', 'expired', 'expires: '],
    [
      'expired when its reason is empty',
      { ...good, reason: '             ' },
      '2030-01-01',
      'expired',
      'reason: ',
    ],
    ['expired when nobody owns it', { ...good, owner: 7 }, '2030-01-01', 'expired', 'owner: '],
    ['expired when it is text', 'waive it all', '2030-01-01', 'expired', 'waiver: '],
    ['expired when it is null', null, '2030-01-01', 'expired', 'waiver: '],
    ['expired when it is a list', [good], '2030-01-01', 'expired', 'not a valid waiver'],
  ])('are %s', (_, waiver, today, state, because) => {
    const judged = judge(waiver, today);
    expect(judged.uses).toHaveLength(1);
    expect(judged.uses[0]).toMatchObject({ state, because: expect.stringContaining(because) });
    expect(judged.findings.map(({ waived }) => waived)).toEqual([state === 'used']);
  });

  it('keep what can be read of a malformed one, so that it can be found and mended', () => {
    expect(judge({ ...good, expires: 'never' }).uses[0]).toMatchObject({
      finding: id,
      owner: 'Ada',
      expires: 'never',
    });
  });
});
