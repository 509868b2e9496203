import type { Operation } from '@launch-ready/core';
import type { Call, Courier, Delivery } from '../cross-tenant/courier.ts';
import { isSuccess, noEffect } from '../cross-tenant/courier.ts';
import { isEmptyTalk } from '../plant/empty-talk.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { sameShape } from '../plant/same-shape.ts';
import type { Gate } from './self-promotion.ts';
import type { Workshop } from '../plant/workshop.ts';

/** A gate together with what the strong role is answered. */
export interface Closed extends Gate {
  readonly model: Delivery;
}

/** The first gate that the strong role may pass and this account may not; at most six are tried. */
export async function closedGate(
  workshop: Workshop,
  courier: Courier,
  gates: readonly Gate[],
  opens: (gate: Closed) => Promise<boolean>,
): Promise<Closed | null> {
  for (const gate of gates.slice(0, 6)) {
    const model =
      receivedAnswers(workshop.context).read(gate.operation, gate.url, gate.strong.id) ??
      (await courier.send(
        { kind: 'actor', actor: gate.strong.id },
        { ...gateCall(gate), purpose: 'control: a strong role may' },
      ));
    if (isSuccess(model) && !(await opens({ ...gate, model }))) return { ...gate, model };
  }
  return null;
}

/** The request that tells whether a gate is open. */
export const gateCall = (gate: Gate): Omit<Call, 'purpose'> & { readonly operation: Operation } => ({
  operation: gate.operation,
  url: gate.url,
  headers: gate.headers ?? [],
  body: null,
  effect: noEffect,
});

/** Whether this answer shows what the strong role is shown. */
export const isOpen = (answer: Delivery, { model }: Closed): boolean =>
  isSuccess(answer) && !isEmptyTalk(answer) && sameShape(answer, model);
