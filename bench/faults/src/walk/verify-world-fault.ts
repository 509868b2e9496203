import { mkdirSync } from 'node:fs';
import type { Finding } from '@launch-ready/core';
import { openRunFolder, readFacts, verifyFindings } from 'launch-ready';
import { startDiscoveredBy } from '../inputs/discover-by.ts';
import type { World, WorldFault } from '../worlds/world.ts';
import { nextFolder, type Bench } from './bench.ts';
import { reviewTarget, Stopped } from './review-target.ts';
import { worldTarget } from './world-target.ts';

type State = Awaited<ReturnType<typeof verifyFindings>>[number]['state'];

/** What the script of one finding told of the faulty server and of the mended one. */
export interface VerifiedFinding {
  readonly fault: string;
  readonly check: string;
  readonly title: string;
  readonly faulty: { readonly state: State; readonly said: string };
  readonly mended: { readonly state: State; readonly said: string };
}

/**
 * Reviews a world with a fault, then runs the script of every finding against the faulty world, and against the world without
 * the fault, started afresh.
 * @throws {Stopped} when the bench was stopped meanwhile
 */
export async function verifyWorldFault(
  bench: Bench,
  world: World,
  fault: WorldFault,
): Promise<readonly VerifiedFinding[]> {
  const folder = nextFolder(bench);
  const faulty = await startPlace(bench, world, [fault.id], `${folder}-faulty`);
  try {
    const only = [fault.expects, ...(fault.alsoExpects ?? [])].map(({ check }) => check);
    const { review } = await reviewTarget({
      target: faulty.target,
      folder,
      only: [...new Set(only)],
      signal: bench.signal,
    });
    if (review.findings.length === 0) return [];
    const before = await runAll(bench, folder, faulty.target, review.findings);
    const mended = await startPlace(bench, world, [], `${folder}-mended`);
    try {
      const after = await runAll(bench, folder, mended.target, review.findings);
      return review.findings.flatMap((finding, index) => {
        const [there, gone] = [before[index], after[index]];
        if (!there || !gone) throw new Stopped('stopped');
        return [
          {
            fault: fault.id,
            check: finding.check,
            title: finding.title,
            faulty: { state: there.state, said: there.said },
            mended: { state: gone.state, said: gone.said },
          },
        ];
      });
    } finally {
      await mended.close();
    }
  } finally {
    await faulty.close();
  }
}

async function startPlace(bench: Bench, world: World, switches: readonly string[], place: string) {
  mkdirSync(place, { recursive: true });
  const running = await startDiscoveredBy(world, bench.input, switches, { folder: place });
  return { target: worldTarget(world, running, place), close: () => running.close() };
}

/** Runs scripts one after the other, each with its result in the place of its finding. */
async function runAll(
  bench: Bench,
  path: string,
  target: ReturnType<typeof worldTarget>,
  findings: readonly Finding[],
): ReturnType<typeof verifyFindings> {
  const folder = openRunFolder(path);
  return verifyFindings({
    target,
    folder,
    facts: readFacts(folder.facts),
    findings,
    signal: bench.signal,
    tell: () => undefined,
  });
}
