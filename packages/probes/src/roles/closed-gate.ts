import type { Actor, ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Call, Courier, Delivery } from '../cross-tenant/courier.ts';
import { exchangesOf, isSuccess, noEffect } from '../cross-tenant/courier.ts';
import { isEmptyTalk } from '../plant/empty-talk.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { sameShape } from '../plant/same-shape.ts';
import type { Workshop } from '../plant/workshop.ts';

/** An operation that was denied to the weak role and allowed to the strong one: the proof of an effect. */
export interface Gate {
  readonly operation: Operation;
  readonly url: string;
  /** What names the tenant beside the path. */
  readonly headers?: Call['headers'];
  readonly strong: Actor;
}

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

/** Whether another account than this one, which is not known to be stronger, is still denied. */
export async function staysClosedFor(
  workshop: Workshop,
  courier: Courier,
  gate: Closed,
  weak: { readonly actor: ActorId; readonly tenant: string },
  exchanges: ExchangeId[],
): Promise<boolean> {
  const other = actorsOf(workshop.context, weak.tenant)
    .filter(({ id, role }) => id !== weak.actor && role !== gate.strong.role)
    .at(-1);
  if (!other) return false;
  const answer = await courier.send(
    { kind: 'actor', actor: other.id },
    { ...gateCall(gate), purpose: 'control: is it still denied to others of the same role' },
  );
  exchanges.push(...exchangesOf(answer));
  return answer.kind === 'answer' && !isOpen(answer, gate);
}
