import { mkdirSync } from 'node:fs';
import { startDiscoveredBy } from '../inputs/discover-by.ts';
import type { World } from '../worlds/world.ts';
import { nextFolder, type Bench } from './bench.ts';
import { reviewTarget, type Reviewed } from './review-target.ts';
import { worldTarget } from './world-target.ts';

/** Starts a world afresh with these switches, reviews it, and stops it. */
export async function reviewWorld(
  bench: Bench,
  world: World,
  options: { readonly switches: readonly string[]; readonly only: readonly string[] },
): Promise<Reviewed> {
  const folder = nextFolder(bench);
  const place = `${folder}-place`;
  mkdirSync(place);
  const running = await startDiscoveredBy(world, bench.input, options.switches, { folder: place });
  try {
    return await reviewTarget({
      target: worldTarget(world, running, place),
      folder,
      only: options.only,
      signal: bench.signal,
    });
  } finally {
    await running.close();
  }
}
