import type { Actor, ActorId } from '@launch-ready/core';
import { encodedAs, fillCall, type SlotValues } from '../access/call-shape.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import { quietParts } from '../access/trial-head.ts';
import { isJsonObject, type JsonObject } from '../plant/json-scalars.ts';
import { asActor, exchangesOf, isSuccess, noEffect, outcomeOf, type Delivery } from './courier.ts';
import type { CrossTenantTrial, Front } from './front.ts';
import { settingChanges, type SettingChange } from './setting-changes.ts';

/**
 * Changes one text of the settings of a tenant that is there for tests alone, as an actor of the other, after its own administrator
 * was seen to change it and to put it back. Whatever an attack changed is put back in the same way.
 */
export async function attackSettings(front: Front): Promise<readonly CrossTenantTrial[]> {
  const trials: CrossTenantTrial[] = [];
  for (const change of isAllowed(front) ? settingChanges(front.workshop) : []) {
    const trial = await attackSetting(front, change);
    if (trial) trials.push(trial);
  }
  return trials;
}

const isAllowed = ({ workshop: { context }, victimTenant, attackerTenant }: Front): boolean =>
  context.mode === 'full' &&
  [victimTenant, attackerTenant].every((tenant) => context.target.sentinels?.includes(tenant));

/** Ids of the operations on settings that are tried. */
export const settingsTried = (front: Front): readonly string[] =>
  isAllowed(front) ? settingChanges(front.workshop).map(({ operation }) => operation.id) : [];

async function attackSetting(front: Front, change: SettingChange): Promise<CrossTenantTrial | null> {
  const { workshop, victimTenant, attackerTenant } = front;
  const [owner] = actorsOf(workshop.context, victimTenant);
  const [attacker] = actorsOf(workshop.context, attackerTenant);
  if (!owner || !attacker) return null;
  const { operation } = change;
  const head = {
    operation: operation.id,
    action: 'tenant',
    slot: `path:${workshop.graph
      .boundSlots(operation)
      .map(({ name }) => name)
      .join('+')}`,
    relation: `foreign ${attacker.role}`,
    attacker: attacker.id,
    owner: owner.id,
    objectType: 'settings',
  } as const;
  const own = await ownChange(front, change, victimTenant, owner);
  if ('because' in own)
    return { ...head, ...quietParts({ verdict: 'inconclusive', because: own.because }, own.exchanges) };
  const home = await ownChange(front, change, attackerTenant, attacker);
  const answers: Delivery[] = [];
  let changed = 0;
  for (let round = 1; round <= 2 && changed === round - 1; round += 1) {
    const mark = workshop.mint.mint(attacker.id, `/${own.field}`);
    const answer = await put(front, change, attacker.id, victimTenant, own, mark, 'attack');
    if (!answer) break;
    answers.push(answer);
    const after = await settingsOf(front, change, victimTenant, owner.id);
    if (after?.[own.field] !== own.before) {
      if (after?.[own.field] === mark) changed += 1;
      await put(front, change, owner.id, victimTenant, own, own.before, 'put back what the attack changed');
    }
    // Some take the tenant of the login, whatever the request names.
    if ('because' in home) continue;
    const landed = await settingsOf(front, change, attackerTenant, attacker.id);
    if (landed?.[home.field] !== home.before)
      await put(
        front,
        change,
        attacker.id,
        attackerTenant,
        home,
        home.before,
        'put back what the attack changed',
      );
  }
  const [first] = answers;
  if (!first) return null;
  const exchanges = [...own.exchanges, ...home.exchanges, ...exchangesOf(...answers)];
  if (changed === 2)
    return {
      ...head,
      verdict: 'write',
      because: `${attacker.id} changed ${own.field} of ${victimTenant} (${outcomeOf(first)}), and its administrator then read what the attacker wrote, twice`,
      confirmations: 2,
      seenIn: 'body',
      exchanges,
      reproduce: null,
    };
  if (changed === 1) {
    const because = 'settings were changed once, but not again';
    return { ...head, ...quietParts({ verdict: 'inconclusive', because, seenOnce: true }, exchanges) };
  }
  const isClear = first.kind === 'answer' && first.status < 500 && first.status !== 429;
  const quiet =
    isClear && !('because' in home)
      ? ({
          verdict: 'safe',
          because: `${outcomeOf(first)} without any effect, while each administrator can change the settings of its own tenant`,
        } as const)
      : ({
          verdict: 'inconclusive',
          because:
            'because' in home ? `the attacker's own control did not work: ${home.because}` : outcomeOf(first),
        } as const);
  return { ...head, ...quietParts(quiet, exchanges) };
}

