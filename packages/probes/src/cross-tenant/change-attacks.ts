import type { Actor, Operation } from '@launch-ready/core';
import { canAct } from '../roles/can-act.ts';
import { encodedAs, fillCall, type SlotValues } from '../access/call-shape.ts';
import { canDelete } from '../plant/capability.ts';
import { hasTrash } from './attack-trash.ts';
import { bypassChanges } from './bypass-changes.ts';
import { changes, type Call } from './courier.ts';
import { deletionControl } from './deletion-control.ts';
import { differingBody } from '../plant/differing-body.ts';
import { attackersOf, isRepresentative, type Front, type Stage } from './front.ts';
import { actionsOn } from './object-actions.ts';
import type { OwnerView } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { takesBody } from '../plant/unstated-body.ts';
import type { Controls } from './quiet-verdict.ts';
import type { ChangeAttack, PreparedChange } from './change-attack.ts';
import { objectSwaps, type SwapVariant } from './swap-variants.ts';
import { bothSides, tenantControl, updateControls } from './tenant-controls.ts';

/** Every way to change, act on and delete the objects of a stage, the gentler first. */
export async function changeAttacks(front: Front, stage: Stage): Promise<readonly ChangeAttack[]> {
  const { resource } = stage;
  const attacks: ChangeAttack[] = [];
  // Who may change an object is guarded in one place whoever sees it: the hidden twin from one side, the other from both.
  if (stage.victim.exposure === 'private' && hasShared(front, stage) && !isRepresentative(front, stage))
    return [];
  for (const operation of resource.updates) {
    const marked = canMark(front, operation, stage);
    const controls = (): Promise<Controls> =>
      marked ? updateControls(front, stage, operation) : actControls(front, stage, operation);
    // Asked at once, because it teaches which body the application accepts.
    await controls();
    const plain = attacksOf(front, stage, operation, 'update', controls);
    attacks.push(...plain, ...(await bypassed(front, stage, plain)));
  }
  for (const operation of actionsOn(front.workshop, resource)) {
    const controls = (): Promise<Controls> => actControls(front, stage, operation);
    if (stage.victim.exposure !== 'shared') continue;
    await controls();
    attacks.push(...attacksOf(front, stage, operation, 'act', controls));
  }
  if (resource.remove) {
    const { remove } = resource;
    const controls = (): Promise<Controls> => deletionControls(front, stage, remove);
    const plain = attacksOf(front, stage, remove, 'delete', controls);
    attacks.push(...plain, ...(await bypassed(front, stage, plain)));
  }
  return attacks;
}

const hasShared = ({ workshop, victimTenant }: Front, { resource }: Stage): boolean =>
  workshop.objects.some(
    (one) =>
      one.resource === resource &&
      one.tenant === victimTenant &&
      one.twin === 'victim' &&
      one.exposure === 'shared',
  );

const bypassed = async (
  front: Front,
  stage: Stage,
  plain: readonly ChangeAttack[],
): Promise<readonly ChangeAttack[]> => {
  const [first] = plain;
  return first && stage.victim.exposure === 'shared' && isRepresentative(front, stage)
    ? bypassChanges(front, stage, first)
    : [];
};

const canMark = ({ workshop }: Front, operation: Operation, { victim }: Stage): boolean =>
  workshop.body(operation, 'update', victim.owner, victim.values).canaries.length > 0;

function attacksOf(
  front: Front,
  stage: Stage,
  operation: Operation,
  action: ChangeAttack['action'],
  controls: () => Promise<Controls>,
): readonly ChangeAttack[] {
  const { victim, own } = stage;
  // Reads try every mixture of parents from both sides; changes the two plain ones, and the rest from one.
  const variants = objectSwaps(front.workshop, operation, victim, own, front.attackerTenant).slice(
    0,
    isRepresentative(front, stage) ? undefined : 2,
  );
  return attackersOf(front, stage).flatMap((attacker, rank) =>
    (rank > 0 || victim.exposure === 'private' ? variants.slice(0, 1) : variants).map(
      (variant): ChangeAttack => ({
        operation,
        action,
        slot: variant.slot,
        attacker,
        controls,
        prepare: (object, view) => prepared(front, { operation, attacker, variant, action }, object, view),
      }),
    ),
  );
}

function prepared(
  { workshop }: Front,
  attack: {
    readonly operation: Operation;
    readonly attacker: Actor;
    readonly variant: SwapVariant;
    readonly action: ChangeAttack['action'];
  },
  object: PlantedObject,
  view: OwnerView,
): PreparedChange | null {
  const { operation, attacker, variant, action } = attack;
  const values: SlotValues = new Map([...variant.values, [object.resource.referent, object.id] as const]);
  const filled = fillCall(operation, workshop.graph.boundSlots(operation), values);
  if (filled.kind === 'unfilled') return null;
  // With the very body that the owner's control had, or else nothing would be told by its refusal.
  const withBody =
    action === 'delete'
      ? operation.body?.required === true
      : action === 'update'
        ? takesBody(operation)
        : operation.body !== undefined;
  const made = withBody
    ? workshop.body(operation, action === 'act' ? 'create' : 'update', attacker.id, values)
    : { value: null, canaries: [] };
  const value = made.canaries.length > 0 ? made.value : differingBody(operation, made.value, view);
  const body = withBody ? encodedAs(operation, value) : null;
  if (withBody && !body) return null;
  const written = action === 'delete' ? [] : made.canaries;
  const verb = { update: 'changes', delete: 'deletes', act: 'acts on' }[action];
  const call: Call = {
    operation,
    url: filled.url,
    headers: filled.headers,
    body,
    effect: changes(object.ref),
    purpose: `attack: ${attacker.id} ${verb} ${object.resource.type} of ${object.owner}`,
  };
  return { call, values, marks: written.map(({ value: mark }) => mark), written };
}

async function actControls(front: Front, { victim, own }: Stage, operation: Operation): Promise<Controls> {
  const can = (object: PlantedObject) =>
    tenantControl(front, `act ${operation.id}`, object, (actor, one) =>
      canAct(front.workshop, front.courier, operation, actor, one),
    );
  return { owner: await can(victim), home: own ? await can(own) : null };
}

async function deletionControls(front: Front, stage: Stage, operation: Operation): Promise<Controls> {
  const { workshop, courier } = front;
  const can = (object: PlantedObject) =>
    tenantControl(front, `delete ${operation.id}`, object, async (actor, one) => {
      const twin = workshop.objects.find(
        (other) => other.resource === one.resource && other.tenant === one.tenant && other.twin === 'control',
      );
      const used = twin
        ? await deletionControl(workshop, courier, operation, actor, twin, lastView(front, twin))
        : null;
      return used ?? canDelete(workshop, courier, operation, actor, one);
    });
  const { victim, own } = stage;
  if (hasTrash(front)) return { owner: await can(victim), home: own ? await can(own) : null };
  return bothSides(front, stage, can, victim, own);
}

/** The last look of its owner, to be used once: afterwards it may be another. */
function lastView({ views }: Front, { ref }: PlantedObject): OwnerView | undefined {
  const seen = views.get(ref);
  views.delete(ref);
  return seen;
}
