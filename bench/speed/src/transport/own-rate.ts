import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRedactor } from '@launch-ready/core';
import {
  createLedger,
  createTransport,
  openTranscript,
  resolveTarget,
  systemClock,
} from '@launch-ready/probes';

/** Requests per second of the review's own transport, with guard, redaction and a transcript on disk. */
export async function ownRate(origin: string, seconds: number, connections: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'launch-ready-speed-'));
  const target = resolveTarget(
    {
      name: 'Speed',
      origins: { app: origin },
      limits: { requestsPerSecond: 1e9, maxRequests: 1e9, concurrency: connections },
    },
    { env: {}, folder, file: 'speed' },
  );
  const transport = createTransport({
    target,
    ledger: createLedger({ journal: null }),
    mode: 'full',
    clock: systemClock,
    redactor: createRedactor({ key: 'speed' }),
    transcript: openTranscript(folder),
    runId: 'speed',
    version: '0',
  });
  transport.addSecret('a-secret-of-the-speed-bench');
  const start = performance.now();
  const end = start + seconds * 1000;
  let answered = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      const result = await transport.send({
        actor: 'anonymous',
        probe: 'speed',
        purpose: 'measure',
        method: 'GET',
        url: `${origin}/notes`,
        effect: { kind: 'none' },
      });
      if (result.kind === 'answer' && result.status === 200) answered += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, work));
    return answered / ((performance.now() - start) / 1000);
  } finally {
    await transport.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
