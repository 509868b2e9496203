import type { Actor, EvidenceMap } from '@launch-ready/core';
import type { LedgerRef } from '../ledger/ledger.ts';
import type { Capability } from '../plant/capability.ts';
import type { Courier } from './courier.ts';
import type { Listing } from './ask-list.ts';
import type { OwnerView } from './owner-view.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { actorsOf } from '../access/ranked-actors.ts';
import type { Resource } from '../access/resource-graph.ts';
import type { Exposure } from '../plant/private-choice.ts';
import type { Workshop } from '../plant/workshop.ts';

export type CrossTenantTrial = EvidenceMap['crossTenant']['trials'][number];

/** What somebody of a tenant was seen to do, and who it was. */
export interface TenantControl extends Capability {
  readonly actor: string;
  /** Seen of the other tenant, and of both for other kinds of object. */
  readonly isLent?: boolean;
}

/** One direction of attack: actors of one tenant against the objects of another. */
export interface Front {
  readonly workshop: Workshop;
  readonly courier: Courier;
  readonly victimTenant: string;
  readonly attackerTenant: string;
  /** Strongest and weakest actor of the attacking tenant; one when there is but one. */
  readonly attackers: readonly Actor[];
  /** Attacks that were answered with success and showed no effect yet, to be looked at again at the end. */
  readonly pending: PendingEffect[];
  /** Trials whose controls would use up the attacked object, and are judged when every attack is over. */
  readonly open: (() => Promise<CrossTenantTrial>)[];
  /** Controls that the fronts share, by what was done and by which tenant. */
  readonly controls: Map<string, Promise<TenantControl>>;
  /** Lists that were answered already, by who asked for what. */
  readonly listings: Map<string, Promise<Listing | null>>;
  /** What owners saw last of their objects, after the attacks on them. */
  readonly views: Map<string, OwnerView>;
  /** Whether the application takes a spelling of a request for the same as the plain one, by the spelling. */
  readonly spellings: Map<string, Promise<boolean>>;
  /** Objects that were shown through a reference to them, wherever that then turns up. */
  readonly exposed: Set<LedgerRef>;
  /** One of the two directions between a pair of tenants, for what is tried in one direction only. */
  readonly isFirstOfPair: boolean;
}

interface PendingEffect {
  readonly marks: readonly string[];
  readonly object: PlantedObject;
  readonly settle: () => Promise<readonly CrossTenantTrial[]>;
}

/** The objects of one kind that a front is about. */
export interface Stage {
  readonly resource: Resource;
  readonly victim: PlantedObject;
  readonly control: PlantedObject | null;
  /** The like object of the attacking tenant, for its self control. */
  readonly own: PlantedObject | null;
  /** Another one of the attacking tenant, which attacks may spoil. */
  readonly ownControl: PlantedObject | null;
}

/** Every pair of different tenants in both directions. */
export function frontsOf(workshop: Workshop, courier: Courier): readonly Front[] {
  const { tenants } = workshop.context.target;
  const controls = new Map<string, Promise<TenantControl>>();
  const exposed = new Set<LedgerRef>();
  const views = new Map<string, OwnerView>();
  const listings = new Map<string, Promise<Listing | null>>();
  const spellings = new Map<string, Promise<boolean>>();
  return tenants.flatMap((victimTenant, victimIndex) =>
    tenants.flatMap((attackerTenant, attackerIndex): readonly Front[] => {
      if (attackerTenant === victimTenant) return [];
      const all = actorsOf(workshop.context, attackerTenant);
      const [strongest] = all;
      const weakest = all.at(-1);
      const attackers = [...new Set([strongest, weakest])].filter((actor) => actor !== undefined);
      if (attackers.length === 0) return [];
      const isFirstOfPair = victimIndex < attackerIndex;
      const side = { workshop, courier, victimTenant, attackerTenant, attackers };
      return [
        { ...side, pending: [], open: [], controls, listings, views, spellings, exposed, isFirstOfPair },
      ];
    }),
  );
}

/** Whether this direction stands for both: of two kinds of object, one is tried from either side. */
export function isRepresentative(
  { workshop, isFirstOfPair }: Front,
  { resource }: Pick<Stage, 'resource'>,
): boolean {
  return (placeOf(workshop, resource) % 2 === 0) === isFirstOfPair;
}

/** The place of a kind among those that were planted. */
const placeOf = ({ objects, graph }: Workshop, resource: Resource): number => {
  const planted = new Set(objects.map((object) => object.resource));
  return graph.resources.filter((one) => planted.has(one)).indexOf(resource);
};

/**
 * Whether a kind is one of the two that get every attack and every control from both sides. Of the others, what depends on the
 * router or on how the whole application was built is not asked again, and the weaker role attacks from one side.
 */
export const isInFull = ({ workshop }: Front, { resource }: Pick<Stage, 'resource'>): boolean =>
  placeOf(workshop, resource) < 2;

/** Whether a kind is the first of those that are attacked, which stands for the whole application. */
export const isFirstKind = (front: Front, { resource }: Pick<Stage, 'resource'>): boolean =>
  stagesOf(front).find((stage) => isRepresentative(front, stage))?.resource === resource;

/**
 * Who attacks a kind of object: the strongest actor, and the one who made the like object at home, whose own control is
 * known from that; the weakest when these are one and the same.
 */
export function attackersOf(front: Front, stage: Stage): readonly Actor[] {
  const { own, victim } = stage;
  const [strongest, weakest] = front.attackers;
  const maker = actorsOf(front.workshop.context, front.attackerTenant).find(({ id }) => id === own?.owner);
  const second = maker && maker.id !== strongest?.id ? maker : weakest;
  // A hole may be open to one role alone, and in one direction alone; hidden twins are left to the strongest, and so is one
  // direction of all but the first kinds.
  const isByBoth = victim.exposure === 'shared' && (isInFull(front, stage) || isRepresentative(front, stage));
  const all = isByBoth ? [strongest, second] : [strongest];
  return [...new Set(all)].filter((actor) => actor !== undefined);
}

/** The kinds of which the victim's tenant has an object, shared with the tenant and, where there is a choice, hidden. */
export function stagesOf({ workshop, victimTenant, attackerTenant }: Front): readonly Stage[] {
  const find = (
    resource: Resource,
    tenant: string,
    twin: PlantedObject['twin'],
    exposure: Exposure,
  ): PlantedObject | null =>
    [...workshop.objects, ...workshop.harvested].find(
      (one) =>
        one.resource === resource && one.tenant === tenant && one.twin === twin && one.exposure === exposure,
    ) ?? null;
  return workshop.graph.resources.flatMap((resource): readonly Stage[] =>
    (['shared', 'private'] as const).flatMap((exposure): readonly Stage[] => {
      const victim = find(resource, victimTenant, 'victim', exposure);
      if (!victim) return [];
      return [
        {
          resource,
          victim,
          control: find(resource, victimTenant, 'control', exposure),
          own: find(resource, attackerTenant, 'victim', exposure),
          ownControl: find(resource, attackerTenant, 'control', exposure),
        },
      ];
    }),
  );
}

/** The kinds that may be changed: with objects on both sides that this run made. */
export const plantedStagesOf = (front: Front): readonly Stage[] =>
  stagesOf(front).filter(({ victim, own }) => victim.origin === 'planted' && own?.origin !== 'harvested');
