import type { Operation } from '@launch-ready/core';
import { askList, searchName, type ListVariant } from './ask-list.ts';
import { canaryStart } from '../plant/canary.ts';
import { isSuccess } from './courier.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import { attackersOf, type CrossTenantTrial, type Front, type Stage } from './front.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import { type Controls } from './quiet-verdict.ts';
import { judgeListing } from './judge-listing.ts';
import { homeSees, homeSide, ownerSees, ownersSide } from '../roles/list-sides.ts';

const searchSlot = (operation: Operation): string | null => {
  const inQuery = operation.slots.find((one) => one.in === 'query' && searchName.test(one.name));
  if (inQuery) return `query:${inQuery.name}`;
  if (operation.method !== 'POST') return null;
  const schema = flatSchema(operation.body?.schema ?? {});
  const names = isJsonObject(schema.properties) ? Object.keys(schema.properties) : [];
  const name = names.find((one) => searchName.test(one));
  return name === undefined ? null : `body:${name}`;
};

/**
 * Searches for what all markers of the run begin with, which finds everything at once; then, for objects that their owner
 * does not find so, for a part of a canary, or a whole one. What counts are canaries that the attacker never sent.
 */
export async function attackSearch(
  front: Front,
  stages: readonly Stage[],
  operation: Operation,
): Promise<readonly CrossTenantTrial[]> {
  const slot = searchSlot(operation);
  if (slot === null) return [];
  const trials: CrossTenantTrial[] = [];
  const { prefix } = front.workshop.mint;
  const barren = new Set<string>();
  for (const stage of stages) {
    const { victim, own } = stage;
    for (const { index, name, wordOf } of searchWords(victim.canaries.length, prefix)) {
      const wanted = victim.canaries[index]?.value;
      // Other kinds than those that it looks through are not found by any word: three of one sort that fail are enough.
      if (wanted === undefined || barren.has(`${victim.resource.type} ${name}`)) continue;
      const by = (word: string): ListVariant['extra'] => ({ [slot]: word });
      const owner = await ownerSees(
        front,
        stage,
        operation,
        ownersSide(front, stages, stage, operation),
        by(wordOf(wanted)),
      );
      // A search that does not look into this field, or not for this word, proves nothing and is no trial.
      if (owner.state !== 'able') {
        barren.add(`${victim.resource.type} ${name}`);
        continue;
      }
      const values = homeSide(front, stage, operation);
      for (const attacker of attackersOf(front, stage)) {
        const mine = own?.canaries[index]?.value;
        const controls = async (): Promise<Controls> => ({
          owner,
          home:
            mine === undefined
              ? null
              : await homeSees(front, stage, operation, { slot, values, extra: by(wordOf(mine)) }, attacker),
        });
        const variant: ListVariant = {
          slot: slot.replace(/^body:/, 'body:/'),
          values,
          extra: by(wordOf(wanted)),
        };
        const listing = await askList(
          front,
          attacker.id,
          operation,
          variant,
          'attack: search for a foreign object',
        );
        const searching =
          name === 'run'
            ? { searching: (word: string): ListVariant => ({ ...variant, extra: by(word) }) }
            : {};
        if (listing && (isSuccess(listing.answer) || listing.sightings.length === 0))
          trials.push(
            await judgeListing(front, stage, { attacker, variant, listing, controls, ...searching }),
          );
      }
      break;
    }
  }
  return trials;
}

/**
 * What to search for, by canary. The beginning of one comes first: when the whole comes back it was found, and not repeated
 * from the question. Searches for whole words need a whole one, and then show only with another canary that they found it.
 */
function searchWords(
  canaries: number,
  prefix: string,
): readonly { readonly index: number; readonly name: string; readonly wordOf: (canary: string) => string }[] {
  const first = [...Array(Math.min(canaries, 3)).keys()];
  return [
    { index: 0, name: 'run', wordOf: () => prefix },
    ...first.map((index) => ({ index, name: `part ${index}`, wordOf: canaryStart })),
    ...(canaries < 2
      ? []
      : first.slice(0, 1).map((index) => ({ index, name: 'whole', wordOf: (whole: string) => whole }))),
  ];
}
