import type { ActorId, Reproduction } from '@launch-ready/core';
import { credentialVariable } from './credential-variable.ts';
import { canaryStart } from '../plant/canary.ts';
import type { OutgoingBody } from '../transport/transport.ts';
import type { Call } from '../cross-tenant/courier.ts';
import { isJsonObject } from '../plant/json-scalars.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { reproductionScript, type ScriptPlan } from './object-script.ts';
import { fillCall, type SlotValues } from '../access/call-shape.ts';
import { answerPointer, spokenStep, type StepRequest } from '../wires/spoken-step.ts';
import type { Workshop } from '../plant/workshop.ts';

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
  /** URL that only a living session of the attacker gets, to tell a mended fault from a dead credential. */
  readonly alive: string | null;
  /** The attacker is nobody, or holds a credential that must not be alive. */
  readonly spoilt?: 'none' | 'tampered' | 'expired';
}

/** One request of a script: `{{o1}}` is the id of the first planted object, `{{c1}}` and `{{a1}}` are fresh markers, `{{s1}}` begins `{{c1}}`. */
export interface ScriptStep {
  readonly as: string | null;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly type: string; readonly text: string } | null;
}

/** A curl line and a stand-alone script that show a fault again, without any credential in them. */
export function reproductionOf(workshop: Workshop, plan: ReproductionPlan): Reproduction {
  // What was there before the run is not made afresh: the script takes it as its owner sees it.
  const isMade = plan.proof === 'made';
  const whole = plan.object.origin === 'harvested' ? [] : chainOf(workshop, plan.object);
  const own = isMade ? whole.slice(0, -1) : whole;
  // The attacker's own parents stand in the path of some attacks, and are gone after the run like everything else.
  const theirs = workshop.objects.filter(
    (one) =>
      !own.includes(one) &&
      !(isMade && one.ref === plan.object.ref) &&
      plan.attack.values.get(one.resource.referent) === one.id,
  );
  const before = theirs.flatMap((one) => chainOf(workshop, one)).filter((one) => !own.includes(one));
  const chain = [...new Set([...before, ...own])];
  const marks = chain.flatMap((object) => object.canaries.map(({ value }) => value));
  const madeId = isMade ? plan.object.id : plan.afterwards?.id;
  const made = madeId === undefined ? [] : [[madeId, '{{n1}}'] as const];
  const placeholders = new Placeholders(chain, marks, plan.attackMarks, made);
  const steps = chain.map((object) => ({
    ...placeholders.step(credentialVariable(object.owner), object.made, object.values),
    idPointer: object.idPointer === null ? null : answerPointer(object.made.operation) + object.idPointer,
    type: object.resource.type,
    marks: object.canaries.map(({ value }) => placeholders.text(value)),
  }));
  const attacker = plan.spoilt === 'none' ? null : credentialVariable(plan.attacker);
  const attack = placeholders.step(attacker, plan.attack.call, plan.attack.values);
  const looks = placeholders.step(
    credentialVariable(plan.object.owner),
    { ...plan.ownerLooks.call, body: null },
    plan.ownerLooks.values,
  );
  const seenBelow = answerPointer(plan.ownerLooks.call.operation);
  const extraHeaders = Object.keys(workshop.context.target.headers);
  return {
    curl: curlOf(attack, chain.length),
    script: reproductionScript({
      origin: plan.attack.call.operation.origin,
      proof: plan.proof,
      madeAt:
        isMade && plan.object.idPointer !== null
          ? answerPointer(plan.attack.call.operation) + plan.object.idPointer
          : null,
      shapes: shapesOf(marks, plan.attackMarks),
      leaves: (plan.leaves ?? []).map((leaf) => seenBelow + leaf),
      harvested:
        plan.object.origin === 'harvested'
          ? plan.object.canaries.map(({ pointer }) => seenBelow + pointer)
          : [],
      plants: steps,
      attack,
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
      looks,
      alive: plan.alive === null ? null : aliveStep(workshop, plan.alive),
      extraHeaders,
      needsLivingAttacker: plan.spoilt === undefined,
      guarded: plan.spoilt !== undefined && attack.method !== 'GET' && isGuarded(workshop, plan.object.owner),
      cleanUp: [...chain, ...(isMade ? [plan.object] : [])].toReversed().flatMap((object) => {
        const { remove } = object.resource;
        if (!remove) return [];
        const filled = fillCall(remove, workshop.graph.boundSlots(remove), object.values);
        if (filled.kind === 'unfilled') return [];
        const call = { operation: remove, url: filled.url, headers: filled.headers, body: null };
        return [placeholders.step(credentialVariable(object.owner), call, object.values)];
      }),
    }),
  };
}

