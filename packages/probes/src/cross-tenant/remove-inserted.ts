import { fillCall } from '../access/call-shape.ts';
import { asActor, changes, isSuccess, type Delivery } from './courier.ts';
import type { Front, Stage } from './front.ts';
import { lookDirectly } from './look-for-inserted.ts';
import { objectIdsByMarker } from '../access/object-ids.ts';
import type { SentInsert } from './send-insert.ts';

/** What was put among the owner's objects is removed by the owner, who can. */
export async function removeInserted(
  { workshop, courier }: Front,
  { victim, resource }: Stage,
  all: readonly SentInsert[],
  answers: readonly Delivery[],
): Promise<void> {
  const { ledger } = workshop.context;
  const { remove } = resource;
  for (const sent of all) {
    const [mark] = sent.marks;
    const listed = answers.flatMap((answer) =>
      answer.kind === 'answer' && mark !== undefined
        ? objectIdsByMarker(answer.json(), mark, resource.type, null)
        : [],
    );
    const id = ledger.entry(sent.ref).objectId ?? listed[0];
    if (id === undefined || !remove) {
      ledger.leftover(sent.ref, `it lies among the objects of ${victim.owner} and could not be removed`);
      continue;
    }
    const values = new Map([...victim.values, [resource.referent, id] as const]);
    const filled = fillCall(remove, workshop.graph.boundSlots(remove), values);
    if (filled.kind === 'unfilled') continue;
    ledger.created(sent.ref, { objectId: id, slots: filled.slots, deleteUrl: filled.url });
    const answer = await courier.send(asActor(victim.owner), {
      operation: remove,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: changes(sent.ref),
      purpose: 'remove what the attack put there',
    });
    const found = await lookDirectly({ workshop, courier }, { resource, victim }, sent);
    if (isSuccess(answer) && !found.seen) ledger.cleaned(sent.ref);
  }
}
