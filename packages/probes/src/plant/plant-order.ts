import type { ActorId } from '@launch-ready/core';
import type { PlantedObject } from './planted-object.ts';
import type { Exposure } from './private-choice.ts';
import type { Resource } from '../access/resource-graph.ts';

/** What to plant, as whom, and for which purpose. */
export interface PlantOrder {
  readonly resource: Resource;
  readonly actor: ActorId;
  readonly tenant: string;
  readonly twin: PlantedObject['twin'];
  readonly purpose: string;
  /** Default: shared with the tenant, as most data is. */
  readonly exposure?: Exposure;
}

/** An order that whoever is able to may carry out. */
export type OpenPlantOrder = Omit<PlantOrder, 'actor' | 'exposure'>;
