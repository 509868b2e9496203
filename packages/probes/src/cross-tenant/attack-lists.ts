import type { Operation } from '@launch-ready/core';
import { askList, shows, type ListVariant } from './ask-list.ts';
import {
  attackersOf,
  isFirstKind,
  isInFull,
  stagesOf,
  type CrossTenantTrial,
  type Front,
  type Stage,
} from './front.ts';
import { laterPages } from './later-pages.ts';
import { asTable, guessedSelectors, listVariants, twiceInQuery } from './list-variants.ts';
import { type Controls } from './quiet-verdict.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import { attackSearch } from './attack-search.ts';
import { judgeListing, refsOf } from './judge-listing.ts';
import { homeSees, homeSide, ownerSees, ownersSide } from '../roles/list-sides.ts';

/** Whether nothing in an answer can depend on who asks: it is meant for everybody, and takes no value. */
const isForAll = ({ declaredAuth, slots }: Operation): boolean =>
  declaredAuth === 'public' && slots.length === 0;

const asksByPost = /(^|[/.:_-])(list|search|query|find|filter|browse)$/i;

/**
 * Looks for the objects of one tenant in lists, feeds and searches of another: in its own lists, in lists of the foreign
 * tenant or parent, behind values that name the foreign one, and by searching for words of the objects. Each question is
 * asked once, and its answer is searched for every object that the owner finds by it.
 */
export async function attackLists(front: Front): Promise<readonly CrossTenantTrial[]> {
  const { workshop } = front;
  const { graph } = workshop;
  const trials: CrossTenantTrial[] = [];
  const stages = stagesOf(front);
  const lists = new Set(graph.resources.flatMap((resource) => resource.lists));
  const others = [
    ...graph.otherReads.filter((operation) => !lists.has(operation) && !isForAll(operation)),
    ...graph.operations.filter(({ method, path }) => method === 'POST' && asksByPost.test(path)),
  ];
  for (const operation of lists) {
    const of = stages.filter(({ resource }) => resource.lists.includes(operation));
    trials.push(...(await attackList(front, of, operation)));
    trials.push(...(await attackSearch(front, of, operation)));
  }
  for (const operation of others) {
    const shown: Stage[] = [];
    const [strongest] = actorsOf(workshop.context, front.victimTenant);
    for (const stage of stages) {
      const values = ownersSide(front, stages, stage, operation);
      const own: ListVariant = { slot: '-', values, extra: {} };
      const listing =
        strongest && (await askList(front, strongest.id, operation, own, 'control: its own list'));
      if (listing && shows(listing, [stage.victim.ref])) shown.push(stage);
    }
    trials.push(...(await attackList(front, shown, operation)));
    trials.push(...(await attackSearch(front, stages, operation)));
  }
  return trials;
}

async function attackList(
  front: Front,
  stages: readonly Stage[],
  operation: Operation,
): Promise<readonly CrossTenantTrial[]> {
  const trials: CrossTenantTrial[] = [];
  for (const stage of stages) {
    const values = homeSide(front, stage, operation);
    const own: ListVariant = { slot: '-', values, extra: {} };
    const foreign = listVariants(front, stage, operation, values);
    // Feeds and searches of no kind: the weaker role asks for its own, with foreign values the strongest does.
    const isOther = !stage.resource.lists.includes(operation);
    for (const [rank, attacker] of attackersOf(front, stage).entries()) {
      const controls = async (): Promise<Controls> => ({
        owner: await ownerSees(front, stage, operation, ownersSide(front, stages, stage, operation)),
        home: await homeSees(front, stage, operation, own, attacker),
      });
      for (const variant of [own, ...(rank > 0 ? foreign.slice(0, isOther ? 0 : 1) : foreign)]) {
        const purpose = variant.slot === '-' ? 'foreign objects in its own list' : 'a foreign list';
        const listing = await askList(front, attacker.id, operation, variant, `attack: ${purpose}`);
        if (listing) trials.push(await judgeListing(front, stage, { attacker, variant, listing, controls }));
      }
      if (rank > 0 || trials.some(({ verdict }) => verdict === 'leak')) continue;
      const owners = ownersSide(front, stages, stage, operation);
      const quietly = [
        ...(await laterPages(
          front,
          operation,
          own,
          { slot: '-', values: owners, extra: {} },
          attacker,
          stage,
        )),
        ...(isFirstKind(front, stage) ? [guessedSelectors(front, operation, values)] : []),
        ...(operation.method === 'GET' && isFirstKind(front, stage) ? [asTable(values)] : []),
        ...(isInFull(front, stage) ? twiceInQuery(front, operation, values) : []),
      ].filter((variant) => variant !== null);
      // Other ways to ask the same become trials only when one of them shows something.
      for (const variant of quietly) {
        const listing = await askList(
          front,
          attacker.id,
          operation,
          variant,
          'attack: the list, asked otherwise',
        );
        if (!listing || !shows(listing, refsOf(stage))) continue;
        trials.push(await judgeListing(front, stage, { attacker, variant, listing, controls }));
        break;
      }
    }
  }
  return trials;
}
