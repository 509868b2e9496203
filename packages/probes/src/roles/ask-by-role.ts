import type { Actor } from '@launch-ready/core';
import type { RawRight } from './raw-right.ts';

/**
 * Whether a role has to be asked whatever the others got, because something says that it may not; or need not be when its right
 * could not be proven anyway, because it is said to have it.
 */
type Wish = 'must' | 'may' | 'need-not';
export type WishOf = (actor: Actor) => Wish;

/**
 * Asks from the weakest role upwards until one is able: what is still there when the strong come is theirs to try, and what the
 * weak may do is not asked of the strong again. `known` answers without a request where it can.
 */
export async function askUpwards(
  actors: readonly Actor[],
  wish: WishOf,
  ask: (actor: Actor) => Promise<RawRight>,
  known: (actor: Actor) => RawRight | null,
): Promise<readonly RawRight[]> {
  const found: RawRight[] = [];
  for (const actor of actors.toReversed()) {
    const able = found.find(({ state }) => state === 'able');
    const right = known(actor) ?? (able && wish(actor) !== 'must' ? null : await ask(actor));
    found.push(
      right ?? {
        actor,
        state: 'skipped',
        because: `not called: ${able?.because ?? 'a weaker role is able'}`,
        exchanges: able?.exchanges ?? [],
        ...(able?.relation === undefined
          ? {}
          : { relation: able.relation === 'own' ? 'peer' : able.relation }),
      },
    );
  }
  return found.toReversed();
}

/**
 * Asks the strongest and the weakest, and those between only when these two differ: when both are stopped, or neither is,
 * nothing can be told of the others either.
 */
export async function askEnds(
  actors: readonly Actor[],
  wish: WishOf,
  ask: (actor: Actor) => Promise<RawRight>,
): Promise<readonly RawRight[]> {
  const [strongest] = actors;
  const weakest = actors.at(-1);
  if (!strongest || !weakest) return [];
  const first = await ask(strongest);
  const last = weakest === strongest ? first : await ask(weakest);
  const found: RawRight[] = [];
  for (const actor of actors) {
    if (actor === strongest) found.push(first);
    else if (actor === weakest) found.push(last);
    else if (
      (first.state !== last.state && wish(actor) !== 'need-not') ||
      (wish(actor) === 'must' && first.state !== 'denied')
    )
      found.push(await ask(actor));
    else
      found.push({
        actor,
        state: 'unclear',
        because: `not called: ${first.because}, and ${last.because}`,
        exchanges: [],
      });
  }
  return found;
}
