import type { Actor, Operation, PermissionRelation } from '@launch-ready/core';
import { absentRights } from './absent-rights.ts';
import type { WishOf } from './ask-by-role.ts';
import { coverageSubject } from '../coverage/coverage-subject.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { isEmptyTalk } from '../plant/empty-talk.ts';
import type { RawRight } from './raw-right.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { sameShape } from '../plant/same-shape.ts';
import type { Workshop } from '../plant/workshop.ts';

/**
 * For operations that only read: who sees a canary, or content like what the strongest sees, is able to. What was asked
 * before is not asked again, and once the weakest sees a canary the stronger are not asked.
 */
export async function readRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
  wish: WishOf,
): Promise<readonly RawRight[]> {
  const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
  if (subject?.filled.kind !== 'filled') {
    return absentRights(workshop, courier, operation, tenant, actors, wish);
  }
  const { url, headers } = subject.filled;
  const relationOf = (actor: Actor): PermissionRelation =>
    subject.object === null ? 'tenant' : subject.object.owner === actor.id ? 'own' : 'peer';
  const received = receivedAnswers(workshop.context);
  const judgeable = (actor: Actor, answer: Delivery): Asked => {
    const [exchange] = exchangesOf(answer);
    const seen = exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange);
    return { actor, answer, shows: isSuccess(answer) && seen.length > 0 };
  };
  const asked = new Map<Actor, Asked>();
  for (const actor of actors) {
    const known = received.read(operation, url, actor.id);
    if (known) asked.set(actor, judgeable(actor, known));
  }
  const ask = async (actor: Actor): Promise<Asked> => {
    const before = asked.get(actor);
    if (before) return before;
    const answer = await courier.send(asActor(actor.id), {
      operation,
      url,
      headers,
      body: null,
      effect: noEffect,
      purpose: `role: what the role ${actor.role} is answered`,
    });
    const one = judgeable(actor, answer);
    asked.set(actor, one);
    return one;
  };
  const isAsked = await withoutTheRest(actors, wish, ask);
  const all = actors.flatMap((actor) => asked.get(actor) ?? []);
  return actors.map((actor): RawRight => {
    const one = asked.get(actor);
    const relation = relationOf(actor);
    if (one) return { ...judged(one, all), relation };
    return {
      actor,
      state: 'skipped',
      because: `not called: ${isAsked?.actor.id ?? 'a weaker role'} is ${isAsked?.shows === true ? 'shown a canary' : 'answered with content'}`,
      exchanges: isAsked ? exchangesOf(isAsked.answer) : [],
      relation,
    };
  });
}

/**
 * Asks upwards until somebody is shown a canary, and of those above only who must be. Where nobody is shown one, two ends that
 * are answered alike speak for those between. Gives whoever speaks for the rest, or null.
 */
async function withoutTheRest(
  actors: readonly Actor[],
  wish: WishOf,
  ask: (actor: Actor) => Promise<Asked>,
): Promise<Asked | null> {
  let speaker: Asked | null = null;
  const [strongest] = actors;
  for (const actor of actors.toReversed()) {
    if (speaker && wish(actor) !== 'must') continue;
    const one = await ask(actor);
    if (one.shows) speaker ??= one;
    if (speaker || !strongest || actor === strongest || !hasContent(one.answer)) continue;
    const top = await ask(strongest);
    if (!top.shows && hasContent(top.answer) && sameShape(one.answer, top.answer)) speaker = one;
  }
  return speaker;
}

const hasContent = (answer: Delivery): boolean => isSuccess(answer) && !isEmptyTalk(answer);

interface Asked {
  readonly actor: Actor;
  readonly answer: Delivery;
  /** Whether the answer holds a canary. */
  readonly shows: boolean;
}

function judged({ actor, answer, shows }: Asked, all: readonly Asked[]): RawRight {
  const exchanges = exchangesOf(answer);
  const said = `${actor.id} was ${outcomeOf(answer)}`;
  if (shows) return { actor, state: 'able', because: `${said} with a canary`, exchanges };
  if (answer.kind === 'answer' && [401, 403, 404].includes(answer.status))
    return { actor, state: 'denied', because: said, exchanges };
  if (!isSuccess(answer) || isEmptyTalk(answer))
    return { actor, state: 'unclear', because: `${said} with nothing to judge by`, exchanges };
  const somebodySees = all.find((one) => one.shows);
  if (somebodySees)
    return {
      actor,
      state: 'unclear',
      because: `${said} without the objects that ${somebodySees.actor.id} sees`,
      exchanges,
    };
  const model = all.find((one) => isSuccess(one.answer) && !isEmptyTalk(one.answer));
  if (model && sameShape(answer, model.answer))
    return { actor, state: 'able', because: `${said} with content`, exchanges };
  return {
    actor,
    state: 'unclear',
    because: `${said} with other content than ${model?.actor.id ?? 'anybody'}`,
    exchanges,
  };
}
