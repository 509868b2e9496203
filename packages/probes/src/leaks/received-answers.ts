import { anonymous, isSafeMethod, type ActorId, type Operation } from '@launch-ready/core';
import type { Ledger } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import type { Answer } from '../transport/transport.ts';

/** An answer that an actor received to an ordinary call of its own, made by any probe. */
export interface Received {
  readonly operation: Operation;
  readonly url: string;
  readonly actor: ActorId;
  readonly answer: Answer;
}

/** What was received so far, so that nothing is asked twice. */
export interface ReceivedAnswers {
  /** The last answer of this read to this actor, asked in the ordinary way with a valid credential. */
  read(operation: Operation, url: string, actor: ActorId): Answer | null;
  /** The last refusal (401, 403) of an ordinary creating call of this actor. */
  refusedCreate(operation: Operation, actor: ActorId): Answer | null;
  /** Every ordinary read that was answered with success. */
  readonly reads: readonly Received[];
}

const known = new WeakMap<Ledger, ReceivedAnswers>();

/** Calls in which nothing was bent: what owners read, controls, what was planted, and one's own lists. */
const ordinary =
  /^(plant|role|control|mass assignment)\b|\b(the|its) owner\b|^attack: foreign objects in its own list$/i;
const largest = 512 * 1024;

/** The answers of a run; from the first call on, everything that arrives is kept in memory and nowhere else. */
export function receivedAnswers(context: Pick<ProbeContext, 'ledger' | 'transport'>): ReceivedAnswers {
  const before = known.get(context.ledger);
  if (before) return before;
  const reads = new Map<string, Received>();
  const refused = new Map<string, Answer>();
  context.transport.onAnswer((request, answer) => {
    const { operation, url, actor, method, purpose } = request;
    if (!operation || actor === anonymous || operation.method !== method || !ordinary.test(purpose)) return;
    if (isSafeMethod(method)) {
      if (answer.bytes.byteLength <= largest)
        reads.set(keyOf(operation, url, actor), { operation, url, actor, answer });
    } else if (request.effect.kind === 'create' && (answer.status === 401 || answer.status === 403)) {
      refused.set(`${operation.id} ${actor}`, answer);
    }
  });
  const received: ReceivedAnswers = {
    read: (operation, url, actor) => reads.get(keyOf(operation, url, actor))?.answer ?? null,
    refusedCreate: (operation, actor) => refused.get(`${operation.id} ${actor}`) ?? null,
    get reads() {
      return [...reads.values()].filter(({ answer }) => answer.status >= 200 && answer.status < 300);
    },
  };
  known.set(context.ledger, received);
  return received;
}

const keyOf = (operation: Operation, url: string, actor: ActorId): string =>
  `${operation.id}\n${url}\n${actor}`;
