import type { Account } from '../traps/store.ts';
import type { Journey } from '../worlds/journey.ts';
import { recordingVisitor, type HarEntry } from './recording-visitor.ts';

/** Lets all accounts but the throw-away ones use a world that runs, and gives what was seen as an HTTP archive. */
export async function recordJourney(
  origin: string,
  journey: Journey,
  accounts: readonly Account[],
): Promise<string> {
  const entries: HarEntry[] = [];
  for (const account of accounts.filter(({ role }) => role !== 'throwaway')) {
    const visitor = recordingVisitor(origin, entries);
    await journey.signIn(visitor, account);
    await journey.visit(visitor, account);
  }
  return JSON.stringify({
    log: { version: '1.2', creator: { name: 'launch-ready bench', version: '1' }, entries },
  });
}
