import type { ActorId } from '@launch-ready/core';
import type { Answer, Transport } from '../transport/transport.ts';

/** Successful answers to reads of this run, so that a control need not be asked for twice. */
export interface AnswersSeen {
  /** The newest successful answer of this address to one of these actors; null when there was none. */
  find(url: string, actors: readonly ActorId[]): { readonly answer: Answer; readonly actor: ActorId } | null;
}

/** More is not kept: a control can always be asked for again. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Listens from now on to reads that actors send with their own sessions.
 *
 * @param counts whether this actor's requests carry its own valid session
 */
export function rememberAnswers(
  transport: Pick<Transport, 'onAnswer'>,
  counts: (actor: ActorId) => boolean,
): AnswersSeen {
  const seen = new Map<string, Answer>();
  let size = 0;
  const key = (actor: ActorId, url: string): string => `${actor} ${url}`;
  transport.onAnswer((request, answer) => {
    if (request.method !== 'GET' || answer.status < 200 || answer.status >= 300 || !counts(request.actor))
      return;
    // A request with a tenant named in a header, or by another probe with another credential, is another question.
    if ((request.headers ?? []).some(([name]) => !credentialHeader.test(name))) return;
    if (size + answer.bytes.length > mostBytes) return;
    size += answer.bytes.length;
    seen.set(key(request.actor, request.url), answer);
  });
  return {
    find: (url, actors) => {
      for (const actor of actors) {
        const answer = seen.get(key(actor, url));
        if (answer) return { answer, actor };
      }
      return null;
    },
  };
}

const credentialHeader = /^(authorization|cookie|accept|x-csrf-token|x-xsrf-token|x-requested-with)$/i;
