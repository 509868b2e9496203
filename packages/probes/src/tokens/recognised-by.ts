import type { ExchangeId } from '@launch-ready/core';
import { privateAnswer } from '../lifecycle/private-answer.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';

/** Tells whether a credential is taken for its account. */
export interface RecognisedBy {
  /** The read that shows it; null where it shows by something else. */
  readonly url: string | null;
  ask(credential: Credential): Promise<{
    readonly opened: boolean | null;
    readonly because: string;
    readonly exchanges: readonly ExchangeId[];
  }>;
}

/**
 * By a read that shows the account, where there is one; otherwise by what proved the login, such as an empty request that
 * nobody may send.
 */
export async function recognisedBy(
  context: ProbeContext,
  credential: Credential,
  url: string | null,
  probe: string,
): Promise<RecognisedBy> {
  const door = url === null ? null : await privateAnswer(context, credential, url, probe);
  if (door !== null)
    return {
      url: door.url,
      ask: async (as) => {
        const { exchange, ...seen } = await door.ask(as);
        return { ...seen, exchanges: [exchange] };
      },
    };
  return {
    url: null,
    ask: async (as) => {
      const { alive, exchange, unsure } = await context.sessions.isAlive(as, probe);
      return {
        opened: unsure === null ? alive : null,
        because: unsure ?? (alive ? 'it was recognised' : 'it was not recognised'),
        exchanges: exchange === null ? [] : [exchange],
      };
    },
  };
}
