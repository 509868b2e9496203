import type { ActorId, ExchangeId, HeaderList, Operation } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import { NotLoggedIn } from '../session/not-logged-in.ts';
import type { Credential } from '../session/sessions.ts';
import { GuardRefusal } from '../transport/transport-errors.ts';
import type { Answer, Effect, NoAnswer, OutgoingBody } from '../transport/transport.ts';

/** One call of an operation, ready but for its sender. */
export interface Call {
  readonly operation: Operation;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: OutgoingBody | null;
  readonly effect: Effect;
  readonly purpose: string;
}

/** Who sends: an actor with its own session, or somebody with a given credential or none. */
export type Sender =
  | { readonly kind: 'actor'; readonly actor: ActorId }
  | { readonly kind: 'credential'; readonly actor: ActorId; readonly credential: Credential | null };

export type Delivery = Answer | NoAnswer | { readonly kind: 'not-sent'; readonly because: string };

/** Sends the calls of one probe and remembers which operation each exchange was a call of. */
export interface Courier {
  send(sender: Sender, call: Call): Promise<Delivery>;
  operationOf(exchange: ExchangeId): Operation | null;
  callOf(exchange: ExchangeId): { readonly sender: Sender; readonly call: Call } | null;
}

export function createCourier({ sessions }: Pick<ProbeContext, 'sessions'>, probe: string): Courier {
  const calls = new Map<ExchangeId, { readonly sender: Sender; readonly call: Call }>();
  return {
    send: async (sender, call) => {
      const { operation, url, headers, body, effect, purpose } = call;
      const request = {
        probe,
        purpose,
        method: operation.method,
        url,
        operation,
        headers,
        effect,
        ...(body ? { body } : {}),
      };
      try {
        const result =
          sender.kind === 'actor'
            ? await sessions.send(sender.actor, request)
            : await sessions.sendWith(sender.credential, sender.actor, request);
        calls.set(result.exchange, { sender, call });
        return result;
      } catch (error) {
        // The guard refuses what its names make look dangerous: an outcome of planning, not a bug. An account that cannot log in
        // any more, as a throw-away one that was locked, says nothing of the others.
        if (error instanceof GuardRefusal || error instanceof NotLoggedIn)
          return { kind: 'not-sent', because: error.message };
        throw error;
      }
    },
    operationOf: (exchange) => calls.get(exchange)?.call.operation ?? null,
    callOf: (exchange) => calls.get(exchange) ?? null,
  };
}

export const asActor = (actor: ActorId): Sender => ({ kind: 'actor', actor });

/** What a request without effect says. */
export const noEffect: Effect = { kind: 'none' };

export const changes = (...objects: readonly LedgerRef[]): Effect => ({ kind: 'change', objects });

/** The exchange of a delivery, if it left. */
export const exchangesOf = (...deliveries: readonly (Delivery | null)[]): readonly ExchangeId[] =>
  deliveries.flatMap((one) => (one === null || one.kind === 'not-sent' ? [] : [one.exchange]));

export const isSuccess = (delivery: Delivery): boolean =>
  delivery.kind === 'answer' && delivery.status >= 200 && delivery.status < 300;

/** What came back, in a few words. */
export const outcomeOf = (delivery: Delivery): string =>
  delivery.kind === 'answer'
    ? `answered ${delivery.status}`
    : delivery.kind === 'no-answer'
      ? `no answer: ${delivery.because}`
      : delivery.because;
