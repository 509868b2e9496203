import type { Operation } from '@launch-ready/core';
import { trialOf, type CoverageTrial } from '../coverage/coverage-reads.ts';
import type { CoverageSubject } from '../coverage/coverage-subject.ts';
import { asActor, exchangesOf, isSuccess, noEffect, outcomeOf, type Courier } from './courier.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Workshop } from '../plant/workshop.ts';

const aboutOneself =
  /(^|\/)(me|whoami|self|profile|session|sessions|account|notifications?|preferences|settings|userinfo|current|export)(\/|$)/i;

/** Whether an operation answers about whoever asks: then another user's credential must not be answered about us. */
export const isAboutOneself = (operation: Operation): boolean =>
  operation.method === 'GET' && aboutOneself.test(operation.path);

/** Asks as another user of the same tenant, and looks for the first user's account name in the answer. */
export async function coverOtherUser(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
): Promise<CoverageTrial | null> {
  const { operation, filled, tenant } = subject;
  if (filled.kind === 'unfilled' || subject.object) return null;
  const { sessions } = workshop.context;
  const [first] = actorsOf(workshop.context, tenant);
  const other = actorsOf(workshop.context, tenant).at(-1);
  const mine = first ? sessions.secretOf(first.id)?.username.toLowerCase() : undefined;
  const theirs = other ? sessions.secretOf(other.id)?.username.toLowerCase() : undefined;
  if (!first || !other || first.id === other.id || mine === undefined || theirs === undefined) return null;
  const call = { operation, url: filled.url, headers: filled.headers, body: null, effect: noEffect };
  const control =
    workshop.seen.find(filled.url, [first.id])?.answer ??
    (await courier.send(asActor(first.id), { ...call, purpose: `control: ${first.id} asks about itself` }));
  // Where our own name does not show, the answer is not about us and proves nothing.
  if (control.kind !== 'answer' || !isSuccess(control) || !control.text.toLowerCase().includes(mine))
    return null;
  const answer = await courier.send(asActor(other.id), { ...call, purpose: `${other.id} asks the same` });
  const exchanges = [...exchangesOf(control), ...exchangesOf(answer)];
  const about = { operation, actor: first.id };
  if (answer.kind !== 'answer' || answer.status >= 500 || answer.status === 429)
    return trialOf(about, 'other-user', 'inconclusive', outcomeOf(answer), exchanges);
  const text = answer.text.toLowerCase();
  if (!text.includes(mine))
    return trialOf(
      about,
      'other-user',
      'refused',
      `${other.id} is not answered about ${first.id}`,
      exchanges,
    );
  if (text.includes(theirs))
    return trialOf(
      about,
      'other-user',
      'inconclusive',
      `both accounts are named in the answer to ${other.id}; whether they may see each other nobody can say`,
      exchanges,
    );
  const again = await courier.send(asActor(other.id), {
    ...call,
    purpose: 'confirm: the same request again',
  });
  const confirmed = again.kind === 'answer' && again.text.toLowerCase().includes(mine);
  return trialOf(
    about,
    'other-user',
    confirmed ? 'exposed' : 'inconclusive',
    confirmed ? `${other.id} is answered about ${first.id}` : 'seen once, but not again',
    [...exchanges, ...exchangesOf(again)],
  );
}
