import type { ActorId, EvidenceMap, ExchangeId, Operation } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import {
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Courier,
  type Delivery,
  type Sender,
} from '../cross-tenant/courier.ts';
import type { JsonScalar } from '../plant/json-scalars.ts';
import type { Workshop } from '../plant/workshop.ts';
import type { Credential } from '../session/sessions.ts';
import { closedGate, gateCall, isOpen, staysClosedFor, type Closed, type Gate } from './closed-gate.ts';
import { aboutMyself, placeOf, scopeHeaders, strongScalars, type Ask } from './own-account.ts';
import { promotionBodies, together, top, type PromotionBody } from './promotion-bodies.ts';
import { namedIn, namingFields, requiredNames } from './named-account.ts';
import { rightsByName } from './promotion-operations.ts';
import { promotionReproduction } from './promotion-reproduction.ts';

type Promotion = EvidenceMap['roleMatrix']['promotions'][number];

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
  const named = ownName(workshop, operation, weak, mine);
  if (typeof named === 'string') return say('inconclusive', named);
  const theirs = await strongScalars(workshop, courier, operation, gate.strong);
  const bodies = promotionBodies(operation, workshop.context.target.roles, mine, theirs).map((body) => ({
    ...body,
    raise: { ...named, ...body.raise },
    restore: { ...named, ...body.restore },
  }));
  const send = async (body: Readonly<Record<string, unknown>>, purpose: string): Promise<Delivery> => {
    // The own account, and nobody else's, is what this may change; it is put back below.
    const answer = await courier.send(senderOf(weak.actor, credential), {
      operation,
      url: place.url,
      headers: place.headers,
      body: encodedAs(operation, body),
      effect: { kind: 'account', ids: [...place.ids, ...Object.values(named).map(String)] },
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
    const fields = Object.keys(raise)
      .filter((field) => !(field in named))
      .join(', ');
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

/** The gate of an earlier attempt with the same account, which left it closed. */
const closedBefore = new WeakMap<readonly Gate[], Closed>();

const senderOf = (actor: ActorId, credential: Credential): Sender => ({
  kind: 'credential',
  actor,
  credential,
});

/** The fields by which a body names the own account, where it has to name one; or why it cannot be named. */
function ownName(
  { context }: Workshop,
  operation: Operation,
  weak: { readonly actor: ActorId; readonly tenant: string },
  mine: readonly JsonScalar[],
): Readonly<Record<string, string | number>> | string {
  const isByName = rightsByName(operation);
  const fields = isByName ? namingFields(operation) : requiredNames(operation);
  if (fields.length === 0) return {};
  // What a body says is not held to the ledger: only an account made for such trials is named.
  if (isByName && context.sessions.throwaway(weak.tenant) !== weak.actor)
    return `${weak.tenant} has no throw-away account in the target file whose role could be changed`;
  const username = context.sessions.secretOf(weak.actor)?.username;
  const named = username === undefined ? null : namedIn(fields, username, mine);
  return named ?? `it is not known how ${fields.join(' and ')} would name the own account`;
}
