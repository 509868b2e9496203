import { askList, type ListVariant } from './ask-list.ts';
import { attackersOf, isInFull, stagesOf, type CrossTenantTrial, type Front, type Stage } from './front.ts';
import { judgeListing } from './judge-listing.ts';
import type { Controls } from './quiet-verdict.ts';
import { homeSees, homeSide, ownerSees } from '../roles/list-sides.ts';
import { ownSide } from './swap-variants.ts';
import { readControls } from './tenant-controls.ts';
import { tenantSelectors } from './tenant-selectors.ts';
import { isSuccess } from './courier.ts';

/**
 * Asks with the own login for a list and for an object while a cookie, or the address that is asked, names the other tenant. What
 * chooses the tenant of a request stands in front of all kinds: the first ones show it.
 */
export async function attackSelectors(front: Front): Promise<readonly CrossTenantTrial[]> {
  const [attacker] = front.attackers;
  if (!attacker) return [];
  const selectors = tenantSelectors(front, attacker);
  if (selectors.length === 0) return [];
  const trials: CrossTenantTrial[] = [];
  const stages = stagesOf(front).filter(
    (stage) => stage.victim.exposure === 'shared' && stage.own !== null && isInFull(front, stage),
  );
  for (const stage of stages) {
    for (const selector of selectors) {
      for (const asked of [listOf(front, stage), readOf(front, stage)]) {
        if (!asked || !attackersOf(front, stage).includes(attacker)) continue;
        const { operation, values, action } = asked;
        const variant: ListVariant = { ...selector, values, extra: {} };
        const listing = await askList(
          front,
          attacker.id,
          operation,
          variant,
          'attack: in the name of another tenant',
        );
        if (!listing) continue;
        const refused = !isSuccess(listing.answer);
        const plain: ListVariant = { slot: '-', values, extra: {} };
        const controls = async (): Promise<Controls> =>
          action === 'read'
            ? readControls(front, stage, operation, refused)
            : {
                owner: await ownerSees(front, stage, operation, stage.victim.values),
                home: await homeSees(front, stage, operation, plain, attacker),
              };
        trials.push(await judgeListing(front, stage, { action, attacker, variant, listing, controls }));
      }
    }
  }
  return trials;
}

type Asked = Pick<ListVariant, 'values'> & {
  readonly operation: Parameters<typeof askList>[2];
  readonly action: 'list' | 'read';
};

function listOf(front: Front, stage: Stage): Asked | null {
  const [operation] = stage.resource.lists;
  return operation ? { operation, values: homeSide(front, stage, operation), action: 'list' } : null;
}

function readOf(front: Front, { resource, own, victim }: Stage): Asked | null {
  const operation = resource.read;
  if (!operation) return null;
  const home = ownSide(front.workshop, operation, own, front.attackerTenant);
  return { operation, values: new Map([...home, [resource.referent, victim.id]]), action: 'read' };
}
