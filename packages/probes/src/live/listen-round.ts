import type { ActorId, ExchangeId } from '@launch-ready/core';
import { createCourier } from '../cross-tenant/courier.ts';
import { plantObject } from '../plant/plant-object.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { listen, type Heard } from './listen.ts';
import type { LiveEndpoint } from './live-endpoint.ts';

/** Somebody who listens, and to what. */
export interface Ear {
  readonly actor: ActorId;
  readonly endpoint: LiveEndpoint;
  /** Of the page elsewhere that opens it; the application's own when absent. */
  readonly origin?: string;
}

export interface Round {
  readonly objects: readonly PlantedObject[];
  readonly owner: Heard;
  readonly others: readonly Heard[];
  readonly exchanges: readonly ExchangeId[];
}

const settleMs = 300;
const longestMs = 1500;

/** Lets these listen, the owner first, while the owner makes objects like these. */
export async function listenRound(
  workshop: Workshop,
  ears: readonly [Ear, ...Ear[]],
  models: readonly PlantedObject[],
): Promise<Round> {
  const { context } = workshop;
  const courier = createCourier(context, 'live/live-channels');
  const listeners = await Promise.all(
    ears.map(({ actor, endpoint, origin }, index) =>
      listen(context, actor, endpoint, index === 0 ? 'the owner listens' : 'a stranger listens', origin),
    ),
  );
  await context.clock.sleep(settleMs);
  const objects: PlantedObject[] = [];
  for (const { resource, owner: actor, tenant } of models) {
    const purpose = 'made while strangers listen';
    const result = await plantObject(workshop, courier, {
      resource,
      actor,
      tenant,
      twin: 'throwaway',
      purpose,
    });
    if (result.kind === 'planted') objects.push(result.object);
  }
  const [own] = listeners;
  for (let waited = 0; waited < longestMs; waited += 100) {
    const text = own?.heard() ?? null;
    if (text === null || objects.every((object) => holds(text, object))) break;
    await context.clock.sleep(100);
  }
  await context.clock.sleep(settleMs);
  const [owner, ...others] = await Promise.all(listeners.map((listener) => listener.end()));
  const all = [owner, ...others];
  return {
    objects,
    owner: owner ?? { open: false, text: '', exchange: null, because: 'nobody listened' },
    others,
    exchanges: [
      ...all.flatMap((heard) => (heard?.exchange ? [heard.exchange] : [])),
      ...objects.flatMap(({ exchanges }) => exchanges.slice(0, 1)),
    ],
  };
}

/** Whether a text holds a canary of this object. */
export const holds = (text: string, { canaries }: PlantedObject): boolean =>
  canaries.some(({ value }) => text.includes(value));
