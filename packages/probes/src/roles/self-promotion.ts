import type { Actor, ActorId, EvidenceMap, ExchangeId, Operation } from '@launch-ready/core';
import type { Credential } from '../session/sessions.ts';
import type { Delivery } from '../cross-tenant/courier.ts';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import { closedGate, gateCall, isOpen, type Closed } from './closed-gate.ts';
import {
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Call,
  type Courier,
  type Sender,
} from '../cross-tenant/courier.ts';
import { jsonScalars, type JsonScalar } from '../plant/json-scalars.ts';
import { objectIdsByMarker } from '../access/object-ids.ts';
import { promotionReproduction } from './promotion-reproduction.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Workshop } from '../plant/workshop.ts';

type Promotion = EvidenceMap['roleMatrix']['promotions'][number];

/** An operation that was denied to the weak role and allowed to the strong one: the proof of an effect. */
export interface Gate {
  readonly operation: Operation;
  readonly url: string;
  /** What names the tenant beside the path. */
  readonly headers?: Call['headers'];
  readonly strong: Actor;
}

const oneself = /(^|\/)(me|self|profile|account|user|whoami)$/i;
const people = /(^|\/)(users?|members?|memberships?|accounts?|profiles?|people)\/\{[^}]+\}(\/role)?$/i;

/** Operations by which an account may change its own profile or membership. */
export const promotionOperations = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(
    ({ method, path }) =>
      (method === 'PATCH' || method === 'PUT') && (oneself.test(path) || people.test(path)),
  );

/** Tries to raise the rights of a throw-away account, and proves it by an operation that was denied to it before. */
export async function tryPromotion(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  weak: { readonly actor: ActorId; readonly tenant: string },
  gates: readonly Gate[],
): Promise<Promotion> {
  const { sessions } = workshop.context;
  const exchanges: ExchangeId[] = [];
  const say = (verdict: Promotion['verdict'], because: string): Promotion => ({
    operation: operation.id,
    actor: weak.actor,
    verdict,
    because,
    exchanges,
    reproduce: null,
  });
  const [firstGate] = gates;
  if (!firstGate)
    return say(
      'inconclusive',
      'nothing that is denied to this role and allowed to a stronger one was found to prove an effect by',
    );
  const login = await sessions.login(weak.actor);
  exchanges.push(...login.exchanges);
  if (login.kind === 'refused')
    return say('inconclusive', `${weak.actor} could not log in: ${login.because}`);
  let credential: Credential = login.credential;
  const ask: Ask = async (call) => {
    const answer = await courier.send(senderOf(weak.actor, credential), {
      headers: scopeHeaders(workshop, call.operation, weak.tenant),
      ...call,
      body: null,
      effect: noEffect,
    });
    exchanges.push(...exchangesOf(answer));
    return answer;
  };
  const opens = async (gate: Closed): Promise<boolean> => {
    const answer = await ask({ ...gateCall(gate), purpose: 'is it still denied' });
    return isOpen(answer, gate);
  };
  const gate = closedBefore.get(gates) ?? (await closedGate(workshop, courier, gates, opens));
  if (gate) closedBefore.set(gates, gate);
  if (!gate)
    return say(
      'inconclusive',
      `${firstGate.operation.id} and its like were open to ${weak.actor} before anything was tried`,
    );
  const opensAfterLogin = async (): Promise<boolean> => {
    if (await opens(gate)) return true;
    // Rights may be written into the session at login.
    const again = await sessions.login(weak.actor);
    if (again.kind === 'in') credential = again.credential;
    return again.kind === 'in' && opens(gate);
  };

  const mine = await aboutMyself(workshop, operation, ask);
  const place = await placeOf(workshop, operation, weak, mine, ask);
  if (place === null) return say('inconclusive', 'the id of the own account in this path is not known');
  const theirs = await strongScalars(workshop, courier, operation, gate.strong);
  const bodies = promotionBodies(workshop.context.target.roles, mine, theirs);
  const send = async (body: Readonly<Record<string, unknown>>, purpose: string): Promise<Delivery> => {
    // The own account, and nobody else's, is what this may change; it is put back below.
    const answer = await courier.send(senderOf(weak.actor, credential), {
      operation,
      url: place.url,
      headers: place.headers,
      body: encodedAs(operation, body),
      effect: { kind: 'account', ids: place.ids },
      purpose,
    });
    exchanges.push(...exchangesOf(answer));
    return answer;
  };
  const answers: string[] = [];
  const raised = async ({ raise }: PromotionBody): Promise<'stored' | 'invalid' | 'refused'> => {
    const answer = await send(raise, 'raise the own rights');
    answers.push(outcomeOf(answer));
    if (isSuccess(answer)) return 'stored';
    return answer.kind === 'answer' && [401, 403, 404, 405].includes(answer.status) ? 'refused' : 'invalid';
  };
  // Everything at once first; only what is found fault with is tried in parts, not what is not permitted at all. One login at the end sees what any of it stored.
  const everything = together(bodies);
  const first = await raised(everything);
  const parts =
    first === 'invalid' ? bodies : first === 'refused' ? bodies.filter(({ lesser }) => lesser) : [];
  const tried = [everything, ...parts];
  let stored = first === 'stored';
  for (const body of parts) stored = (await raised(body)) === 'stored' || stored;
  if (!(await opensAfterLogin())) {
    // What was stored without opening anything is not left behind either.
    const left = stored ? top(await aboutMyself(workshop, operation, ask)) : new Map();
    const before = top(mine);
    const changed = Object.keys(together(tried).raise).filter(
      (key) => before.has(key) && left.has(key) && left.get(key) !== before.get(key),
    );
    if (changed.length > 0)
      await send(
        Object.fromEntries(changed.map((key) => [key, before.get(key)])),
        'put the own account back',
      );
    if (answers.every((text) => /no answer|answered 5/.test(text)))
      return say('inconclusive', answers.join('; '));
    return say(
      'refused',
      `attempts were ${[...new Set(answers)].join(', ')}, and ${gate.operation.id} stayed denied`,
    );
  }
  for (const { restore } of [everything, ...bodies]) await send(restore, 'put the own rights back');
  for (const { raise, restore } of bodies) {
    const answer = await send(raise, 'raise the own rights');
    answers.push(outcomeOf(answer));
    if (answer.kind !== 'answer' || answer.status >= 500) continue;
    if (!(await opensAfterLogin())) continue;
    await send(restore, 'put the own rights back');
    const closed = !(await opensAfterLogin());
    await send(raise, 'confirm: raise the own rights once more');
    const atOnce = closed && (await opens(gate));
    const again = atOnce || (closed && (await opensAfterLogin()));
    await send(restore, 'put the own rights back');
    const left = await opensAfterLogin();
    if (left) closedBefore.delete(gates);
    const note = left ? '; the account could not be put back' : '';
    const fields = Object.keys(raise).join(', ');
    // Where the rights could not be taken away again, others of the same standing tell that the gate did not open by itself.
    const stays = !closed && (await staysClosedFor(workshop, courier, gate, weak, exchanges));
    if (again || stays) {
      return {
        ...say(
          'escalated',
          `after it had set ${fields}, ${gate.operation.id} worked, which was denied to it before${note}`,
        ),
        reproduce: promotionReproduction({
          operation,
          url: place.url,
          headers: place.headers,
          actor: weak.actor,
          raise,
          restore,
          gate,
          atOnce,
        }),
      };
    }
    return say(
      'inconclusive',
      `${gate.operation.id} worked once after setting ${fields}, and not again${note}`,
    );
  }
  return say('inconclusive', `${gate.operation.id} worked once, and after no single change again`);
}

