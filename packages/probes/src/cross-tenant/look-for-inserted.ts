import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { fillCall, type SlotValues } from '../access/call-shape.ts';
import { asActor, exchangesOf, isSuccess, noEffect, type Call, type Delivery } from './courier.ts';
import type { Front, Stage } from './front.ts';
import type { SentInsert } from './send-insert.ts';

interface Looked {
  /** In lower case; empty when there was no answer. */
  readonly text: string;
  readonly exchanges: readonly ExchangeId[];
  readonly answers: readonly Delivery[];
  readonly call: Call | null;
}

interface DirectLook {
  readonly seen: boolean;
  /** Every object of the attacker is found by its id, so that finding this one says nothing. */
  readonly readsAny: boolean;
  readonly exchanges: readonly ExchangeId[];
}

/** The owner lists its own objects. */
export async function lookForInserted(
  front: Front,
  { victim }: Stage,
  list: Operation | null,
): Promise<Looked> {
  const purpose = 'does the owner find it among its own';
  const asked = list ? await ask(front, victim.owner, list, victim.values, purpose) : null;
  if (!asked) return { text: '', exchanges: [], answers: [], call: null };
  const { call, answer } = asked;
  return { text: lowerText(answer), exchanges: exchangesOf(answer), answers: [answer], call };
}

/**
 * The owner asks for the new object by its id, for lists that show only some. An owner who finds any object of the attacker's
 * in that way shows that reading is open, and not that this one lies among its own.
 */
export async function lookDirectly(
  front: Pick<Front, 'workshop' | 'courier'>,
  { victim, resource, own = null }: Pick<Stage, 'victim' | 'resource'> & Partial<Pick<Stage, 'own'>>,
  sent: SentInsert,
): Promise<DirectLook> {
  const { objectId } = front.workshop.context.ledger.entry(sent.ref);
  if (!resource.read || objectId === null) return { seen: false, readsAny: false, exchanges: [] };
  const values = new Map([...victim.values, [resource.referent, objectId] as const]);
  const asked = await ask(front, victim.owner, resource.read, values, 'does the owner find it by its id');
  if (!asked) return { seen: false, readsAny: false, exchanges: [] };
  const finds = ({ answer }: typeof asked, marks: readonly string[]): boolean =>
    isSuccess(answer) && marks.some((mark) => lowerText(answer).includes(mark));
  const exchanges = exchangesOf(asked.answer);
  if (!finds(asked, sent.marks)) return { seen: false, readsAny: false, exchanges };
  if (!own) return { seen: true, readsAny: false, exchanges };
  const others = new Map([...victim.values, [resource.referent, own.id] as const]);
  const control = await ask(front, victim.owner, resource.read, others, 'does it find any other by its id');
  if (!control) return { seen: true, readsAny: false, exchanges };
  const marks = own.canaries.map(({ value }) => value);
  const readsAny = finds(control, marks);
  return { seen: !readsAny, readsAny, exchanges: [...exchanges, ...exchangesOf(control.answer)] };
}

const lowerText = (answer: Delivery): string => (answer.kind === 'answer' ? answer.text.toLowerCase() : '');

async function ask(
  { workshop, courier }: Pick<Front, 'workshop' | 'courier'>,
  actor: ActorId,
  operation: Operation,
  values: SlotValues,
  purpose: string,
): Promise<{ readonly call: Call; readonly answer: Delivery } | null> {
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  if (filled.kind === 'unfilled') return null;
  const { url, headers } = filled;
  const call: Call = { operation, url, headers, body: null, effect: noEffect, purpose };
  return { call, answer: await courier.send(asActor(actor), call) };
}
