import type { ActorId, EvidenceMap, ExchangeId } from '@launch-ready/core';
import type { CoverageSubject } from './coverage-subject.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Call,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { isEmptyTalk } from '../plant/empty-talk.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import { answeredAlike } from '../reproduction/answered-alike.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import type { Spoilt } from '../access/spoilt-credentials.ts';
import type { Workshop } from '../plant/workshop.ts';

export type CoverageTrial = EvidenceMap['accessCoverage']['trials'][number];

/** Calls a reading operation without a valid credential, beside a control with a valid one. */
export async function coverReads(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  spoilt: readonly Spoilt[],
): Promise<readonly CoverageTrial[]> {
  const { operation, filled } = subject;
  if (filled.kind === 'unfilled') {
    const because = `nothing is known to fill ${filled.slot} with`;
    return spoilt.map(({ kind }) => trialOf(subject, kind, 'inconclusive', because, []));
  }
  const call = (purpose: string): Call => ({
    operation,
    url: filled.url,
    headers: filled.headers,
    body: null,
    effect: noEffect,
    purpose,
  });
  const shots: {
    readonly kind: Spoilt['kind'];
    readonly sender: Spoilt['sender'];
    readonly answer: Delivery;
  }[] = [];
  for (const { kind, sender } of spoilt) {
    const purpose = `${kind === 'none' ? 'without a' : `with ${kind === 'expired' ? 'an' : 'a'} ${kind}`} credential`;
    shots.push({ kind, sender, answer: await courier.send(sender, call(purpose)) });
  }
  // A clear refusal needs no more than that a valid credential was let in there at some time of this run.
  const known = shots.every(({ answer }) => isRefusal(answer))
    ? workshop.seen.find(filled.url, provenActors(workshop, subject.tenant, subject.actor))
    : null;
  const control =
    known ?? (await controlOf(workshop, courier, subject, call('control: with a valid credential')));
  const trials: CoverageTrial[] = [];
  for (const { kind, sender, answer } of shots) {
    const exchanges = [...exchangesOf(control.answer), ...exchangesOf(answer)];
    const [exchange] = exchangesOf(answer);
    const sighting = exchange === undefined ? undefined : workshop.context.leaks.inExchange(exchange)[0];
    if (sighting) {
      const again = await courier.send(sender, call('confirm: the same request again'));
      const [second] = exchangesOf(again);
      const confirmed = second !== undefined && workshop.context.leaks.inExchange(second).length > 0;
      const object = [...workshop.objects, ...workshop.harvested].find(({ ref }) => ref === sighting.ref);
      const because = confirmed
        ? `the answer (${outcomeOf(answer)}) held a canary of ${sighting.ref}, a private object`
        : 'a canary came back once, but not again';
      trials.push({
        ...trialOf(subject, kind, confirmed ? 'exposed' : 'inconclusive', because, [
          ...exchanges,
          ...exchangesOf(again),
        ]),
        reproduce:
          confirmed && object
            ? reproductionOf(workshop, {
                proof: 'seen',
                object,
                attacker: kind === 'none' ? 'anonymous' : `${control.actor}.${kind}`,
                spoilt: kind,
                attack: { call: call('attack'), values: subject.values },
                attackMarks: [],
                ownerLooks: { call: call('owner'), values: subject.values },
                looker: control.actor,
                alive: null,
              })
            : null,
      });
      continue;
    }
    const judged = await judge(workshop, courier, subject, {
      control: control.answer,
      answer,
      call: call('control: another tenant'),
    });
    const trial = trialOf(subject, kind, judged.verdict, judged.because, [...exchanges, ...judged.exchanges]);
    trials.push(
      judged.other === undefined
        ? trial
        : {
            ...trial,
            reproduce: answeredAlike(call('attack'), {
              actor: subject.actor,
              other: judged.other,
              spoilt: kind,
            }),
          },
    );
  }
  return trials;
}

export const trialOf = (
  subject: Pick<CoverageSubject, 'operation' | 'actor'>,
  credential: CoverageTrial['credential'],
  verdict: CoverageTrial['verdict'],
  because: string,
  exchanges: readonly ExchangeId[],
): CoverageTrial => ({
  operation: subject.operation.id,
  credential,
  actor: subject.actor,
  verdict,
  because,
  exchanges,
  reproduce: null,
});

const isRefusal = (answer: Delivery): boolean =>
  answer.kind === 'answer' && (answer.status === 401 || answer.status === 403);

