import type { TrapWorld } from './trap-world.ts';

/** Every world of traps. */
export const allWorlds: readonly TrapWorld[] = [];