/** The object with the parents it needs, the outermost first. */
export function chainOf(workshop: Workshop, object: PlantedObject): readonly PlantedObject[] {
  const parents = workshop.objects.filter(
    (one) =>
      one.ref !== object.ref &&
      one.tenant === object.tenant &&
      object.values.get(one.resource.referent) === one.id,
  );
  return [...parents.toSorted((a, b) => a.values.size - b.values.size), object];
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

const withoutOrigin = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** For a query, with its placeholders left as they are. */
const encoded = (text: string): string => encodeURIComponent(text).replace(/%7B%7B(\w+)%7D%7D/g, '{{$1}}');

/** The forms of markers that differ from the usual one, by their placeholder. */
function shapesOf(marks: readonly string[], attackMarks: readonly string[]): ScriptPlan['shapes'] {
  const named = [
    ...marks.map((mark, index) => [`c${index + 1}`, mark] as const),
    ...attackMarks.map((mark, index) => [`a${index + 1}`, mark] as const),
  ];
  return Object.fromEntries(
    named
      .filter(([, mark]) => mark.length < 17 || /^\d+$/.test(mark))
      .map(([name, mark]) => [name, { length: mark.length, digits: /^\d+$/.test(mark) }]),
  );
}

/** A short id in another spelling, such as `01`, `1.0`, `+1` or `1%20`. */
const spelled = (id: string): RegExp =>
  new RegExp(`^(0*|[^\\da-z]+)${id.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}((?:[^\\da-z].*|e0)?)$`, 'i');

/** Whether the pages of the application add a token against CSRF to changes. */
function isGuarded({ context }: Workshop, owner: ActorId): boolean {
  const actor = context.sessions.actors.find(({ id }) => id === owner);
  if (!actor) return false;
  return (context.sessions.current(owner).pageHeaders?.(context.target.api) ?? []).length > 0;
}

class Placeholders {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #marks: ReadonlyMap<string, string>;

  constructor(
    chain: readonly PlantedObject[],
    marks: readonly string[],
    attackMarks: readonly string[],
    made: readonly (readonly [string, string])[],
  ) {
    this.#ids = new Map([
      ...made,
      ...chain.map((object, index) => [object.id, `{{o${index + 1}}}`] as const),
    ]);
    this.#marks = new Map([
      ...marks.map((mark, index) => [mark, `{{c${index + 1}}}`] as const),
      ...attackMarks.map((mark, index) => [mark, `{{a${index + 1}}}`] as const),
      // After the whole ones, which begin with them.
      ...marks.map((mark, index) => [canaryStart(mark), `{{s${index + 1}}}`] as const),
    ]);
  }

  text(text: string): string {
    let made = this.#ids.get(text) ?? text;
    // An id that is long enough to be no accident also counts inside of a longer text, such as a list of ids.
    for (const [id, placeholder] of this.#ids) if (id.length >= 6) made = made.replaceAll(id, placeholder);
    for (const [mark, placeholder] of this.#marks) made = made.replaceAll(mark, placeholder);
    return made;
  }

  step(
    as: string | null,
    call: Pick<Call, 'operation' | 'url' | 'headers' | 'body'>,
    values: SlotValues,
  ): ScriptStep {
    const filled = call.url === '' ? null : withoutOrigin(call.url).split('?');
    const path = (filled?.[0] ?? call.operation.path)
      .split('/')
      .map((segment) =>
        filled || !segment.includes('{')
          ? this.#inSegment(segment)
          : this.#inSegment(encodeURIComponent([...values.values()].at(-1) ?? '')),
      )
      .join('/');
    const query = [...new URLSearchParams(filled?.[1] ?? '')].map(
      ([name, value]) => `${name}=${this.#ids.get(value) ?? encoded(this.text(value))}`,
    );
    return spokenStep(call.operation, {
      as,
      method: call.operation.method,
      path: path + (query.length === 0 ? '' : `?${query.join('&')}`),
      headers: Object.fromEntries(call.headers.map(([name, value]) => [name, this.text(value)])),
      body: call.body === null ? null : this.#body(call.body),
    });
  }

  /** A segment that is an id of ours, or, when the id is long enough to be no accident, one that holds it. */
  #inSegment(segment: string): string {
    for (const [id, placeholder] of this.#ids) {
      const inUrl = encodeURIComponent(id);
      if (segment === inUrl) return placeholder;
      if (id.length >= 6 && segment.includes(inUrl)) return segment.replace(inUrl, placeholder);
      const [, before = '', after = ''] = spelled(inUrl).exec(segment) ?? [null];
      if (before !== '' || after !== '') return before + placeholder + after;
    }
    return this.text(segment);
  }

  #body(body: OutgoingBody): ScriptStep['body'] {
    switch (body.kind) {
      case 'json':
        return { type: 'application/json', text: this.#inText(JSON.stringify(this.#inValue(body.value))) };
      case 'form':
      case 'multipart':
        return {
          type: 'application/x-www-form-urlencoded',
          text: this.#inText(new URLSearchParams(body.fields).toString()),
        };
      case 'text':
        return { type: body.contentType, text: this.#inText(body.text) };
      case 'bytes':
        return { type: body.contentType, text: this.#inText(new TextDecoder().decode(body.bytes)) };
    }
  }

  #inText(text: string): string {
    let made = text;
    for (const [mark, placeholder] of this.#marks) made = made.replaceAll(mark, placeholder);
    return made;
  }

  #inValue(value: unknown): unknown {
    if (typeof value === 'string') return this.#ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.#inValue(item));
    if (isJsonObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#inValue(inner)]));
    return value;
  }
}

function curlOf(attack: ScriptStep, objects: number): string {
  const shown = (text: string): string =>
    text
      .replace(/\{\{o(\d+)\}\}/g, (_, number: string) =>
        Number(number) === objects ? '$OBJECT_ID' : `$PARENT_${number}_ID`,
      )
      .replace(/\{\{[acs]\d+\}\}/g, 'changed-by-a-stranger');
  return [
    `curl -i -X ${attack.method} "$BASE_URL${shown(attack.path)}"`,
    ...(attack.as === null ? [] : [`-H "$${attack.as}"`]),
    ...Object.entries(attack.headers).map(([name, value]) => `-H "${name}: ${shown(value)}"`),
    ...(attack.body === null
      ? []
      : [
          `-H 'content-type: ${attack.body.type}'`,
          `-d "${shown(attack.body.text.replace(/[\\"$`]/g, '\\$&'))}"`,
        ]),
  ].join(' ');
}
