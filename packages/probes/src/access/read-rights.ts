import type { Actor, Operation } from '@launch-ready/core';
import { absentRights } from './absent-rights.ts';
import { coverageSubject } from './coverage-subject.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Courier,
  type Delivery,
} from './courier.ts';
import { isEmptyTalk } from './empty-talk.ts';
import type { RawRight } from './raw-right.ts';
import { sameShape } from './same-shape.ts';
import type { Workshop } from './workshop.ts';

/** For operations that only read: who sees a canary, or content like what the strongest sees, is able to. */
export async function readRights(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  tenant: string,
  actors: readonly Actor[],
): Promise<readonly RawRight[]> {
  const subject = coverageSubject(workshop, operation, tenant, { ownTenant: true });
  if (subject?.filled.kind !== 'filled') {
    return absentRights(workshop, courier, operation, tenant, actors);
  }
  const { url, headers } = subject.filled;
  const asked: Asked[] = [];
  for (const actor of actors) {
    const answer = await courier.send(asActor(actor.id), {
      operation,
      url,
      headers,
      body: null,
      effect: noEffect,
      purpose: `what the role ${actor.role} is answered`,
    });
    const [exchange] = exchangesOf(answer);
    const seen = exchange === undefined ? [] : workshop.context.leaks.inExchange(exchange);
    asked.push({ actor, answer, shows: isSuccess(answer) && seen.length > 0 });
  }
  return asked.map((one) => judged(one, asked));
}

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
