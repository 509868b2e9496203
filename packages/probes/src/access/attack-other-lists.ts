import { attackLists } from './attack-lists.ts';
import { fillCall } from './call-shape.ts';
import { asActor, exchangesOf, noEffect } from './courier.ts';
import { stagesOf, type CrossTenantTrial, type Front } from './front.ts';

/** Feeds, searches, exports and counts: every GET that belongs to no resource and shows the owner something planted. */
export async function attackOtherLists(front: Front): Promise<readonly CrossTenantTrial[]> {
  const { workshop, courier, victimTenant } = front;
  const stages = stagesOf(front);
  const trials: CrossTenantTrial[] = [];
  for (const operation of workshop.graph.otherReads) {
    const owner = stages[0]?.victim.owner;
    if (owner === undefined) break;
    const values = new Map(stages.flatMap(({ victim }) => [...victim.values]));
    const scoped = new Map([...values, ...workshop.scopeValues(operation, victimTenant)]);
    const filled = fillCall(operation, workshop.graph.boundSlots(operation), scoped);
    if (filled.kind === 'unfilled') continue;
    const answer = await courier.send(asActor(owner), {
      operation,
      url: filled.url,
      headers: filled.headers,
      body: null,
      effect: noEffect,
      purpose: 'control: what the owner sees here',
    });
    const [exchange] = exchangesOf(answer);
    const seen = new Set(
      (exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange)).map(({ ref }) => ref),
    );
    const searchable = operation.slots.some(
      (slot) =>
        slot.in === 'query' &&
        /^(q|query|search|term|keyword|keywords|text|filter|s|contains)$/i.test(slot.name),
    );
    const shown = stages.filter(({ victim }) => seen.has(victim.ref));
    for (const stage of shown.length > 0 ? shown.slice(0, 2) : searchable ? stages.slice(0, 3) : []) {
      const found = await attackLists(front, stage, operation);
      trials.push(
        ...(shown.length > 0
          ? found
          : found.filter(({ slot, verdict }) => slot.startsWith('query:') || verdict === 'leak')),
      );
    }
  }
  return trials;
}
