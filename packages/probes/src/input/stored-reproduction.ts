import type { Operation, Reproduction } from '@launch-ready/core';
import { fillCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { chainOf } from '../reproduction/object-reproduction.ts';
import type { Workshop } from '../plant/workshop.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { BadBody } from './bad-bodies.ts';

/** A write whose bad value its owner read back. */
export interface StoredBadValue {
  readonly object: PlantedObject;
  readonly operation: Operation;
  readonly bad: BadBody;
  readonly canaries: PlantedObject['canaries'];
}

/** Stores the bad value once more in a fresh object, reads it, and removes the object; null when it cannot be read alone. */
export function storedReproduction(
  workshop: Workshop,
  { object, operation, bad, canaries }: StoredBadValue,
): Reproduction | null {
  const { read, create } = object.resource;
  if (read === null || bad.field === null || object.idPointer === null) return null;
  const { origin } = operation;
  const isCreate = operation.id === create?.id;
  const chain = chainOf(workshop, object);
  const ids = Object.fromEntries(chain.map((one, index) => [`id${index + 1}`, one.id]));
  const marks = [...chain.flatMap((one) => one.canaries), ...canaries].map(({ value }) => value);
  const values = {
    ...ids,
    ...Object.fromEntries([...new Set(marks)].map((mark, index) => [`mark${index + 1}`, mark])),
  };
  const call = (of: Operation, one: PlantedObject, body: BadBody['body'] | null): RequestTemplate | null => {
    const filled = fillCall(of, workshop.graph.boundSlots(of), one.values);
    return filled.kind === 'unfilled'
      ? null
      : requestTemplate(
          { method: of.method, url: filled.url, headers: filled.headers, body },
          origin,
          values,
        );
  };
  const plants = chain.slice(0, isCreate ? -1 : undefined).map((one) => ({
    as: credentialVariable(one.owner),
    request: call(one.made.operation, one, one.made.body),
    id: one.idPointer,
  }));
  const write = call(operation, object, bad.body);
  const look = call(read, object, null);
  if (write === null || look === null || plants.some((one) => one.request === null)) return null;
  const removals = chain.map((one, index) => ({
    name: `id${index + 1}`,
    as: credentialVariable(one.owner),
    request: one.resource.remove === null ? null : call(one.resource.remove, one, null),
  }));
  const as = credentialVariable(object.owner);
  const variables = Object.fromEntries(
    chain.map((_, index) => [
      `id${index + 1}`,
      index === chain.length - 1 ? 'OBJECT_ID' : `PARENT_${index + 1}_ID`,
    ]),
  );
  const needs = [...new Set([as, ...plants.map((one) => one.as)])].map(
    (name) => [name, 'a session, as header lines (Cookie or Authorization)'] as const,
  );
  return {
    curl: `${curlLine(write, { credential: as, variables })}\n${curlLine(look, { credential: as, variables })}`,
    script: reproductionScriptOf({
      does: [
        'Writes the bad value into an object that it makes, reads the object as its owner, and removes it again.',
      ],
      needs,
      plan: {
        origin,
        as,
        plants,
        write,
        ...(isCreate ? { made: object.idPointer } : {}),
        look,
        removals,
        field: bad.field,
        kept: bad.kept,
        marks: Object.keys(values).filter((name) => name.startsWith('mark')),
      },
      body: `
const values = Object.fromEntries(plan.marks.map((name) => [name, fresh()]));
const note = (answer, pointer, index) => {
  const id = at(answer.json, pointer);
  if (id !== undefined && id !== null) values['id' + (index + 1)] = id;
  return id ?? null;
};
const storedIn = (json, name) => {
  let level = [json];
  for (let depth = 0; depth < 5 && level.length > 0; depth += 1) {
    const objects = level.filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));
    const found = objects.filter((one) => name in one).map((one) => one[name]);
    if (found.length > 0) return found;
    level = objects.flatMap((one) => Object.values(one));
  }
  return [];
};
const isKept = {
  same: (list) => list.some((one) => JSON.stringify(one) === JSON.stringify(plan.kept.value)),
  null: (list) => list.length > 0 && list.every((one) => one === null),
  long: (list) => list.some((one) => typeof one === 'string' && one.length >= plan.kept.length),
  list: (list) => list.some(Array.isArray),
}[plan.kept.kind];
try {
  for (const [index, plant] of plan.plants.entries()) {
    const answer = await send(plant.request, values, given(plant.as));
    if (!answer.ok || note(answer, plant.id ?? '', index) === null) cannotTell('making an object was answered ' + answer.status);
  }
  const answer = await send(plan.write, values, given(plan.as));
  if (overloaded(answer) || [401, 403, 404, 409].includes(answer.status)) cannotTell('the write was answered ' + answer.status);
  if (answer.status >= 400) gone('the write was refused with ' + answer.status);
  if (plan.made && note(answer, plan.made, plan.plants.length) === null) cannotTell('the answer ' + answer.status + ' names no new object');
  const own = await send(plan.look, values, given(plan.as));
  if (!own.ok) cannotTell('its owner is answered ' + own.status);
  if (isKept(storedIn(own.json, plan.field))) there('the owner reads the bad value in ' + plan.field);
  gone('the bad value was not kept');
} finally {
  for (const { name, as, request } of plan.removals.toReversed()) if (request && name in values) await send(request, values, given(as)).catch(() => null);
}`,
    }),
  };
}
