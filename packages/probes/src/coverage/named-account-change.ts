import type { ActorId, ExchangeId, Operation } from '@launch-ready/core';
import { encodedAs } from '../access/call-shape.ts';
import {
  asActor,
  exchangesOf,
  isSuccess,
  noEffect,
  outcomeOf,
  type Courier,
} from '../cross-tenant/courier.ts';
import { isJsonObject, jsonScalars, type JsonScalar } from '../plant/json-scalars.ts';
import type { Workshop } from '../plant/workshop.ts';
import { givesRights, namedIn, requiredNames } from '../roles/named-account.ts';
import { trialOf, type CoverageTrial } from './coverage-reads.ts';
import { namedChangeReproduction } from './named-change-reproduction.ts';

const identity = /(^|\/)(me|whoami|self|profile|account|user|userinfo)$/i;
const notPlain = /pass|pwd|secret|token|mail|phone|mobile|url|image|photo|role|admin|id$/i;
const mostLooks = 3;

/** Operations that change the account which their body names. */
export const namedAccountChanges = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(
    (operation) =>
      (operation.method === 'PUT' || operation.method === 'PATCH') &&
      !operation.path.includes('{') &&
      requiredNames(operation).length > 0 &&
      !givesRights(operation),
  );

/**
 * Lets one throw-away account name another in a change, and lets that one look what became of it; what was changed is put back.
 * Null when there are no two throw-away accounts, of which nothing else is ever touched.
 */
export async function coverNamedAccount(
  workshop: Workshop,
  courier: Courier,
  operation: Operation,
): Promise<CoverageTrial | null> {
  const { sessions, target } = workshop.context;
  const [actor, other] = target.tenants.flatMap((one) => sessions.throwaway(one) ?? []);
  if (actor === undefined || other === undefined) return null;
  const exchanges: ExchangeId[] = [];
  const say = (verdict: CoverageTrial['verdict'], because: string): CoverageTrial =>
    trialOf({ operation, actor }, 'other-user', verdict, because, exchanges);
  const made = workshop.body(operation, 'update', actor, new Map());
  const fields = isJsonObject(made.value) ? made.value : {};
  const plain = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' && !notPlain.test(name) && !requiredNames(operation).includes(name)
      ? [name]
      : [],
  );
  const look = await findLook(workshop, courier, operation, other, plain, exchanges);
  if (look === null)
    return say('inconclusive', `nothing shows ${other} what ${operation.id} would change of it`);
  const { field } = look;
  const read = async (who: ActorId): Promise<readonly JsonScalar[]> => {
    const answer = await courier.send(asActor(who), { ...look.call, purpose: 'what the account holds' });
    exchanges.push(...exchangesOf(answer));
    return answer.kind === 'answer' && isSuccess(answer) ? jsonScalars(answer.json()) : [];
  };
  const valueIn = (told: readonly JsonScalar[]): JsonScalar['value'] | undefined =>
    told.find(({ key }) => key === field)?.value;
  const account = (id: ActorId, told: readonly JsonScalar[]) => {
    const username = sessions.secretOf(id)?.username;
    const named = username === undefined ? null : namedIn(requiredNames(operation), username, told);
    return named === null ? null : { id, told, named };
  };
  const [mine, theirs] = [account(actor, await read(actor)), account(other, look.told)];
  if (!mine || !theirs) return say('inconclusive', 'it is not known how its body names accounts');
  type Account = typeof mine;
  const bodyFor = ({ named, told }: Account, value: unknown): Readonly<Record<string, unknown>> => {
    const kept = Object.keys(fields).flatMap((name): readonly (readonly [string, unknown])[] => {
      const held = told.find(({ key }) => key === name);
      return held ? [[name, held.value]] : [];
    });
    return { ...Object.fromEntries(kept), ...named, [field]: value };
  };
  const write = async (who: ActorId, about: Account, value: unknown, purpose: string): Promise<string> => {
    const answer = await courier.send(asActor(who), {
      operation,
      url: operation.origin + operation.path,
      headers: [],
      body: encodedAs(operation, bodyFor(about, value)),
      effect: { kind: 'account', ids: Object.values(about.named).map(String) },
      purpose,
    });
    exchanges.push(...exchangesOf(answer));
    return outcomeOf(answer);
  };
  const values = [0, 1, 2].map(() => {
    const { value } = workshop.body(operation, 'update', actor, new Map());
    return isJsonObject(value) ? value[field] : undefined;
  });
  const [own, first, second] = values;
  if (own === first || first === second) return say('inconclusive', 'its body leaves no choice of values');

  const said = await write(actor, mine, own, 'control: the account that it names is the own one');
  const works = valueIn(await read(actor)) === own;
  const answered = await write(actor, theirs, first, 'the account that it names is another one');
  const taken = valueIn(await read(other)) === first;
  const putBack = async (): Promise<void> => {
    await write(actor, mine, valueIn(mine.told), 'put the own account back');
    if (taken) await write(other, theirs, valueIn(theirs.told), 'put the named account back');
  };
  if (!taken) {
    await putBack();
    return works
      ? say('refused', `naming ${other} was ${answered}, and changed nothing of it`)
      : say('inconclusive', `the control did not work: naming the own account was ${said}`);
  }
  await write(actor, theirs, second, 'confirm: the account that it names is another one');
  const again = valueIn(await read(other)) === second;
  await putBack();
  if (!again) return say('inconclusive', 'an effect was seen once, but not again');
  return {
    ...say(
      'changed',
      `${actor} named ${other} in it, and ${other} then read what ${actor} had written, twice`,
    ),
    reproduce: namedChangeReproduction({
      operation,
      actor,
      other,
      field,
      value: String(second),
      look: look.call.operation,
      attack: bodyFor(theirs, second),
      restore: bodyFor(theirs, valueIn(theirs.told)),
    }),
  };
}

/** A read that tells an account of itself, with a plain field that the change takes as well. */
async function findLook(
  { context }: Workshop,
  courier: Courier,
  change: Operation,
  actor: ActorId,
  plain: readonly string[],
  exchanges: ExchangeId[],
) {
  const reads = context.operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  const same = reads.filter(({ path }) => path === change.path);
  const others = reads.filter(({ path }) => path !== change.path && identity.test(path));
  for (const operation of [...same, ...others].slice(0, mostLooks)) {
    const call = {
      operation,
      url: operation.origin + operation.path,
      headers: [],
      body: null,
      effect: noEffect,
    };
    const answer = await courier.send(asActor(actor), { ...call, purpose: 'what the account holds' });
    exchanges.push(...exchangesOf(answer));
    const told = answer.kind === 'answer' && isSuccess(answer) ? jsonScalars(answer.json()) : [];
    const field = plain.find((name) => told.some(({ key }) => key === name));
    if (field !== undefined) return { call, told, field };
  }
  return null;
}
