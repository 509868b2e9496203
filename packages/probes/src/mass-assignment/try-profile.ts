import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Courier,
  type Delivery,
} from '../cross-tenant/courier.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import type { Workshop } from '../plant/workshop.ts';
import { candidateFields, type CandidateField, type OwnNames } from './candidate-fields.ts';
import type { Extra } from './injected-write.ts';
import { profileReproduction } from './profile-reproduction.ts';
import type { MassTrial } from './try-operation.ts';
import { holds } from './two-values.ts';

const oneself = /(^|\/)(me|self|profile|account|user|whoami)$/i;

/** Operations by which an account changes its own profile, without any id in them. */
export const profileOperations = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(
    ({ method, path }) =>
      (method === 'PATCH' || method === 'PUT') && oneself.test(path) && !path.includes('{'),
  );

/** What came of a profile: trials, or why it could not be tried. */
type ProfileResult =
  | { readonly kind: 'tried'; readonly trials: readonly MassTrial[] }
  | { readonly kind: 'not-tried'; readonly because: string };

/** Writes what is not its own to decide into the profile of a throw-away account, and puts back what was stored. */
export async function tryProfile(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
  actor: ActorId,
  own: OwnNames,
): Promise<ProfileResult> {
  const { operations } = workshop.context;
  const look = operations.find(({ method, path }) => method === 'GET' && path === operation.path);
  const exchanges: ExchangeId[] = [];
  if (!look) return tried([]);
  const ask = (): Promise<Delivery> =>
    courier.send(asActor(actor), {
      operation: look,
      url: look.origin + look.path,
      headers: [],
      body: null,
      effect: noEffect,
      purpose: 'mass assignment: what the account holds',
    });
  const accountIn = (answer: Delivery): JsonObject | null => {
    exchanges.push(...exchangesOf(answer));
    const json = answer.kind === 'answer' && isSuccess(answer) ? answer.json() : null;
    return isJsonObject(json) ? innermost(json) : null;
  };
  const read = async (): Promise<JsonObject | null> => accountIn(await ask());
  const shown = await ask();
  const before = accountIn(shown);
  if (!before)
    return { kind: 'not-tried', because: `what ${actor} holds could not be read: ${outcomeOf(shown)}` };
  // Roles have a probe of their own, which proves what they open.
  const candidates = candidateFields(before, operation, [operation], own).filter(
    ({ kind }) => kind !== 'right' && kind !== 'owner',
  );
  if (candidates.length === 0) return tried([]);
  const write = async (
    extra: Extra,
    purpose: string,
  ): Promise<{ readonly done: boolean; readonly said: string }> => {
    const answer = await courier.send(asActor(actor), {
      operation,
      url: operation.origin + operation.path,
      headers: [],
      body: encodedAs(operation, { ...kept(), ...extra }),
      effect: { kind: 'account', ids: [] },
      purpose: `mass assignment: ${purpose}`,
    });
    exchanges.push(...exchangesOf(answer));
    return { done: isSuccess(answer), said: `the write was ${outcomeOf(answer)}` };
  };
  const kept = (): Extra => {
    if (operation.method !== 'PUT') return {};
    const made = workshop.body(operation, 'update', actor, new Map());
    if (!isJsonObject(made.value)) return {};
    return Object.fromEntries(
      Object.entries(made.value).map(([name, value]) => [name, before[name] ?? value]),
    );
  };
  const say = (field: CandidateField, verdict: MassTrial['verdict'], because: string): MassTrial => ({
    operation: operation.id,
    actor,
    field: field.name,
    kind: field.kind,
    verdict,
    because,
    effect: null,
    exchanges,
    reproduce: verdict === 'taken' ? profileReproduction(operation, actor, field, kept()) : null,
  });

  const everything = await write(pick(candidates, 'first'), 'a profile with fields that do not belong there');
  const after = await read();
  const trials: MassTrial[] = [];
  const stored = candidates.filter(({ name, first }) => after !== null && holds(after[name], first));
  for (const field of candidates.filter((one) => !stored.includes(one))) {
    trials.push(
      after === null
        ? say(field, 'inconclusive', 'the account could not be read afterwards')
        : everything.done
          ? say(field, 'ignored', `${field.name} held what the application gave it, not what was sent`)
          : say(field, 'refused', everything.said),
    );
  }
  if (stored.length === 0) return tried(trials);
  await write(pick(stored, 'before'), 'put back what the account held');
  const restored = await read();
  await write(pick(stored, 'second'), 'confirm: the fields once more, with other values');
  const again = await read();
  await write(pick(stored, 'before'), 'put back what the account held');
  const end = await read();
  for (const field of stored) {
    const { name, second, before: value } = field;
    const isBack = end !== null && holds(end[name], value);
    const note = isBack ? '' : '; it could not be put back';
    const moved =
      restored !== null && holds(restored[name], value) && again !== null && holds(again[name], second);
    trials.push(
      moved
        ? say(
            field,
            'taken',
            `${actor} wrote ${name} of its own account twice, and read back what it had written (before: ${JSON.stringify(value)})${note}`,
          )
        : {
            ...say(field, 'inconclusive', `${name} held what was sent once, and not again${note}`),
            seenOnce: true,
          },
    );
  }
  return tried(trials);
}

const tried = (trials: readonly MassTrial[]): ProfileResult => ({ kind: 'tried', trials });

const pick = (fields: readonly CandidateField[], which: 'first' | 'second' | 'before'): Extra =>
  Object.fromEntries(fields.map((field) => [field.name, field[which]]));

/** The account inside an answer that wraps it: `{ user: { ... } }`, `{ data: { ... } }`. */
function innermost(json: JsonObject): JsonObject {
  const [only, ...more] = Object.values(json);
  return more.length === 0 && isJsonObject(only) ? innermost(only) : json;
}
