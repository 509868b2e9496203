import { anonymous, type ActorId, type EvidenceMap } from '@launch-ready/core';
import { isSuccess, type Delivery } from '../cross-tenant/courier.ts';
import { createCourier } from '../cross-tenant/courier.ts';
import { readCall } from '../coverage/read-as.ts';
import { frontsOf, type Front } from '../cross-tenant/front.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { workshopOf } from '../plant/workshop.ts';
import { defineProbe } from '../probe.ts';
import { addressFor } from './address-for.ts';
import { findLiveEndpoints } from './find-live-endpoints.ts';
import { holds, listenRound, type Ear } from './listen-round.ts';
import { nameOf, type LiveEndpoint } from './live-endpoint.ts';
import { subscriptionEndpoints } from './subscription-endpoints.ts';
import { liveReproduction } from './live-reproduction.ts';

type Trial = EvidenceMap['liveChannels']['trials'][number];

const id = 'live/live-channels';
const mostChannels = 6;
const mostKinds = 3;

/** The same channel in the ways in which it may be served. */
type Ways = readonly [LiveEndpoint, ...LiveEndpoint[]];

interface Stranger extends Ear {
  readonly asked: Trial['asked'];
  readonly relation: string;
}

/** Listens on WebSockets and event streams as those whom they do not concern, while an owner makes something. */
export const liveChannels = defineProbe({
  id,
  title: 'Listen to what others are sent',
  provides: 'liveChannels',
  needs: ['logins', 'operations', 'planting'],
  leastMode: 'standard',
  estimate: () => 30,
  run: async (context) => {
    const found = await findLiveEndpoints(context);
    const subscriptions = (context.evidence('operations')?.subscriptions ?? []).map(subscriptionEndpoints);
    const ways = [...found.map((one): Ways => [one]), ...subscriptions].slice(0, mostChannels);
    const channels = ways.map(([one]) => ({ kind: one.kind, operation: nameOf(one), source: one.source }));
    if (ways.length === 0) return { status: 'gathered', data: { channels, trials: [] } };
    const workshop = await workshopOf(context);
    const fronts = frontsOf(workshop, createCourier(context, id));
    const trials: Trial[] = [];
    for (const endpoints of ways) {
      let last: readonly Trial[] = [];
      for (const endpoint of endpoints) {
        context.progress(`listening to ${nameOf(endpoint)}`);
        const all: Trial[] = [];
        for (const front of fronts) all.push(...(await tryChannel(front, endpoint)));
        last = all;
        // One of its ways is enough: the other may not be there at all.
        if (last.some(({ verdict }) => verdict !== 'inconclusive')) break;
      }
      trials.push(...last);
    }
    return { status: 'gathered', data: { channels, trials } };
  },
});

async function tryChannel(front: Front, endpoint: LiveEndpoint): Promise<readonly Trial[]> {
  const { workshop, victimTenant, attackerTenant } = front;
  const models = workshop.objects
    .filter((one) => one.tenant === victimTenant && one.twin === 'victim' && one.exposure === 'shared')
    .slice(0, mostKinds);
  const [model] = models;
  const [attacker] = front.attackers;
  if (!model || !attacker) return [];
  const own = addressFor(workshop, endpoint, victimTenant);
  const theirs = addressFor(workshop, endpoint, attackerTenant);
  if (own === null) return [];
  const isNamed = theirs === null || theirs.url !== own.url || theirs.hello.join() !== own.hello.join();
  const relation = `foreign ${attacker.role}`;
  const strangers: readonly Stranger[] = [
    ...(theirs === null
      ? []
      : [{ actor: attacker.id, endpoint: theirs, asked: 'as-its-own', relation } as const]),
    ...(isNamed ? [{ actor: attacker.id, endpoint: own, asked: 'for-the-owner', relation } as const] : []),
    {
      actor: anonymous,
      endpoint: own,
      asked: isNamed ? 'for-the-owner' : 'as-its-own',
      relation: 'anonymous',
    },
  ];
  const first = await listenRound(workshop, [{ actor: model.owner, endpoint: own }, ...strangers], models);
  const caught = (index: number, round: typeof first): readonly PlantedObject[] =>
    round.objects.filter((object) => holds(round.others[index]?.text ?? '', object));
  const isSuspect = strangers.some((_, index) => caught(index, first).length > 0);
  const second = isSuspect
    ? await listenRound(workshop, [{ actor: model.owner, endpoint: own }, ...strangers], models)
    : null;
  const trials: Trial[] = [];
  for (const [index, stranger] of strangers.entries()) {
    const heard = first.others[index];
    const base = {
      operation: nameOf(endpoint),
      kind: endpoint.kind,
      listener: stranger.actor,
      asked: stranger.asked,
      relation: stranger.relation,
      owner: model.owner,
    } as const;
    const objectType = first.objects.map(({ resource }) => resource.type).join(', ') || model.resource.type;
    const plain = (verdict: Trial['verdict'], because: string): Trial => ({
      ...base,
      objectType,
      verdict,
      because,
      confirmations: verdict === 'safe' ? 1 : 0,
      exchanges: [...first.exchanges],
      reproduce: null,
    });
    const leaked = caught(index, first);
    const again = second === null ? [] : caught(index, second);
    const [object] = leaked.filter(({ resource }) => again.some((one) => one.resource === resource));
    if (object) {
      const openly = await isReadAnyway(front, stranger.actor, object);
      const exchanges = [...first.exchanges, ...(second?.exchanges ?? [])];
      trials.push(
        openly
          ? { ...plain('inconclusive', 'what came can be read by the same stranger anyway'), exchanges }
          : {
              ...base,
              objectType: object.resource.type,
              verdict: 'leak',
              confirmations: 2,
              because: `${stranger.actor} received what ${object.owner} had just made, twice`,
              exchanges,
              reproduce: liveReproduction(
                workshop,
                object,
                { ...stranger, endpoint: stranger.endpoint },
                own,
              ),
            },
      );
    } else if (leaked.length > 0)
      trials.push({
        ...plain('inconclusive', 'a stranger received something once, but not again'),
        confirmations: 1,
        seenOnce: true,
      });
    else if (!first.owner.open)
      trials.push(plain('inconclusive', `the owner cannot listen: ${first.owner.because}`));
    else if (!first.objects.some((one) => holds(first.owner.text, one)))
      trials.push(
        plain('inconclusive', 'nothing of what the owner made came on the channel, not even to the owner'),
      );
    else if (
      heard?.open === false &&
      !/refused with 4|answered 4|subscription was refused/.test(heard.because)
    )
      trials.push(plain('inconclusive', `the stranger could not be told from a failure: ${heard.because}`));
    else
      trials.push(
        plain(
          'safe',
          heard?.open ? 'it was open and brought nothing of the owner' : (heard?.because ?? 'refused'),
        ),
      );
  }
  return trials;
}

/** Whether the ordinary way of reading shows the object to this stranger too: then the channel betrays nothing. */
async function isReadAnyway(front: Front, actor: ActorId, object: PlantedObject): Promise<boolean> {
  const { read } = object.resource;
  const call = read ? readCall(front, read, object.values, 'is it open to the stranger anyway') : null;
  if (call === null) return false;
  const answer: Delivery = await front.courier.send(
    actor === anonymous ? { kind: 'credential', actor, credential: null } : { kind: 'actor', actor },
    call,
  );
  return isSuccess(answer) && answer.kind === 'answer' && holds(answer.text, object);
}
