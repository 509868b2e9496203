import type { ActorId, Reproduction } from '@launch-ready/core';
import { fillCall, type SlotValues } from '../access/call-shape.ts';
import type { Call } from '../cross-tenant/courier.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import type { Workshop } from '../plant/workshop.ts';
import { answerPointer, spokenStep, type StepRequest } from '../wires/spoken-step.ts';
import { credentialVariable } from './credential-variable.ts';
import { ObjectPlaceholders, withoutOrigin } from './object-placeholders.ts';
import { objectScript, type ObjectPlan, type PlantStep, type ScriptStep } from './object-script.ts';

/**
 * What shows the fault: the attacker's answer, or what the owner sees after the attack: a mark, nothing, another state. `made`:
 * the attack makes the object, which is then found.
 */
export type Proof = 'seen' | 'changed' | 'gone' | 'altered' | 'made';

export interface ReproductionPlan {
  readonly proof: Proof;
  /** The attacked object; a fresh one like it is planted by the script. */
  readonly object: PlantedObject;
  readonly attacker: ActorId;
  readonly attack: { readonly call: Call; readonly values: SlotValues };
  /** Canaries of the attacker's own body. */
  readonly attackMarks: readonly string[];
  /** JSON pointers in the owner's answer that the attack changes, for a changed state. */
  readonly leaves?: readonly string[];
  /** What the attacker reads after the attack, with the id of what the attack made and where the answer names it. */
  readonly afterwards?: { readonly call: Call; readonly id: string; readonly idPointer: string | null };
  /** Request by which the owner sees the effect. */
  readonly ownerLooks: {
    readonly call: Pick<Call, 'operation' | 'url' | 'headers'>;
    readonly values: SlotValues;
  };
  /** Who sends that request when it is not the owner, who may not. */
  readonly looker?: ActorId | undefined;
  /** URL that only a living session of the attacker gets, to tell a mended fault from a dead credential. */
  readonly alive: string | null;
  /** The attacker is nobody, or holds a spoilt credential of this actor. */
  readonly spoilt?: 'none' | 'tampered' | 'expired';
}

