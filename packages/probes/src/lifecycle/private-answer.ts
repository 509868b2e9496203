import type { ExchangeId } from '@launch-ready/core';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { ProbeContext } from '../probe.ts';
import type { Credential } from '../session/sessions.ts';
import type { Answer, SendResult } from '../transport/transport.ts';

/** What became of asking for something private. */
interface PrivateAsk {
  /** The actor's own data came back, which nobody gets; null when the answer decides nothing. */
  readonly opened: boolean | null;
  readonly because: string;
  readonly exchange: ExchangeId;
}

/** Asks for one private answer with any credential, and tells by its content whether it is the one of the actor. */
export interface PrivateAnswer {
  readonly url: string;
  ask(credential: Credential): Promise<PrivateAsk>;
}

/**
 * The answer that proves a login, as its owner gets it, to compare others with: a success counts only when it shows the same
 * account, and differs from what nobody gets.
 */
export async function privateAnswer(
  { sessions }: Pick<ProbeContext, 'sessions'>,
  credential: Credential,
  url: string,
  probe: string,
): Promise<PrivateAnswer | null> {
  const get = (as: Credential | null): Promise<SendResult> =>
    sessions.sendWith(as, as?.actor ?? 'anonymous', {
      probe,
      purpose: 'something that only a signed-in user gets',
      method: 'GET',
      url,
      effect: { kind: 'none' },
    });
  const own = await get(credential);
  const nobody = await get(null);
  if (own.kind !== 'answer' || own.status > 299 || nobody.kind !== 'answer') return null;
  const username = sessions.secretOf(credential.actor)?.username.toLowerCase() ?? null;
  const marks = [...identifying(own.json()), ...(username === null ? [] : [username])].filter(
    (mark) => own.text.toLowerCase().includes(mark) && !nobody.text.toLowerCase().includes(mark),
  );
  if (marks.length === 0 && own.text === nobody.text) return null;
  const isOwn = ({ status, text }: Answer): boolean =>
    status < 300 &&
    text !== nobody.text &&
    (marks.length === 0 ? text === own.text : marks.some((mark) => text.toLowerCase().includes(mark)));
  return {
    url,
    ask: async (as) => {
      const answer = await get(as);
      const { exchange } = answer;
      if (answer.kind === 'no-answer') return { opened: null, because: answer.because, exchange };
      const { status } = answer;
      if (status === 429 || status >= 500)
        return { opened: null, because: `the answer has status ${status}`, exchange };
      return { opened: isOwn(answer), because: `answered with ${status}`, exchange };
    },
  };
}

/** Values that name the account. */
function identifying(value: unknown, depth = 0): readonly string[] {
  if (!isJsonObject(value) || depth > 2) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' &&
    inner.length >= 6 &&
    /^(id|_id|uid|uuid|sub|user_?id|email|username|login)$/i.test(name)
      ? [inner.toLowerCase()]
      : identifying(inner, depth + 1),
  );
}
