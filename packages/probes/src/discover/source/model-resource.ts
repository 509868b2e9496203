import type { JsonSchema } from '@launch-ready/core';
import type { Class } from 'oxc-parser';
import { addRoute } from './add-route.ts';
import type { Call } from './call.ts';
import type { Machine } from './machine.ts';
import type { Router } from './router.ts';
import { fieldOf, nameOf, packageOf, textOf, type Place, type Value } from './value.ts';

/** Packages that make the routes of a resource from a Sequelize model. */
const makers = /^(finale-rest|epilogue|epilogue-js)$/;
const applications = new WeakMap<Machine, Router>();
/** Columns of models, by the class that they were given to. */
const columns = new WeakMap<Class, Value>();

/** What each action is served as: on the list, or on one object. */
const actions = [
  { action: 'list', method: 'GET', on: 'list' },
  { action: 'create', method: 'POST', on: 'list' },
  { action: 'read', method: 'GET', on: 'one' },
  { action: 'update', method: 'PUT', on: 'one' },
  { action: 'delete', method: 'DELETE', on: 'one' },
] as const;

/**
 * Routes that a call makes from a model: `finale.resource({ model, endpoints: ['/users', '/users/:id'] })`. Columns of models are
 * kept as they pass by. Null for every other call.
 */
export function modelResource(
  machine: Machine,
  { callee, args, node, scope }: Call,
  at: Place,
): Value | null {
  if (callee.kind !== 'member' && callee.kind !== 'package') return null;
  const [options] = args;
  if (callee.name === 'init' && callee.kind === 'member' && callee.of.kind === 'class' && options)
    columns.set(callee.of.node, options);
  if (!makers.test(packageOf(callee)?.module ?? '')) return null;
  if (callee.name === 'initialize') {
    const app = fieldOf(options, 'app');
    if (app?.kind === 'router') applications.set(machine, app.router);
  }
  const router = applications.get(machine);
  const endpoints = fieldOf(options, 'endpoints');
  if (callee.name !== 'resource' || !router || endpoints?.kind !== 'list') return null;
  const only = fieldOf(options, 'actions');
  const offered = only?.kind === 'list' ? only.items.map((item) => textOf(item)) : null;
  const body = bodyOf(fieldOf(options, 'model'));
  for (const endpoint of endpoints.items) {
    const on = /[:{]\w+\}?\/?$/.test(textOf(endpoint) ?? '') ? 'one' : 'list';
    for (const one of actions) {
      if (one.on !== on || (offered && !offered.includes(one.action))) continue;
      const takes = one.method === 'POST' || one.method === 'PUT' ? body : null;
      addRoute(
        machine,
        { router, at, call: { callee, args, node, scope } },
        [one.method],
        endpoint,
        [],
        takes,
      );
    }
  }
  return { kind: 'call', of: callee, args, at };
}

/** The columns of a model as the options of a route with that body. */
function bodyOf(model: Value | undefined): Value | null {
  const given =
    model?.kind === 'class'
      ? columns.get(model.node)
      : model?.kind === 'call' && nameOf(model).endsWith('define')
        ? model.args[1]
        : undefined;
  return given?.kind === 'object' ? { kind: 'object', fields: new Map([['columns', given]]) } : null;
}

const types: readonly (readonly [RegExp, JsonSchema])[] = [
  [/\.(STRING|TEXT|CHAR|CITEXT)\b/, { type: 'string' }],
  [/\.(INTEGER|BIGINT|SMALLINT|TINYINT|MEDIUMINT)\b/, { type: 'integer' }],
  [/\.(DECIMAL|FLOAT|DOUBLE|REAL|NUMBER)\b/, { type: 'number' }],
  [/\.BOOLEAN\b/, { type: 'boolean' }],
  [/\.(DATE|DATEONLY|NOW)\b/, { type: 'string', format: 'date-time' }],
  [/\.UUID\b/, { type: 'string', format: 'uuid' }],
];

/** The schema of a body that is made of the columns of a model. */
export function columnSchema(options: Value | null): JsonSchema | null {
  const given = fieldOf(options ?? undefined, 'columns');
  if (given?.kind !== 'object') return null;
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, column] of given.fields) {
    const is = (key: string, wanted: boolean): boolean => {
      const field = fieldOf(column, key);
      return field?.kind === 'literal' && field.value === wanted;
    };
    if (is('primaryKey', true) || is('autoIncrement', true)) continue;
    const type = `.${nameOf(fieldOf(column, 'type') ?? column)}`;
    // A column says how a value is kept, and forbids little by itself.
    properties[name] = { ...types.find(([pattern]) => pattern.test(type))?.[1], 'x-observed': true };
    if (is('allowNull', false) && fieldOf(column, 'defaultValue') === undefined) required.push(name);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}
