import type { Actor, EvidenceMap } from '@launch-ready/core';
import type { Courier } from './courier.ts';
import type { PlantedObject } from './planted-object.ts';
import { actorsOf } from './ranked-actors.ts';
import type { Resource } from './resource-graph.ts';
import type { Exposure } from './private-choice.ts';
import type { Workshop } from './workshop.ts';

export type CrossTenantTrial = EvidenceMap['crossTenant']['trials'][number];

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
}

/** Every pair of different tenants in both directions. */
export function frontsOf(workshop: Workshop, courier: Courier): readonly Front[] {
  const { tenants } = workshop.context.target;
  return tenants.flatMap((victimTenant) =>
    tenants.flatMap((attackerTenant): readonly Front[] => {
      if (attackerTenant === victimTenant) return [];
      const all = actorsOf(workshop.context, attackerTenant);
      const [strongest] = all;
      const weakest = all.at(-1);
      const attackers = [...new Set([strongest, weakest])].filter((actor) => actor !== undefined);
      return attackers.length === 0
        ? []
        : [{ workshop, courier, victimTenant, attackerTenant, attackers, pending: [] }];
    }),
  );
}

/** The kinds of which the victim's tenant has an object, shared with the tenant and, where there is a choice, hidden. */
export function stagesOf({ workshop, victimTenant, attackerTenant }: Front): readonly Stage[] {
  const find = (
    resource: Resource,
    tenant: string,
    twin: PlantedObject['twin'],
    exposure: Exposure,
  ): PlantedObject | null =>
    workshop.objects.find(
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
        },
      ];
    }),
  );
}
