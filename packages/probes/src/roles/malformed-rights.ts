import type { Actor, Operation } from '@launch-ready/core';
import { askEnds, type WishOf } from './ask-by-role.ts';
import { encodedAs } from '../access/call-shape.ts';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import { exchangesOf, isSuccess, outcomeOf, type Courier, type Delivery } from '../cross-tenant/courier.ts';
import { flatSchema } from '../plant/flat-schema.ts';
import { allUnclear, type RawRight } from './raw-right.ts';
import { sendHollow } from '../cross-tenant/send-hollow.ts';
import type { Workshop } from '../plant/workshop.ts';

const notForThis =
  /(^|\/)(log-?in|log-?out|sign-?in|sign-?up|sign-?out|register|auth|sessions?|tokens?|passwords?|verify|refresh|oauth2?|sso|mfa)(\/|$)/i;

/**
 * For operations whose effect is not ours to cause: a body that lacks what is required tells who gets as far as its
 * validation. Refused for one role and complained about for a stronger one means denied.
 */
export async function malformedRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
  wish: WishOf,
): Promise<readonly RawRight[]> {
  const because = 'calling it would change what is not ours';
  const required = flatSchema(operation.body?.schema ?? {}).required;
  const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
  if (
    !Array.isArray(required) ||
    required.length === 0 ||
    notForThis.test(operation.path) ||
    subject?.filled.kind !== 'filled'
  ) {
    return allUnclear(actors, because);
  }
  const { url, headers, slots } = subject.filled;
  // A success may have made something: nobody else is to make it again.
  let made = false;
  const found = await askEnds(actors, wish, async (actor): Promise<RawRight> => {
    if (made) return { actor, state: 'unclear', because, exchanges: [] };
    const answer = await sendHollow(
      workshop,
      courier,
      actor,
      {
        operation,
        tenant,
        url,
        headers,
        slots,
        body: encodedAs(operation, {}),
        purpose: `how far the role ${actor.role} gets with an invalid body`,
      },
      (outcome) => `an invalid body was ${outcome}; it may have made something`,
    );
    made = isSuccess(answer);
    return reached(actor, answer);
  });
  const somebodyStopped = found.some(({ state }) => state === 'denied');
  // Complaints about the body alone may come before any question of rights.
  return found.map((one): RawRight =>
    one.state === 'able' && !somebodyStopped
      ? { ...one, state: 'unclear', because: `${one.because}, which may come before the question of rights` }
      : one,
  );
}

function reached(actor: Actor, answer: Delivery): RawRight {
  const exchanges = exchangesOf(answer);
  const status = answer.kind === 'answer' ? answer.status : 0;
  if (status === 400 || status === 422)
    return {
      actor,
      state: 'able',
      because: `${actor.id} got as far as the validation (${status})`,
      exchanges,
    };
  if (status === 401 || status === 403)
    return {
      actor,
      state: 'denied',
      because: `${actor.id} was answered ${status} before the validation`,
      exchanges,
    };
  return { actor, state: 'unclear', because: `${actor.id} was ${outcomeOf(answer)}`, exchanges };
}
