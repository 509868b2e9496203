import type { Operation, Reproduction } from '@launch-ready/core';
import { encodedAs, fillCall } from '../access/call-shape.ts';
import type { PlantedObject } from '../plant/planted-object.ts';
import { chainOf } from '../reproduction/object-reproduction.ts';
import type { Workshop } from '../plant/workshop.ts';
import { credentialVariable } from '../reproduction/credential-variable.ts';
import { curlLine } from '../reproduction/curl-line.ts';
import { requestTemplate, type RequestTemplate } from '../reproduction/request-template.ts';
import { reproductionScriptOf } from '../reproduction/script-kit.ts';
import type { CandidateField } from './candidate-fields.ts';
import { merged } from './injected-write.ts';

/** Makes an object, writes the field, and reads it back: a curl line and a script; null when it cannot be read alone. */
export function writeReproduction(
  { workshop, operation }: { readonly workshop: Workshop; readonly operation: Operation },
  object: PlantedObject,
  field: CandidateField,
): Reproduction | null {
  const { read, remove, create } = object.resource;
  if (!read) return null;
  const { origin } = operation;
  const chain = chainOf(workshop, object);
  const marks = chain.flatMap(({ canaries }) => canaries.map(({ value }) => value));
  const values: Record<string, string> = {};
  chain.forEach(({ id }, index) => (values[`o${index}`] = id));
  marks.forEach((mark, index) => (values[`m${index}`] = mark));
  const at = (one: Operation, body: unknown): RequestTemplate | null => {
    const filled = fillCall(one, workshop.graph.boundSlots(one), object.values);
    if (filled.kind === 'unfilled') return null;
    const encoded = body === null ? null : encodedAs(one, body);
    return requestTemplate(
      { method: one.method, url: filled.url, headers: filled.headers, body: encoded },
      origin,
      values,
    );
  };
  const asCreate = create === operation;
  const plain = object.made.body?.kind === 'json' ? object.made.body.value : null;
  const base = asCreate ? plain : workshop.body(operation, 'update', object.owner, object.values).value;
  const write = at(operation, merged(base, { [field.name]: field.second }));
  const look = at(read, null);
  if (write === null || look === null || (asCreate && plain === null)) return null;
  const steps = chain.map((one, index) => ({
    name: `o${index}`,
    type: one.resource.type,
    as: credentialVariable(one.owner),
    idPointer: one.idPointer,
    request: requestTemplate({ ...one.made, method: one.made.operation.method }, origin, values),
  }));
  const as = credentialVariable(object.owner);
  const own = steps.at(-1);
  const script = reproductionScriptOf({
    does: [
      `Writes ${field.name} with ${operation.id}, which is not said to take it, and reads the object back.`,
    ],
    needs: [...new Set(steps.map((step) => step.as))].map((name): [string, string] => [
      name,
      'its session, as whole request header lines',
    ]),
    plan: {
      origin,
      as,
      field: field.name,
      value: field.second,
      hidden: field.hidden === true,
      marks: Object.keys(values).filter((name) => name.startsWith('m')),
      plants: asCreate ? steps.slice(0, -1) : steps,
      made: asCreate ? (own ?? null) : null,
      write,
      look,
      remove: remove ? at(remove, null) : null,
    },
    body: scriptBody,
  });
  return { curl: curlLine(write, { credential: as }), script };
}

const scriptBody = `
const values = Object.fromEntries(plan.marks.map((name) => [name, fresh()]));
const plain = () => [JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(plan.write.body.join(''))).filter(([name]) => name !== plan.field)))];
const idOf = (answer, step) => at(answer.json, step.idPointer ?? '/id') ?? answer.headers.get('location')?.split('/').at(-1);
const plantAll = async () => {
  for (const step of plan.plants) {
  const answer = await send(step.request, values, given(step.as));
  if (!answer.ok) cannotTell('making ' + step.type + ' was answered ' + answer.status);
  values[step.name] = idOf(answer, step) ?? cannotTell('the id of the new ' + step.type + ' is unknown');
  }
};
await plantAll();
const session = given(plan.as);
const wrote = await send(plan.write, values, session);
if (overloaded(wrote)) cannotTell('the write was answered ' + wrote.status);
if (plan.made) {
  if (!wrote.ok) {
    const step = plan.made;
    const control = await send({ ...plan.write, body: plain() }, values, session);
    if (!control.ok) cannotTell('making ' + step.type + ' without the field was answered ' + control.status);
    gone('the write with ' + plan.field + ' was answered ' + wrote.status + ', and works without it');
  }
  values[plan.made.name] = idOf(wrote, plan.made) ?? cannotTell('the new id is unknown');
}
const read = await send(plan.look, values, session);
const found = [];
const walk = (value) => {
  if (value === null || typeof value !== 'object') return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === plan.field) found.push(inner);
    walk(inner);
  }
};
walk(read.json);
if (plan.remove) await send(plan.remove, values, session).catch(() => null);
if (wrote.ok && [403, 404].includes(read.status)) {
  // Perhaps it went where its owner does not find it: without the field it must stay.
  await plantAll();
  const control = await send({ ...plan.write, body: plain() }, values, session);
  if (!control.ok) cannotTell('the write without the field was answered ' + control.status);
  if (plan.made) values[plan.made.name] = idOf(control, plan.made) ?? cannotTell('the new id is unknown');
  const stays = await send(plan.look, values, session);
  if (plan.remove) await send(plan.remove, values, session).catch(() => null);
  if (stays.ok) there('with ' + plan.field + ' its owner finds it no more (answered ' + read.status + '), and without it does');
}
if (!read.ok) cannotTell('reading it back was answered ' + read.status);
if (found.length === 0 && plan.hidden) gone(plan.field + ' is not in the answer');
if (found.length === 0) cannotTell(plan.field + ' is not in the answer');
const same = (value) => value === plan.value || (typeof value === 'string' && typeof plan.value === 'string' && /^\\d{4}-/.test(value) && Date.parse(value) === Date.parse(plan.value));
if (found.some(same)) there(plan.field + ' holds ' + JSON.stringify(plan.value));
gone(plan.field + ' holds ' + JSON.stringify(found[0]));
`;
