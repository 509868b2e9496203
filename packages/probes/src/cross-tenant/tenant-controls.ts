import type { ActorId, Operation } from '@launch-ready/core';
import { accountsOf } from '../access/accounts-of.ts';
import { askList } from './ask-list.ts';
import { exchangesOf, isSuccess, outcomeOf } from './courier.ts';
import { canUpdate, type Capability } from '../plant/capability.ts';
import { isInFull, isRepresentative, type Front, type Stage, type TenantControl } from './front.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { actorsOf } from '../access/ranked-actors.ts';

type Try = (actor: ActorId, object: PlantedObject) => Promise<Capability>;

/**
 * Whether somebody of the tenant of an object can do something to it: the strongest actor, whose right is the widest, else
 * the one who made it. Asked once for each kind of deed and tenant; both fronts and all attackers share the answer.
 */
export function tenantControl(
  front: Front,
  deed: string,
  object: PlantedObject,
  attempt: Try,
): Promise<TenantControl> {
  const key = `${deed} ${object.tenant}`;
  const known = front.controls.get(key);
  if (known) return known;
  const found = firstAble(front, object, attempt);
  front.controls.set(key, found);
  return found;
}

async function firstAble(front: Front, object: PlantedObject, attempt: Try): Promise<TenantControl> {
  const [strongest] = actorsOf(front.workshop.context, object.tenant);
  const actors = [...new Set([strongest?.id ?? object.owner, object.owner])];
  const seen: TenantControl[] = [];
  for (const actor of actors) {
    const capability = { ...(await attempt(actor, object)), actor };
    if (capability.state === 'able') return capability;
    seen.push(capability);
  }
  const last = seen.at(-1);
  return last
    ? { ...last, exchanges: seen.flatMap(({ exchanges }) => exchanges) }
    : { state: 'unclear', because: 'nobody tried', exchanges: [], actor: object.owner };
}

/** Controls of a read. That an owner found its own object again was seen when it was made, and is not asked twice. */
export async function readControls(
  front: Front,
  { victim, own, resource }: Stage,
  operation: Operation,
  refused: boolean,
): Promise<{ readonly owner: TenantControl; readonly home: TenantControl | null }> {
  const control = (object: PlantedObject): Promise<TenantControl> => {
    if (operation === resource.read && object.ownerReads) {
      const because = 'it read a canary of its own tenant';
      return Promise.resolve({
        state: 'able',
        because,
        exchanges: object.exchanges.slice(-1),
        actor: object.owner,
      });
    }
    const deed = `read ${operation.id} ${object.exposure} ${refused ? 'when refused' : ''}`;
    return tenantControl(front, deed, object, (actor, one) => canSee(front, operation, actor, one, refused));
  };
  return { owner: await control(victim), home: own ? await control(own) : null };
}

/**
 * Reads what lies beside or below one's own object; done when a canary comes back, or the name of an account of the own
 * tenant. Against an attack that was refused any answer will do: then there is nothing to recognise.
 */
async function canSee(
  front: Front,
  operation: Operation,
  actor: ActorId,
  object: PlantedObject,
  refused: boolean,
): Promise<Capability> {
  const variant = { slot: '-', values: object.values, extra: {} };
  const listing = await askList(
    front,
    actor,
    operation,
    variant,
    `control: ${actor} reads of its own tenant`,
  );
  if (!listing) return { state: 'unclear', because: 'it cannot be asked for', exchanges: [] };
  const { answer, sightings } = listing;
  const exchanges = exchangesOf(answer);
  const text = answer.kind === 'answer' ? answer.text.toLowerCase() : '';
  const known = accountsOf(front, object.tenant).some((account) => text.includes(account));
  if (isSuccess(answer) && (refused || known || sightings.some(({ ref }) => ref === object.ref)))
    return { state: 'able', because: 'it was answered at home', exchanges };
  const because = `nothing of its own tenant is to be recognised in what ${actor} is shown there: ${outcomeOf(answer)}`;
  return { state: 'unclear', because, exchanges };
}

/** Controls of a change whose body can carry a canary. They also teach which body is accepted. */
export async function updateControls(
  front: Front,
  stage: Stage,
  operation: Operation,
): Promise<{ readonly owner: TenantControl; readonly home: TenantControl | null }> {
  const { victim, control, own, ownControl } = stage;
  const can = (object: PlantedObject): Promise<TenantControl> =>
    tenantControl(front, `update ${operation.id}`, object, (actor, one) =>
      canUpdate(front.workshop, front.courier, operation, actor, one),
    );
  return bothSides(front, stage, can, control ?? victim, ownControl ?? own);
}

/** Controls of both sides; of all but the first kinds the one tenant shows it for both, in turns: of those both have shown it. */
export async function bothSides(
  front: Front,
  stage: Stage,
  can: (object: PlantedObject) => Promise<TenantControl>,
  theirs: PlantedObject,
  mine: PlantedObject | null,
): Promise<{ readonly owner: TenantControl; readonly home: TenantControl | null }> {
  if (!mine) return { owner: await can(theirs), home: null };
  if (!isInFull(front, stage)) {
    const isTheirTurn = isRepresentative(front, stage);
    const shown = await can(isTheirTurn ? theirs : mine);
    const lent = { ...shown, isLent: true };
    if (shown.state === 'able')
      return isTheirTurn ? { owner: shown, home: lent } : { owner: lent, home: shown };
  }
  return { owner: await can(theirs), home: await can(mine) };
}