/** A curl line and a stand-alone script that show a fault again, without any credential in them. */
export function reproductionOf(workshop: Workshop, plan: ReproductionPlan): Reproduction {
  // What was there before the run is not made afresh: the script takes it as its owner sees it.
  const isMade = plan.proof === 'made';
  const whole = plan.object.origin === 'harvested' ? [] : chainOf(workshop, plan.object);
  const own = isMade ? whole.slice(0, -1) : whole;
  // What else the attack names, such as parents of the attacker's own, is gone after the run as well.
  const isOwn = (one: PlantedObject): boolean => own.some(({ ref }) => ref === one.ref);
  const said = JSON.stringify([plan.attack.call.url, plan.attack.call.headers, plan.attack.call.body]);
  const others = workshop.objects.filter(
    (one) =>
      one.ref !== plan.object.ref &&
      (plan.attack.values.get(one.resource.referent) === one.id ||
        (one.id.length >= 6 && said.includes(one.id))),
  );
  const chain = unique([
    ...own,
    ...others.flatMap((one) => chainOf(workshop, one)).filter((one) => !isOwn(one)),
  ]);
  const home = homeOf(workshop, plan);
  const named = (
    objects: readonly PlantedObject[],
    [id, mark]: readonly [string, string],
  ): { ids: [string, string][]; marks: [string, string][] } => ({
    ids: objects.map((object, index) => [`${id}${index + 1}`, object.id]),
    marks: objects
      .flatMap(({ canaries }) => canaries)
      .map(({ value }, index) => [`${mark}${index + 1}`, value]),
  });
  const made = isMade ? plan.object.id : plan.afterwards?.id;
  const [ours, atHome] = [named(chain, ['o', 'c']), named(home, ['h', 'k'])];
  const attackMarks = plan.attackMarks.map((mark, index): [string, string] => [`a${index + 1}`, mark]);
  const marks = [...ours.marks, ...attackMarks, ...atHome.marks];
  const placeholders = new ObjectPlaceholders({
    // Where two have the same id, the attacked object comes last, and counts.
    ids: [
      ...atHome.ids,
      ...(made === undefined ? [] : [['n1', made] as const]),
      ...ours.ids.slice(own.length),
      ...ours.ids.slice(0, own.length),
    ],
    marks,
  });
  const plantStep = (object: PlantedObject, by = object.owner): PlantStep => ({
    ...placeholders.step(credentialVariable(by), object.made, object.values),
    idPointer: object.idPointer === null ? null : answerPointer(object.made.operation) + object.idPointer,
    type: object.resource.type,
  });
  const look = (
    by: ActorId,
    { call, values }: Pick<ReproductionPlan['ownerLooks'], 'call' | 'values'>,
  ): ScriptStep => placeholders.step(credentialVariable(by), { ...call, body: null }, values);
  const removal = (object: PlantedObject, by = object.owner): readonly ScriptStep[] => {
    const { remove } = object.resource;
    if (!remove) return [];
    const filled = fillCall(remove, workshop.graph.boundSlots(remove), object.values);
    if (filled.kind === 'unfilled') return [];
    const call = { operation: remove, url: filled.url, headers: filled.headers, body: null };
    return [placeholders.step(credentialVariable(by), call, object.values)];
  };
  const holder =
    plan.spoilt === undefined ? plan.attacker : plan.attacker.replace(/\.(tampered|expired)$/, '');
  const variable = credentialVariable(plan.spoilt === 'expired' ? `${holder}.expired` : holder);
  const attacker = plan.spoilt === 'none' ? null : variable;
  const attack = placeholders.step(attacker, plan.attack.call, plan.attack.values);
  const homeRead = home.at(-1)?.resource.read;
  const homeFilled =
    homeRead && home.length > 0
      ? fillCall(homeRead, workshop.graph.boundSlots(homeRead), home.at(-1)?.values ?? new Map())
      : null;
  const script: ObjectPlan = {
    origin: plan.attack.call.operation.origin,
    proof: plan.proof,
    madeAt:
      isMade && plan.object.idPointer !== null
        ? answerPointer(plan.attack.call.operation) + plan.object.idPointer
        : null,
    shapes: shapesOf(marks),
    leaves: (plan.leaves ?? []).map((leaf) => answerPointer(plan.ownerLooks.call.operation) + leaf),
    harvested:
      plan.object.origin === 'harvested'
        ? plan.object.canaries.map(({ pointer }) => answerPointer(plan.ownerLooks.call.operation) + pointer)
        : [],
    plants: chain.map((object) => plantStep(object)),
    // What was found is other people's and stays out of the script, which reads it afresh.
    marks:
      isMade || plan.object.origin === 'harvested'
        ? []
        : plan.object.canaries.map(({ value }) => placeholders.text(value)),
    stale: isStale(workshop, attack),
    attack,
    spoilt: plan.spoilt ?? null,
    visitorPage: plan.spoilt === undefined ? null : tokenPlace(workshop, plan.object.owner),
    afterwards:
      plan.afterwards === undefined
        ? null
        : {
            ...placeholders.step(attacker, plan.afterwards.call, plan.attack.values),
            idPointer:
              plan.afterwards.idPointer === null
                ? null
                : answerPointer(plan.attack.call.operation) + plan.afterwards.idPointer,
          },
    looks: look(plan.looker ?? plan.object.owner, plan.ownerLooks),
    alive: plan.alive === null || plan.spoilt !== undefined ? null : aliveStep(workshop, plan.alive),
    home:
      homeRead && homeFilled?.kind === 'filled'
        ? {
            plants: home.map((object) => plantStep(object, plan.attacker)),
            marks: (home.at(-1)?.canaries ?? []).map(({ value }) => placeholders.text(value)),
            looks: look(plan.attacker, {
              call: { operation: homeRead, url: homeFilled.url, headers: homeFilled.headers },
              values: home.at(-1)?.values ?? new Map(),
            }),
            cleanUp: home.toReversed().flatMap((object) => removal(object, plan.attacker)),
          }
        : null,
    cleanUp: [
      ...(isMade ? removal(plan.object, plan.looker) : []),
      ...chain.toReversed().flatMap((object) => removal(object)),
    ],
  };
  return {
    curl: curlOf(attack, chain.length),
    script: objectScript(script, {
      does: doesOf(plan),
      extraHeaders: Object.keys(workshop.context.target.headers),
    }),
  };
}

/** The object with the parents it needs, the outermost first. */
export function chainOf(workshop: Workshop, object: PlantedObject): readonly PlantedObject[] {
  const parents = workshop.objects.filter(
    (one) =>
      one.ref !== object.ref &&
      one.tenant === object.tenant &&
      one.resource !== object.resource &&
      object.values.get(one.resource.referent) === one.id,
  );
  return [...parents.toSorted((a, b) => a.values.size - b.values.size), object];
}

const unique = (objects: readonly PlantedObject[]): readonly PlantedObject[] => [
  ...new Map(objects.map((one) => [one.ref, one])).values(),
];

/** Something that the attacker makes and reads at home, to show that its credential lives. */
function homeOf(
  workshop: Workshop,
  { attacker, spoilt, object }: ReproductionPlan,
): readonly PlantedObject[] {
  if (spoilt !== undefined) return [];
  const tenant = workshop.context.sessions.actors.find(({ id }) => id === attacker)?.tenant;
  const own = workshop.objects
    .filter((one) => one.tenant === tenant && one.origin === 'planted' && one.resource.read && one.ownerReads)
    .toSorted((one, other) => Number(other.owner === attacker) - Number(one.owner === attacker));
  const alike = own.find(({ resource }) => resource === object.resource) ?? own[0];
  return alike === undefined ? [] : chainOf(workshop, alike);
}

