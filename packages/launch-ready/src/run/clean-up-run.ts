import {
  connectSessions,
  cleanUp,
  createLedger,
  createTransport,
  cryptoRandom,
  discoverOperations,
  nextExchangeNumber,
  openJournal,
  openTranscript,
  readJournal,
  systemClock,
} from '@launch-ready/probes';
import { createRedactor, type Leftover } from '@launch-ready/core';
import { loadTargetFile } from './load-target-file.ts';
import type { RunFolder } from './run-folder.ts';
import { readFacts } from './read-facts.ts';
import { toolVersion } from '../version.ts';

export interface CleanedRun {
  readonly removed: number;
  readonly leftovers: readonly Leftover[];
}

/**
 * Removes what a run left behind, reading its journal, and proves it by reading again. Does nothing when all is gone.
 * @param config target file to use instead of the one the run was started with
 * @throws {UserError} when the run does not say which target it was and none is given
 */
export async function cleanUpRun(folder: RunFolder, config: string | null): Promise<CleanedRun> {
  const restored = readJournal(folder.journal);
  const open = restored.entries.filter(({ state }) => state !== 'cleaned' && state !== 'not-created');
  if (open.length === 0) return { removed: 0, leftovers: [] };
  const facts = readFacts(folder.facts);
  const { target } = await loadTargetFile(config ?? facts.target.file);
  const ledger = createLedger({ journal: openJournal(folder.journal), restored });
  const transport = createTransport({
    target,
    ledger,
    mode: facts.mode,
    clock: systemClock,
    redactor: createRedactor({ key: cryptoRandom.token(32) }),
    transcript: openTranscript(folder.path),
    runId: facts.run.id,
    version: toolVersion,
    firstExchange: nextExchangeNumber(folder.path),
  });
  try {
    const { operations } = await discoverOperations({ target, transport });
    const { sessions } = await connectSessions({ target, transport, operations, clock: systemClock });
    await cleanUp({ ledger, sessions, transport, operations });
    return { removed: open.length - ledger.leftovers.length, leftovers: ledger.leftovers };
  } finally {
    await transport.close();
  }
}
