import type { Actor, ExchangeId, PermissionRelation } from '@launch-ready/core';
import type { Capability } from '../plant/capability.ts';

/** What one actor was seen to get out of an operation, before it is held beside what the others got. */
export interface RawRight {
  readonly actor: Actor;
  /**
   * `farther`: not seen to be allowed, but let through where others are stopped. `skipped`: not called, because a weaker role
   * is able.
   */
  readonly state: Capability['state'] | 'farther' | 'skipped';
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
  /** Refused as a wrong request, and nothing was said of any field. */
  readonly mute?: boolean;
  /** Whose object it was tried on; the tenant itself when it had none. */
  readonly relation?: PermissionRelation;
}

/** For operations of which nothing can be told, whoever calls them. */
export const allUnclear = (actors: readonly Actor[], because: string): readonly RawRight[] =>
  actors.map((actor) => ({ actor, state: 'unclear', because, exchanges: [] }));