/** Actors of a tenant, this one first. */
const provenActors = (workshop: Workshop, tenant: string, first: ActorId): readonly ActorId[] => [
  first,
  ...actorsOf(workshop.context, tenant).map(({ id }) => id),
];

/** The valid call: by the object's owner, or by a stronger role when that one is refused. */
async function controlOf(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  call: Call,
): Promise<{ readonly answer: Delivery; readonly actor: string }> {
  const answer = await courier.send(asActor(subject.actor), call);
  if (isSuccess(answer)) return { answer, actor: subject.actor };
  const strongest = actorsOf(workshop.context, subject.tenant)[0];
  if (!strongest || strongest.id === subject.actor) return { answer, actor: subject.actor };
  const stronger = await courier.send(asActor(strongest.id), call);
  return isSuccess(stronger) ? { answer: stronger, actor: strongest.id } : { answer, actor: subject.actor };
}

interface Judged {
  readonly verdict: CoverageTrial['verdict'];
  readonly because: string;
  readonly exchanges: readonly ExchangeId[];
  /** Who is answered otherwise, where the answer is private. */
  readonly other?: ActorId;
}

async function judge(
  workshop: Workshop,
  courier: Courier,
  subject: CoverageSubject,
  seen: { readonly control: Delivery; readonly answer: Delivery; readonly call: Call },
): Promise<Judged> {
  const { control, answer } = seen;
  const say = (
    verdict: Judged['verdict'],
    because: string,
    exchanges: readonly ExchangeId[] = [],
  ): Judged => ({ verdict, because, exchanges });
  if (answer.kind !== 'answer' || control.kind !== 'answer')
    return say('inconclusive', outcomeOf(answer.kind === 'answer' ? control : answer));
  const { status } = answer;
  if (status >= 500 || status === 429) return say('inconclusive', `answered ${status}`);
  if ((status === 401 || status === 403) && control.status !== status) {
    return say('refused', `answered ${status}, while a valid credential is answered ${control.status}`);
  }
  if (!isSuccess(control))
    return say('inconclusive', `the control with a valid credential was answered ${control.status} as well`);
  if (status >= 300)
    return say(
      'refused',
      `answered ${status} without anything private, while a valid credential is answered ${control.status}`,
    );
  const [exchange] = exchangesOf(control);
  const controlShows = exchange !== undefined && workshop.context.leaks.inExchange(exchange).length > 0;
  if (controlShows)
    return say('refused', `answered ${status} without any canary, while a valid credential is shown one`);
  if (isEmptyTalk(answer))
    return say(
      'refused',
      `answered ${status} with nothing in it, while a valid credential is answered ${control.status}`,
    );
  if (answer.text !== control.text)
    return say(
      'inconclusive',
      `answered ${status} with other content than a valid credential, of which nobody can say whether it is private`,
    );
  // The same for nobody as for us: private only when others with a valid credential get something else.
  const others = workshop.context.target.tenants
    .filter((tenant) => tenant !== subject.tenant)
    .flatMap((tenant) => actorsOf(workshop.context, tenant).slice(0, 1));
  const [other] = others;
  if (!other)
    return say('inconclusive', 'answered everybody alike, and there is no second tenant to compare with');
  const theirs = await courier.send(asActor(other.id), seen.call);
  const exchanges = exchangesOf(theirs);
  if (theirs.kind !== 'answer') return say('inconclusive', outcomeOf(theirs), exchanges);
  if (theirs.text !== control.text && theirs.status < 500 && theirs.status !== 429) {
    const again = await courier.send(asActor(subject.actor), {
      ...seen.call,
      purpose: 'confirm: is the answer always the same',
    });
    const steady = again.kind === 'answer' && again.text === control.text;
    if (steady)
      return {
        ...say('exposed', `answered the same as to ${subject.actor}, which ${other.id} is not answered`, [
          ...exchanges,
          ...exchangesOf(again),
        ]),
        other: other.id,
      };
    return say('inconclusive', 'the answer changes by itself', [...exchanges, ...exchangesOf(again)]);
  }
  if (subject.operation.declaredAuth === 'required') {
    return say(
      'inconclusive',
      'answers everybody alike although the document asks for a credential; whether that is private nobody can say',
      exchanges,
    );
  }
  return say('public', 'answers everybody alike, with nothing of anybody in it', exchanges);
}
