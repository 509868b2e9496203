import Fastify from 'fastify';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { refuseUndeclared } from './refuse-undeclared.ts';
import { RouteError, nothing, route } from './route.ts';

const whole = {
  method: 'GET',
  path: '/api/orgs/:org/things',
  permission: 'feed.read',
  limit: 'read',
  tag: 'things',
  summary: 'Things',
  params: nothing,
  query: nothing,
  status: 200,
  reply: z.object({}),
  handle: async () => ({}),
} as const;

/** A route as code without types could write it. */
const declare = (changes: Readonly<Record<string, unknown>>): unknown =>
  Reflect.apply(route, undefined, [{ ...whole, ...changes }]);

it('takes a route that says everything', () => {
  expect(declare({})).toMatchObject({ path: whole.path, permission: 'feed.read' });
});

it.each([
  ['a permission', { permission: undefined }, /names no permission/],
  ['a permission of the policy', { permission: 'feed.hack' }, /names no permission/],
  ['a permission that is its own', { permission: 'toString' }, /names no permission/],
  ['a limit', { limit: undefined }, /names no limit/],
  ['a schema of its answer', { reply: undefined }, /no schema for reply/],
  ['a schema of its parameters', { params: undefined }, /no schema for params/],
  ['a schema of its query', { query: undefined }, /no schema for query/],
  ['a schema of its body', { method: 'POST' }, /no schema for its body/],
  ['no body where there is none', { body: nothing }, /takes a body/],
  ['an action inside an organisation', { permission: 'account' }, /go together/],
  ['an organisation for its action', { path: '/api/things' }, /go together/],
])('refuses a route without %s', (_name, changes, reason) => {
  expect(() => declare(changes)).toThrow(RouteError);
  expect(() => declare(changes)).toThrow(reason);
});

it('lets no route past itself to the framework', () => {
  const app = Fastify();
  refuseUndeclared(app);
  expect(() => app.get('/api/backdoor', async () => ({}))).toThrow(RouteError);
  expect(() => app.get('/api/backdoor', { schema: { summary: 'x' } }, async () => ({}))).toThrow(
    /not declared by route/,
  );
});
