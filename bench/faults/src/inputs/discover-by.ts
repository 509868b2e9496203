import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningWorld, World, WorldPlace } from '../worlds/world.ts';
import { withoutDocument } from '../worlds/without-document.ts';
import { recordJourney } from './record-journey.ts';

export const inputKinds = ['openapi', 'har', 'source'] as const;

/** What a review discovers a world from: its document, a recording of its use, or its source. */
export type InputKind = (typeof inputKinds)[number];

/** Whether a world can be discovered in this way. */
export const offers = ({ journey, sources }: World, input: InputKind): boolean =>
  input === 'openapi' || (input === 'har' ? journey !== undefined : sources !== undefined);

/** Starts a world so that only this input tells of its operations. */
export async function startDiscoveredBy(
  world: World,
  input: InputKind,
  switches: readonly string[],
  place: WorldPlace,
): Promise<RunningWorld> {
  if (input === 'openapi') return world.start(new Set(switches), place);
  const running = await world.start(new Set([...switches, withoutDocument]), place);
  try {
    const found = await fields(world, input, running, place);
    const permissions =
      world.permissions === undefined ? {} : { permissions: { allowed: world.permissions } };
    return { ...running, target: { ...permissions, ...running.target, ...found } };
  } catch (error) {
    await running.close();
    throw error;
  }
}

async function fields(
  { journey, sources, accounts }: World,
  input: 'har' | 'source',
  { origin }: RunningWorld,
  { folder }: WorldPlace,
): Promise<Readonly<Record<string, unknown>>> {
  if (input === 'source') return { source: sources };
  const file = join(folder, 'recorded.har');
  if (journey !== undefined) await writeFile(file, await recordJourney(origin, journey, accounts));
  return { har: file };
}
