import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOfRun, type Cost } from './cost-of-run.ts';
import { reviewCrowd } from './review-crowd.ts';
import { reviewDemo } from './review-demo.ts';

const most = { requests: 1000, seconds: 60 } as const;

const shown = (name: string, cost: Cost): string =>
  [
    `${name}: ${cost.operations} operations, ${cost.requests} requests, ${cost.seconds.toFixed(1)} s`,
    ...cost.probes.map(([probe, requests]) => `  ${String(requests).padStart(5)}  ${probe}`),
    '',
  ].join('\n');

const isWithin = (cost: Cost): boolean => cost.requests < most.requests && cost.seconds < most.seconds;

/** Prints what a review of two applications costs; exits 1 when one costs more than it may. */
const folder = await mkdtemp(join(tmpdir(), 'launch-ready-cost-'));
try {
  const jobs = [
    ['an ordinary application', 'crowd', reviewCrowd],
    ['the platform', 'demo', reviewDemo],
  ] as const;
  const asked = process.argv.slice(2);
  for (const [name, id, review] of jobs.filter(([, one]) => asked.length === 0 || asked.includes(one))) {
    const place = join(folder, id);
    await review(place);
    const cost = costOfRun(place);
    process.stdout.write(`${shown(name, cost)}\n`);
    if (!isWithin(cost)) {
      process.stdout.write(`more than ${most.requests} requests or ${most.seconds} s\n\n`);
      process.exitCode = 1;
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