/** The request that only a living session is answered, as it is said on the network. */
function aliveStep({ context }: Workshop, url: string): StepRequest {
  const step: StepRequest = { method: 'GET', path: withoutOrigin(url), headers: {}, body: null };
  const place = url.split('?')[0];
  const operation = context.operations.find(
    (one) => one.wire !== undefined && one.method === 'GET' && one.origin + one.path === place,
  );
  return operation ? spokenStep(operation, step) : step;
}

/** Whether a request holds ids of objects of the run, or parts of them, that no placeholder replaced. */
function isStale({ objects }: Workshop, { path, headers, body }: ScriptStep): boolean {
  const rest = [path, ...Object.values(headers), body?.text ?? ''].join('\n').replace(/\{\{\w+\}\}/g, ' ');
  const parts = objects
    .flatMap(({ id }) => [id, ...id.split(/[^a-z\d]+/i)])
    .filter((part) => part.length > 1 && (/\d/.test(part) || part.length >= 12));
  const words = new Set(decodeURIComponent(rest.replace(/%(?![\da-f]{2})/gi, '')).split(/[^\w-]+|_|-/));
  return parts.some((part) => words.has(part) || (part.length >= 6 && rest.includes(part)));
}

/** The forms of markers that differ from the usual one, by their placeholder. */
const shapesOf = (marks: readonly (readonly [string, string])[]): ObjectPlan['shapes'] =>
  Object.fromEntries(
    marks
      .filter(([, mark]) => mark.length < 17 || /^\d+$/.test(mark))
      .map(([name, mark]) => [name, { length: mark.length, digits: /^\d+$/.test(mark) }]),
  );

/** Where a visitor gets the token against CSRF that changes must bring along; empty when it is known to no script. */
function tokenPlace({ context: { sessions, target } }: Workshop, owner: ActorId): string | null {
  if (!sessions.actors.some(({ id }) => id === owner)) return null;
  if ((sessions.current(owner).pageHeaders?.(target.api) ?? []).length === 0) return null;
  const steps = sessions.loginSteps(owner);
  if (steps === null) return '';
  const from = steps.kind === 'page' ? steps.page : steps.tokenFrom;
  return from === null ? '' : withoutOrigin(from);
}

function doesOf({ proof, object, attacker, attack, spoilt }: ReproductionPlan): readonly string[] {
  const who = spoilt === 'none' ? 'somebody without any credential' : attacker;
  const thing = object.resource.type;
  const { owner } = object;
  const effect: Readonly<Record<Proof, string>> = {
    seen: `looks whether what ${owner} wrote into it comes back`,
    changed: `looks as ${owner} whether that changed it`,
    gone: `looks as ${owner} whether it is gone`,
    altered: `looks as ${owner} whether it is in another state`,
    made: `looks as ${owner} whether it was made`,
  };
  const first =
    object.origin === 'harvested'
      ? `Reads ${thing} as ${owner}`
      : proof === 'made'
        ? `Prepares what ${thing} need`
        : `Makes ${thing} as ${owner}`;
  return [
    `${first}, sends ${attack.call.operation.id} as ${who}, and ${effect[proof]}.`,
    ...(object.origin === 'harvested' ? [] : ['What it made is removed at the end.']),
  ];
}

function curlOf(attack: ScriptStep, objects: number): string {
  const safe = (text: string): string => text.replace(/[\\"$`]/g, '\\$&');
  const shown = (text: string): string =>
    safe(text)
      .replace(/\{\{o(\d+)\}\}/g, (_, number: string) =>
        Number(number) === objects ? '$OBJECT_ID' : `$PARENT_${number}_ID`,
      )
      .replace(/\{\{h\d+\}\}/g, '$OWN_ID')
      .replace(/\{\{n\d+\}\}/g, '$NEW_ID')
      .replace(/\{\{[acks]\d+\}\}/g, 'changed-by-a-stranger');
  return [
    `curl -i -X ${attack.method} "$BASE_URL${shown(attack.path)}"`,
    ...(attack.as === null ? [] : [`-H "$${attack.as}"`]),
    ...Object.entries(attack.headers).map(([name, value]) => `-H "${shown(`${name}: ${value}`)}"`),
    ...(attack.body === null
      ? []
      : [`-H "content-type: ${safe(attack.body.type)}"`, `--data-raw "${shown(attack.body.text)}"`]),
  ].join(' ');
}
