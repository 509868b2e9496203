import type { ActorId, Operation } from '@launch-ready/core';
import type { Ledger, LedgerRef } from '../ledger/ledger.ts';
import type { ProbeContext } from '../probe.ts';
import { makeBody, type BodyPurpose, type BodyRecipe, type BodyTools, type MadeBody } from './body-recipe.ts';
import { createCanaryMint, type CanaryMint } from './canary.ts';
import type { SlotValues } from '../access/call-shape.ts';
import { namedInBody } from './named-in-body.ts';
import type { PlantedObject } from './planted-object.ts';
import { rememberAnswers, type AnswersSeen } from '../leaks/answers-seen.ts';
import type { Capability } from './capability.ts';
import { createResourceGraph, type Referent, type ResourceGraph } from '../access/resource-graph.ts';
import type { PlantingRules } from './plantable.ts';
import { receivedAnswers } from '../leaks/received-answers.ts';
import { learnTenantScope, type TenantScope } from '../access/tenant-scope.ts';
import { namedThing } from '../access/names.ts';
import { firstRecipe, isUnstated } from './unstated-body.ts';

/** What the access probes of one run share: what is known of the application, and what was made in it. */
export interface Workshop {
  readonly context: ProbeContext;
  readonly graph: ResourceGraph;
  readonly scope: TenantScope;
  readonly rules: PlantingRules;
  readonly mint: CanaryMint;
  /** Bodies that worked, by operation id. */
  readonly recipes: Map<string, BodyRecipe>;
  readonly objects: PlantedObject[];
  /** Objects that were there before the run: for reads alone, so that nothing else ever comes across them. */
  readonly harvested: PlantedObject[];
  /** What actors were seen to do to objects of their own, by `operation actor`. */
  readonly capabilities: Map<string, Capability>;
  /** Answers that actors were given to reads, for controls. */
  readonly seen: AnswersSeen;
  /** Adds canaries to an object, after its owner changed it. */
  remark(ref: LedgerRef, canaries: PlantedObject['canaries']): void;
  body(operation: Operation, purpose: BodyPurpose, actor: ActorId, values: SlotValues): MadeBody;
  /** Values known of a tenant without any object. */
  scopeValues(operation: Operation, tenant: string): Map<Referent, string>;
}

const workshops = new WeakMap<Ledger, Promise<Workshop>>();

/** The workshop of a run; made at the first call, with a few requests that learn what names each tenant. */
export function workshopOf(context: ProbeContext): Promise<Workshop> {
  const known = workshops.get(context.ledger);
  if (known) return known;
  const made = openWorkshop(context);
  workshops.set(context.ledger, made);
  return made;
}

async function openWorkshop(context: ProbeContext): Promise<Workshop> {
  const { ledger, leaks, operations, random, target } = context;
  receivedAnswers(context);
  const proven = new Set(context.sessions.actors.map(({ id }) => id));
  const seen = rememberAnswers(context.transport, (actor) => proven.has(actor));
  const scope = await learnTenantScope(context);
  const graph = createResourceGraph(operations, scope.names);
  const mint = createCanaryMint(random);
  const recipes = new Map<string, BodyRecipe>();
  const objects: PlantedObject[] = [];
  /** Where nothing says what changes an object, it is what made it. */
  const recipeLike = (operation: Operation): BodyRecipe | null => {
    if (!isUnstated(operation) || operation.method === 'POST') return null;
    const create = graph.resources.find(({ updates }) => updates.includes(operation))?.create;
    return (create ? recipes.get(create.id) : undefined) ?? null;
  };
  return {
    context,
    graph,
    scope,
    rules: { allowed: target.allow.operations, mode: context.mode, graph },
    mint,
    recipes,
    objects,
    harvested: [],
    capabilities: new Map(),
    seen,
    remark: (ref, canaries) => {
      const index = objects.findIndex((object) => object.ref === ref);
      const object = objects[index];
      if (!object) return;
      const all = [...object.canaries, ...canaries];
      objects[index] = { ...object, canaries: all };
      ledger.created(ref, { objectId: object.id, canaries: all });
      leaks.watch(ref);
    },
    body: (operation, purpose, actor, values) => {
      const known = recipes.get(operation.id) ?? recipeLike(operation) ?? firstRecipe(operation);
      const recipe = namedInBody(known, operation, graph.boundSlots(operation), values);
      const tools: BodyTools = {
        canary: (pointer) => mint.mint(actor, pointer),
        shorten: (canary) => mint.short(canary),
        digits: () => mint.digits(),
        below: (limit) => Math.floor(random.next() * limit),
        uuid: () => {
          const made = random.uuid();
          ledger.allowScope(made);
          return made;
        },
        mailDomain: target.mail?.domain ?? 'example.com',
        reference: (name) => {
          const thing = namedThing(name);
          for (const [referent, value] of values) {
            if (referent === `scope ${thing}`) return value;
            const resource = graph.byReferent(referent);
            if (resource && namedThing(resource.type.split('/').at(-1) ?? '') === thing) return value;
          }
          return null;
        },
      };
      return makeBody(recipe, purpose, tools);
    },
    scopeValues: (operation, tenant) => {
      const values = new Map<Referent, string>();
      for (const { referent } of graph.boundSlots(operation)) {
        if (!referent.startsWith('scope ')) continue;
        const value = scope.value(referent.slice('scope '.length), tenant);
        if (value !== null) values.set(referent, value);
      }
      return values;
    },
  };
}
