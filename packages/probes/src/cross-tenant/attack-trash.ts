import { askList, shows, type ListVariant } from './ask-list.ts';
import { exchangesOf, outcomeOf } from './courier.ts';
import type { Operation } from '@launch-ready/core';
import type { CrossTenantTrial, Front } from './front.ts';
import { ownSide } from './swap-variants.ts';
import { actorsOf } from '../access/ranked-actors.ts';

const trashName =
  /(^|[/_-])(trash|trashed|deleted|bin|recycle|recycle-?bin|archive|archived|removed|history|audit|audit-?logs?|activity|activities|events?|logs?|changes)$/i;
const deletedFlag = /^(include|with|show)?_?(deleted|trashed|removed|archived)(_?items)?$/i;

/**
 * Looks at the end into lists of what was deleted and of what was done: nothing of ours lies there before. What its own people
 * deleted is shown to a tenant; a canary of another tenant is a leak.
 */
export async function attackTrash(front: Front): Promise<readonly CrossTenantTrial[]> {
  const { workshop, victimTenant, attackerTenant } = front;
  const { ledger } = workshop.context;
  const [attacker] = front.attackers;
  const [owner] = actorsOf(workshop.context, victimTenant);
  if (!attacker || !owner) return [];
  const trials: CrossTenantTrial[] = [];
  for (const { operation, extra } of trashOf(front)) {
    const ask = (actor: string, tenant: string, purpose: string) => {
      const variant: ListVariant = { slot: '-', values: ownSide(workshop, operation, null, tenant), extra };
      return askList(front, actor, operation, variant, purpose, true);
    };
    const ours = await ask(owner.id, victimTenant, 'control: what its own people deleted');
    const theirs = await ask(attacker.id, attackerTenant, 'attack: what others deleted');
    if (!theirs) continue;
    const of = (tenant: string): readonly string[] =>
      ledger.entries.filter((entry) => entry.tenant === tenant).map(({ ref }) => ref);
    const foreign = theirs.sightings.find(({ ref }) => ledger.entry(ref).tenant === victimTenant);
    const type = ledger.entries.find(({ ref }) => ref === (foreign ?? ours?.sightings[0])?.ref)?.type;
    const head = {
      operation: operation.id,
      action: 'list',
      slot: Object.keys(extra)[0] ?? '-',
      relation: `foreign ${attacker.role}`,
      attacker: attacker.id,
      owner: foreign ? ledger.entry(foreign.ref).actor : owner.id,
      objectType: type ?? operation.path,
    } as const;
    const exchanges = exchangesOf(ours?.answer ?? null, theirs.answer);
    if (!foreign) {
      // Where nothing of its own is to be seen either, silence says nothing, and is no trial.
      if (shows(ours, of(victimTenant)) && shows(theirs, of(attackerTenant)))
        trials.push({
          ...head,
          verdict: 'safe',
          because: `${outcomeOf(theirs.answer)} with what its own tenant deleted and nothing of the other`,
          confirmations: 1,
          seenIn: null,
          exchanges,
          reproduce: null,
        });
      continue;
    }
    const again = await ask(attacker.id, attackerTenant, 'confirm');
    const isSure = shows(again, of(victimTenant));
    trials.push({
      ...head,
      verdict: isSure ? 'leak' : 'inconclusive',
      because: isSure
        ? `what ${head.owner} deleted or did was listed to ${attacker.id} (${outcomeOf(theirs.answer)})`
        : 'a canary came back once, but not again',
      confirmations: isSure ? 2 : 1,
      ...(isSure ? {} : { seenOnce: true }),
      seenIn: foreign.where,
      exchanges: [...exchanges, ...exchangesOf(again?.answer ?? null)],
      reproduce: null,
    });
  }
  return trials;
}

/** Whether there are such lists, in which both tenants must have deleted something. */
export const hasTrash = (front: Front): boolean => trashOf(front).length > 0;

/** Lists of what is gone, and ordinary lists that can be asked to show it as well. */
function trashOf(
  front: Front,
): readonly { readonly operation: Operation; readonly extra: ListVariant['extra'] }[] {
  const { graph } = front.workshop;
  const lists = new Set([...graph.resources.flatMap(({ lists: all }) => all), ...graph.otherReads]);
  return [...lists].flatMap((operation) => {
    const flag = operation.slots.find((slot) => slot.in === 'query' && deletedFlag.test(slot.name));
    if (flag) return [{ operation, extra: { [`query:${flag.name}`]: 'true' } }];
    return trashName.test(operation.path) ? [{ operation, extra: {} }] : [];
  });
}