/** A text of the settings, and what stood there before. */
interface Setting {
  readonly field: string;
  readonly before: string;
  readonly whole: JsonObject;
}

type Seen = { readonly exchanges: CrossTenantTrial['exchanges'] };

/** Somebody changes a setting of the own tenant and puts it back, both read again. */
async function ownChange(
  front: Front,
  change: SettingChange,
  tenant: string,
  actor: Actor,
): Promise<(Setting & Seen) | ({ readonly because: string } & Seen)> {
  const whole = await settingsOf(front, change, tenant, actor.id);
  const field = change.fields.find((name) => typeof whole?.[name] === 'string');
  const before = field === undefined ? undefined : whole?.[field];
  if (!whole || field === undefined || typeof before !== 'string')
    return { because: `${actor.id} is shown no text of its settings that could be changed`, exchanges: [] };
  const setting = { field, before, whole };
  const mark = front.workshop.mint.mint(actor.id, `/${field}`);
  const there = await put(front, change, actor.id, tenant, setting, mark, 'control: a change of its own');
  const after = await settingsOf(front, change, tenant, actor.id);
  const back =
    after?.[field] === before
      ? null
      : await put(front, change, actor.id, tenant, setting, before, 'control: put back');
  const last = back ? await settingsOf(front, change, tenant, actor.id) : after;
  const exchanges = exchangesOf(there, back);
  if (after?.[field] !== mark) return { because: `${actor.id} could not change its own settings`, exchanges };
  if (last?.[field] !== before) return { because: 'a change of settings could not be put back', exchanges };
  return { ...setting, exchanges };
}

async function settingsOf(
  { workshop, courier }: Front,
  { read }: SettingChange,
  tenant: string,
  actor: ActorId,
): Promise<JsonObject | null> {
  const filled = fillCall(read, workshop.graph.boundSlots(read), workshop.scopeValues(read, tenant));
  if (filled.kind === 'unfilled') return null;
  const { url, headers } = filled;
  const purpose = `control: ${actor} reads the settings of its own tenant`;
  const call = { operation: read, url, headers, body: null, effect: noEffect, purpose };
  const answer = await courier.send(asActor(actor), call);
  const json = answer.kind === 'answer' && isSuccess(answer) ? answer.json() : null;
  return isJsonObject(json) ? json : null;
}

async function put(
  { workshop, courier }: Front,
  { operation, fields }: SettingChange,
  actor: ActorId,
  tenant: string,
  { field, whole }: Setting,
  value: string,
  why: string,
): Promise<Delivery | null> {
  const values: SlotValues = workshop.scopeValues(operation, tenant);
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  const kept =
    operation.method === 'PUT' ? Object.fromEntries(fields.map((name) => [name, whole[name]])) : {};
  const body = encodedAs(operation, { ...kept, [field]: value });
  if (filled.kind === 'unfilled' || !body) return null;
  const { url, headers } = filled;
  const purpose = `${why}: ${actor} changes a setting of a tenant that is there for tests`;
  // The tenant is there for tests to change, and nothing of it is removed.
  const effect = { kind: 'account', ids: [...values.values()] } as const;
  return courier.send(asActor(actor), { operation, url, headers, body, effect, purpose });
}
