import type { JsonSchema } from '@launch-ready/core';
import { isSchema, schemaOf } from './body-schema.ts';
import { joinedSchemas } from './joined-schemas.ts';
import type { Machine } from './machine.ts';
import { nameOf, type FunctionValue, type Value } from './value.ts';

/** What handlers may take to read, each and all together, in expressions. */
const most = { each: 40_000, all: 4_000_000 };
const spent = new WeakMap<Machine, number>();

const parses =
  /^(parse|safeParse|parseAsync|safeParseAsync|validate|validateAsync|validateSync|Parse|Check|Decode|is|assert)$/;
const bodyText =
  /(^|\.)(body|json|formData|rawBody)$|\bbody|payload|\bdata$|^(value|given|input|dto|text)$|JSON\.parse/i;
const otherText =
  /params?\b|query|headers?\b|cookie|process\.env|\benv\b|locals|session|claims|verif|jwt|token|error|response|result|row|record/i;
const bodyRead = /(^|\.)(req|request|ctx|context|c|call|event|_req)(\.req|\.request)?\.(body|json)$/;
const methods =
  /^(then|catch|toString|hasOwnProperty|length|map|filter|forEach|reduce|find|some|every|slice|includes|trim|entries|keys|values|get|getAll|has|constructor|pipe|on)$/;

interface Heard {
  readonly schema: JsonSchema;
  readonly sure: boolean;
}

/**
 * What a route takes as its body, heard while its handlers are read with unknown arguments: the schema that a body is held
 * against, wherever that happens, or else the fields that are taken from it. Several schemas are all held against it. Nothing is run.
 */
export function hearBody(machine: Machine, handlers: readonly Value[]): JsonSchema | null {
  const schemas: Heard[] = [];
  const fields = new Set<string>();
  for (const handler of handlers) if (handler.kind === 'function') listen(machine, handler, schemas, fields);
  const sure = schemas.filter((one) => one.sure);
  const [first, ...others] = (sure.length > 0 ? sure : schemas).map(({ schema }) => schema);
  if (first) return others.reduce(joinedSchemas, first);
  if (fields.size === 0) return null;
  return {
    type: 'object',
    properties: Object.fromEntries([...fields].map((name) => [name, { 'x-observed': true }])),
  };
}

function listen(machine: Machine, handler: FunctionValue, schemas: Heard[], fields: Set<string>): void {
  const before = spent.get(machine) ?? 0;
  const left = machine.left;
  if (before >= most.all || left < 0) return;
  machine.left = most.each;
  // What a handler registers or complains of while it is only listened to is no part of the application.
  const kept = machine.routers.map(({ entries }) => entries.length);
  const [served, problems] = [machine.served.length, new Set(machine.problems)];
  machine.hearing = {
    call(callee, args) {
      const heard = heardIn(callee, args);
      if (heard) schemas.push(heard);
    },
    member(owner, name) {
      if (bodyRead.test(nameOf(owner)) && !methods.test(name)) fields.add(name);
    },
  };
  machine.callFunction(handler, []);
  machine.hearing = null;
  machine.routers.length = kept.length;
  for (const [index, length] of kept.entries()) {
    const router = machine.routers[index];
    if (router) router.entries.length = length;
  }
  machine.served.length = served;
  for (const problem of machine.problems) if (!problems.has(problem)) machine.problems.delete(problem);
  spent.set(machine, before + most.each - Math.max(machine.left, 0));
  machine.left = left;
}

/** The schema that a call holds a body against; null for every other call. */
function heardIn(callee: Value, args: readonly Value[]): Heard | null {
  // A function that was compiled from a schema, as ajv does.
  if (callee.kind === 'call' && /(^|\.)compile$/.test(nameOf(callee)) && args[0])
    return judged(callee.args[0], args[0]);
  if ((callee.kind !== 'member' && callee.kind !== 'package') || !parses.test(callee.name)) return null;
  if (callee.kind === 'member' && isSchema(callee.of)) return args[0] ? judged(callee.of, args[0]) : null;
  // `v.parse(schema, body)` and `Value.Parse(schema, body)`; joi once had it the other way round.
  const [first, second] = args;
  if (first === undefined || second === undefined) return null;
  if (isSchema(first)) return judged(first, second);
  return isSchema(second) ? judged(second, first) : null;
}

function judged(schema: Value | undefined, given: Value): Heard | null {
  const whole = given.kind === 'object' && given.fields.has('body');
  const found = schemaOf(schema);
  const part = whole ? partOf(found, 'body') : found;
  if (
    part === null ||
    (part['type'] !== 'object' && part['anyOf'] === undefined && part['allOf'] === undefined)
  )
    return null;
  if (whole) return { schema: part, sure: true };
  if (given.kind === 'literal' || given.kind === 'list') return null;
  const text = nameOf(given);
  if (otherText.test(text)) return null;
  return { schema: part, sure: bodyText.test(text) };
}

/** The schema of a field of an object. */
function partOf(schema: JsonSchema | null, name: string): JsonSchema | null {
  const properties = schema?.['properties'];
  if (typeof properties !== 'object' || properties === null) return null;
  const part: unknown = Object.entries(properties).find(([key]) => key === name)?.[1];
  return typeof part === 'object' && part !== null ? { ...part } : null;
}
