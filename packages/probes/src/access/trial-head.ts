import type { Actor } from '@launch-ready/core';
import type { CrossTenantTrial, Stage } from '../cross-tenant/front.ts';

type TrialHead = Pick<
  CrossTenantTrial,
  'operation' | 'action' | 'slot' | 'relation' | 'attacker' | 'owner' | 'objectType'
>;

/** The parts of a trial that say who tried what on whose object. */
export const trialHead = (
  { resource, victim }: Pick<Stage, 'resource' | 'victim'>,
  attack: {
    readonly operation: { readonly id: string };
    readonly action: CrossTenantTrial['action'];
    readonly slot: string;
    readonly attacker: Actor;
  },
): TrialHead => ({
  operation: attack.operation.id,
  action: attack.action,
  slot: attack.slot,
  relation: `foreign ${attack.attacker.role}`,
  attacker: attack.attacker.id,
  owner: victim.owner,
  objectType: resource.type,
});

/** The other parts of a trial without a reproduction. */
export const quietParts = (
  quiet: {
    readonly verdict: 'safe' | 'inconclusive' | 'existence';
    readonly because: string;
    readonly seenOnce?: true;
  },
  exchanges: CrossTenantTrial['exchanges'],
): Omit<CrossTenantTrial, keyof TrialHead> => ({
  verdict: quiet.verdict,
  because: quiet.because,
  confirmations: quiet.verdict === 'inconclusive' && !quiet.seenOnce ? 0 : 1,
  ...(quiet.seenOnce ? { seenOnce: true } : {}),
  seenIn: null,
  exchanges: [...new Set(exchanges)],
  reproduce: null,
});
