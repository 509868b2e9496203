import type { Actor, ExchangeId } from '@launch-ready/core';
import type { Capability } from './capability.ts';

/** What one actor was seen to get out of an operation, before it is held beside what the others got. */
export interface RawRight {
  readonly actor: Actor;
  /** `farther`: not seen to be allowed, but let through where others are stopped. */
  readonly state: Capability['state'] | 'farther';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
}

/** For operations of which nothing can be told, whoever calls them. */
export const allUnclear = (actors: readonly Actor[], because: string): readonly RawRight[] =>
  actors.map((actor) => ({ actor, state: 'unclear', because, exchanges: [] }));