/** Whether another account than this one, which is not known to be stronger, is still denied. */
async function staysClosedFor(
  workshop: Workshop,
  courier: Courier,
  gate: Closed,
  weak: { readonly actor: ActorId; readonly tenant: string },
  exchanges: ExchangeId[],
): Promise<boolean> {
  const other = actorsOf(workshop.context, weak.tenant)
    .filter(({ id, role }) => id !== weak.actor && role !== gate.strong.role)
    .at(-1);
  if (!other) return false;
  const answer = await courier.send(
    { kind: 'actor', actor: other.id },
    { ...gateCall(gate), purpose: 'control: is it still denied to others of the same role' },
  );
  exchanges.push(...exchangesOf(answer));
  return answer.kind === 'answer' && !isOpen(answer, gate);
}

/** The gate of an earlier attempt with the same account, which left it closed. */
const closedBefore = new WeakMap<readonly Gate[], Closed>();

const senderOf = (actor: ActorId, credential: Credential): Sender => ({
  kind: 'credential',
  actor,
  credential,
});

type Ask = (
  call: Omit<Call, 'headers' | 'body' | 'effect'> & Partial<Pick<Call, 'headers'>>,
) => Promise<Delivery>;

/** Headers of an operation that name the tenant. */
function scopeHeaders(workshop: Workshop, operation: Operation, tenant: string): Call['headers'] {
  const filled = fillCall(
    operation,
    workshop.graph.boundSlots(operation),
    workshop.scopeValues(operation, tenant),
  );
  return filled.kind === 'filled' ? filled.headers : [];
}

async function aboutMyself(
  workshop: Workshop,
  operation: Operation,
  ask: Ask,
): Promise<readonly JsonScalar[]> {
  const same = workshop.context.operations.find(
    ({ method, path }) => method === 'GET' && path === operation.path && !path.includes('{'),
  );
  const identity =
    same ??
    workshop.context.operations.find(
      ({ method, path }) =>
        method === 'GET' &&
        /(^|\/)(me|whoami|self|profile|session|account)$/i.test(path) &&
        !path.includes('{'),
    );
  if (!identity) return [];
  const answer = await ask({
    operation: identity,
    url: identity.origin + identity.path,
    purpose: 'what is known of the own account',
  });
  return isSuccess(answer) && answer.kind === 'answer' ? jsonScalars(answer.json()) : [];
}

