import type { Operation } from '@launch-ready/core';
import { matchPath } from '../transport/path-template.ts';
import { aliveUrl } from '../access/alive-url.ts';
import { asActor, exchangesOf, isSuccess, noEffect, outcomeOf, type Call } from './courier.ts';
import type { CrossTenantTrial, Front, Stage } from './front.ts';
import { ownerLooks } from './owner-looks.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { quietVerdict } from './quiet-verdict.ts';
import { sendRead } from '../coverage/read-as.ts';
import { reproductionOf } from '../reproduction/object-reproduction.ts';
import { quietParts, trialHead } from '../access/trial-head.ts';

/** Parameters that make an address a key of its own: whoever was given it may use it. */
const signed = /sig|token|expires|hmac|secret|credential|nonce|^key$|^x-amz/i;

/**
 * Follows addresses that an owner's answer gives for its object and that no document names, as the attacker. Addresses that
 * cannot be guessed are keys of their own and left alone.
 */
export async function attackLinks(front: Front, stage: Stage): Promise<readonly CrossTenantTrial[]> {
  const { workshop, courier } = front;
  const { victim, control, resource } = stage;
  const [attacker] = front.attackers;
  const object = control ?? victim;
  const view = front.views.get(object.ref);
  if (!attacker || !view?.present) return [];
  const trials: CrossTenantTrial[] = [];
  for (const url of linksIn(front, [...view.fields.values()], object).slice(0, 3)) {
    const call: Call = {
      operation: operationAt(url, object),
      url: url.href,
      headers: [],
      body: null,
      effect: noEffect,
      purpose: `control: the owner follows a link of its ${resource.type}`,
    };
    const seen = await courier.send(asActor(object.owner), call);
    const [exchange] = exchangesOf(seen);
    const shows =
      isSuccess(seen) &&
      exchange !== undefined &&
      workshop.context.leaks.inExchange(exchange).some(({ ref }) => ref === object.ref);
    if (!shows) continue;
    const attack = { ...call, purpose: `attack: ${attacker.id} follows a link of a foreign object` };
    const first = await sendRead(front, attacker, attack, object);
    const head = trialHead(stage, { operation: call.operation, action: 'read', slot: 'link', attacker });
    const because = 'its owner follows the link';
    const able = { state: 'able', because, exchanges: exchangesOf(seen), actor: object.owner } as const;
    if (first.sightings.length === 0) {
      const quiet = await quietVerdict(workshop, attacker, first.answer, { owner: able, home: able });
      trials.push({ ...head, ...quietParts(quiet, exchangesOf(seen, first.answer)) });
      continue;
    }
    const again = await sendRead(front, attacker, attack, object);
    const exchanges = exchangesOf(seen, first.answer, again.answer);
    if (again.sightings.length === 0) {
      const once = 'a canary came back once, but not again';
      trials.push({
        ...head,
        ...quietParts({ verdict: 'inconclusive', because: once, seenOnce: true }, exchanges),
      });
      continue;
    }
    trials.push({
      ...head,
      verdict: 'leak',
      because: `${attacker.id} followed a link that an answer to ${object.owner} holds, was ${outcomeOf(first.answer)}, and saw a canary of its ${resource.type}`,
      confirmations: 2,
      seenIn: first.sightings[0]?.where ?? null,
      exchanges,
      reproduce: url.href.includes(object.id)
        ? reproductionOf(workshop, {
            proof: 'seen',
            object,
            attacker: attacker.id,
            attack: { call: attack, values: object.values },
            attackMarks: [],
            ownerLooks: ownerLooks(front, object, call.operation),
            alive: aliveUrl(front, stage),
          })
        : null,
    });
  }
  return trials;
}

/** Addresses of this application in an object that no known operation serves, and that could be guessed or put together. */
function linksIn({ workshop }: Front, leaves: readonly string[], object: PlantedObject): readonly URL[] {
  const { operations, target } = workshop.context;
  const ids = new Set(object.values.values());
  const found = new Map<string, URL>();
  for (const leaf of leaves) {
    const value: unknown = JSON.parse(leaf);
    if (typeof value !== 'string' || !/^(https?:\/\/|\/[\w-]+\/)\S+$/.test(value)) continue;
    const url = URL.canParse(value, target.api) ? new URL(value, target.api) : null;
    if (!url || url.origin !== new URL(target.api).origin) continue;
    const known = operations.some(
      ({ method, path }) => method === 'GET' && matchPath(path, url.pathname) !== null,
    );
    const parts = [...url.pathname.split('/'), ...url.searchParams.values()].map(decodeURIComponent);
    const isKey =
      [...url.searchParams.keys()].some((name) => signed.test(name)) ||
      parts.some((part) => part.length >= 16 && /\d/.test(part) && !ids.has(part));
    if (!known && !isKey && parts.some((part) => ids.has(part) || /^\d+$/.test(part)))
      found.set(url.href, url);
  }
  return [...found.values()];
}

/** The operation that a link calls, named by its path without what changes from object to object. */
function operationAt(url: URL, object: PlantedObject): Operation {
  const ids = new Set(object.values.values());
  const path = url.pathname
    .split('/')
    .map((part) => (ids.has(decodeURIComponent(part)) || /^\d+$/.test(part) ? '{id}' : part))
    .join('/');
  return {
    id: `GET ${path}`,
    method: 'GET',
    path,
    origin: url.origin,
    tags: [],
    slots: [],
    responses: [],
    declaredAuth: 'unstated',
    sources: ['a link in an answer'],
  };
}
