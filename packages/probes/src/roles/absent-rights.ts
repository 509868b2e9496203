import { isSafeMethod, type Actor, type Operation } from '@launch-ready/core';
import { askEnds, type WishOf } from './ask-by-role.ts';
import { encodedAs } from '../access/call-shape.ts';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import {
  asActor,
  exchangesOf,
  noEffect,
  outcomeOf,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { allUnclear, type RawRight } from './raw-right.ts';
import { sendHollow } from '../cross-tenant/send-hollow.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * For objects that cannot be had: asks for an id that stands for nothing. Who is refused where a stronger role gets as far as
 * not finding it is denied; nothing can be changed that way.
 */
export async function absentRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
  wish: WishOf,
): Promise<readonly RawRight[]> {
  const subject = coverageSubject(workshop, operation, tenant, { madeUp: true, ownTenant: true });
  if (subject?.filled.kind !== 'filled') return allUnclear(actors, 'its path cannot be filled');
  const { url, headers, slots } = subject.filled;
  return askEnds(actors, wish, async (actor) => {
    const call = {
      operation,
      url,
      headers,
      body: operation.body ? encodedAs(operation, {}) : null,
      purpose: `how far the role ${actor.role} gets with an id that stands for nothing`,
    };
    const answer = isSafeMethod(operation.method)
      ? await courier.send(asActor(actor.id), { ...call, effect: noEffect })
      : await sendHollow(
          workshop,
          courier,
          actor,
          { ...call, slots, tenant },
          (outcome) => `a change of nothing was ${outcome}`,
        );
    return {
      actor,
      state: reached(answer),
      because: `${actor.id} was ${outcomeOf(answer)} for an id that stands for nothing`,
      exchanges: exchangesOf(answer),
    };
  });
}

function reached(answer: Delivery): RawRight['state'] {
  const status = answer.kind === 'answer' ? answer.status : 0;
  if (status === 401 || status === 403) return 'denied';
  // Not finding it proves no right by itself; it only shows that others were stopped earlier.
  return status === 404 || status === 400 || status === 422 ? 'farther' : 'unclear';
}