async function strongScalars(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  strong: Actor,
): Promise<readonly JsonScalar[]> {
  return aboutMyself(workshop, operation, (call) =>
    courier.send(
      { kind: 'actor', actor: strong.id },
      {
        headers: strong.tenant === null ? [] : scopeHeaders(workshop, call.operation, strong.tenant),
        ...call,
        body: null,
        effect: noEffect,
      },
    ),
  );
}

/** Where an operation is about the own account, and the id that it has there. */
interface OwnPlace {
  readonly url: string;
  readonly headers: Call['headers'];
  readonly ids: readonly string[];
}

/** A path without the account's own id, or with an id found in a list or about oneself. */
async function placeOf(
  workshop: Workshop,
  operation: Operation,
  weak: { readonly actor: ActorId; readonly tenant: string },
  mine: readonly JsonScalar[],
  ask: Ask,
): Promise<OwnPlace | null> {
  const bound = workshop.graph.boundSlots(operation);
  const values = workshop.scopeValues(operation, weak.tenant);
  const ids: string[] = [];
  const missing = bound.filter((slot) => slot.in === 'path' && !values.has(slot.referent));
  const [slot] = missing;
  if (slot && missing.length === 1) {
    const id =
      (await idInList(workshop, operation, slot.name, weak, ask)) ??
      mine.find(({ key }) => /^(id|_id|uuid|userId|user_id|documentId)$/.test(key))?.value;
    if (id === undefined || id === null) return null;
    values.set(slot.referent, String(id));
    ids.push(String(id));
  }
  const filled = fillCall(operation, bound, values);
  return filled.kind === 'filled' ? { url: filled.url, headers: filled.headers, ids } : null;
}

async function idInList(
  workshop: Workshop,
  operation: Operation,
  slot: string,
  weak: { readonly actor: ActorId; readonly tenant: string },
  ask: Ask,
): Promise<string | undefined> {
  const base = operation.path.slice(0, operation.path.indexOf(`/{${slot}}`));
  const list = workshop.context.operations.find(({ method, path }) => method === 'GET' && path === base);
  const username = workshop.context.sessions.secretOf(weak.actor)?.username.toLowerCase();
  if (!list || username === undefined) return undefined;
  const filled = fillCall(list, workshop.graph.boundSlots(list), workshop.scopeValues(list, weak.tenant));
  if (filled.kind === 'unfilled') return undefined;
  const answer = await ask({ operation: list, url: filled.url, purpose: 'the id of the own account' });
  return answer.kind === 'answer'
    ? objectIdsByMarker(answer.json(), username, 'members', { name: slot })[0]
    : undefined;
}

interface PromotionBody {
  readonly raise: Readonly<Record<string, unknown>>;
  readonly restore: Readonly<Record<string, unknown>>;
  /** Asks for less than the strongest role, which may be let through where that one is not. */
  readonly lesser?: boolean;
}

/** The fields of all of them in one body; of a field named twice, the first. */
const together = (bodies: readonly PromotionBody[]): PromotionBody => ({
  raise: Object.assign({}, ...bodies.toReversed().map(({ raise }) => raise)),
  restore: Object.assign({}, ...bodies.toReversed().map(({ restore }) => restore)),
});

const top = (scalars: readonly JsonScalar[]): ReadonlyMap<string, JsonScalar['value']> =>
  new Map(scalars.map(({ key, value }) => [key, value]));

/** Fields that differ between the weak and the strong account first, then the usual names of rights. */
function promotionBodies(
  roles: readonly string[],
  mine: readonly JsonScalar[],
  theirs: readonly JsonScalar[],
): readonly PromotionBody[] {
  const [own, strong] = [top(mine), top(theirs)];
  const learnt = [...strong].filter(
    ([key, value]) =>
      /role|admin|permission|level|type|rank|scope|staff|super/i.test(key) &&
      own.has(key) &&
      own.get(key) !== value,
  );
  const strongest = learnt.find(([key]) => /role/i.test(key))?.[1] ?? roles[0] ?? 'admin';
  const weakest = own.get('role') ?? roles.at(-1) ?? 'member';
  return [
    ...(learnt.length > 0
      ? [
          {
            raise: Object.fromEntries(learnt),
            restore: Object.fromEntries(learnt.map(([key]) => [key, own.get(key)])),
          },
        ]
      : []),
    { raise: { role: strongest }, restore: { role: weakest } },
    {
      raise: { isAdmin: true, is_admin: true, admin: true },
      restore: { isAdmin: false, is_admin: false, admin: false },
    },
    { raise: { roles: [strongest] }, restore: { roles: [weakest] } },
    ...roles
      .slice(1, -1)
      .filter((role) => role !== strongest && role !== weakest)
      .slice(0, 2)
      .map((role) => ({ raise: { role }, restore: { role: weakest }, lesser: true })),
  ].filter(
    (body, index, all) =>
      all.findIndex((one) => JSON.stringify(one.raise) === JSON.stringify(body.raise)) === index,
  );
}
