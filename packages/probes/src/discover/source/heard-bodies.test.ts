import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { readSourceRoutes } from './read-source-routes.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Bodies of the routes of a repository, by method and path. */
function bodiesOf(files: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const root = mkdtempSync(join(tmpdir(), 'heard-bodies-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { routes } = readSourceRoutes(root);
  return Object.fromEntries(routes.map(({ method, path, body }) => [`${method} ${path}`, body]));
}

const title = { type: 'string', minLength: 1, maxLength: 80 };

test('a schema that a condition chooses is the stricter of the two, wherever the body is held against it', () => {
  const bodies = bodiesOf({
    'app.ts': `import Fastify from 'fastify';
import * as z from 'zod';
import { read } from './read.ts';
const strict = z.object({ title: z.string().min(1).max(80), size: z.int().positive(), folder: z.string().optional() });
const loose = strict.extend({ title: z.string().nullable() });
const inside = (handle) => async (request, reply) => handle({ request, reply, ids: z.object({ id: z.string() }).parse(request.params) });
const app = Fastify();
app.post('/papers', inside(({ request }) => {
  const schema = isOn('x') ? loose : strict;
  return schema.safeParse(request.body);
}));
app.put('/papers/:id', inside(({ request }) => (isOn('y') ? strict : loose).safeParse(request.body)));
app.patch('/papers/:id', async (request) => read(request, strict.omit({ folder: true }).partial()));
app.listen({ port: 1 });`,
    'read.ts': `export async function read(request, schema) {
  let value;
  try { value = JSON.parse(await request.text()); } catch { return null; }
  return schema.safeParse(value);
}`,
  });
  const size = { type: 'integer', minimum: 1 };
  const folder = { type: 'string' };
  // The other of the two takes a title that is null and of any length: nothing is said to forbid that.
  const either = { type: 'string', minLength: 1, 'x-observed': true };
  const both = { type: 'object', properties: { title: either, size, folder }, required: ['title', 'size'] };
  expect(bodies).toEqual({
    'POST /papers': both,
    'PUT /papers/{id}': both,
    'PATCH /papers/{id}': { type: 'object', properties: { title, size }, required: [] },
  });
});

test('bodies are found in middleware that is made for a schema, with the libraries that people take', () => {
  const bodies = bodiesOf({
    'app.js': `import express from 'express';
import { z } from 'zod';
import * as yup from 'yup';
import * as v from 'valibot';
import Ajv from 'ajv';
import { body } from 'express-validator';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
const app = express();
const validate = (schema) => (req, res, next) => { schema.parse({ body: req.body, query: req.query }); next(); };
app.post('/zod', validate(z.object({ body: z.object({ title: z.string().min(1).max(80) }) })), (req, res) => res.end());
const yupped = yup.object({ title: yup.string().required().min(1).max(80), note: yup.string() });
app.post('/yup', async (req, res) => res.json(await yupped.validate(req.body)));
app.post('/valibot', (req, res) => res.json(v.parse(v.object({ title: v.pipe(v.string(), v.minLength(1), v.maxLength(80)) }), req.body)));
const check = new Ajv().compile({ type: 'object', properties: { title: { type: 'string' } }, required: ['title'] });
app.post('/ajv', (req, res) => { if (!check(req.body)) return res.status(400).end(); res.end(); });
app.post('/chains', body('title').isString(), body('mail').optional().isEmail(), (req, res) => res.end());
app.post('/typebox', (req, res) => res.json(Value.Parse(Type.Object({ title: Type.String({ minLength: 1, maxLength: 80 }) }), req.body)));
app.listen(1);`,
  });
  const plain = { type: 'object', properties: { title }, required: ['title'] };
  expect(bodies).toMatchObject({
    'POST /zod': plain,
    'POST /yup': { ...plain, properties: { title, note: { type: 'string' } } },
    'POST /valibot': plain,
    'POST /ajv': { ...plain, properties: { title: { type: 'string' } } },
    'POST /chains': { properties: { title: {}, mail: { format: 'email' } }, required: ['title'] },
    'POST /typebox': plain,
  });
});

test('without a schema the fields that a handler takes are known, and nothing of what is not the body', () => {
  const bodies = bodiesOf({
    'app.ts': `import { Hono } from 'hono';
import { jwtVerify } from 'jose';
import * as z from 'zod';
const claims = z.object({ sub: z.string() });
const whoIs = async (c) => { const verified = await jwtVerify(c.req.header('x'), key).catch(() => null); return claims.parse(verified.payload); };
const app = new Hono();
app.post('/notes', async (c) => {
  await whoIs(c);
  const { title, ...rest } = await c.req.json();
  return c.json(save(title, rest));
});
app.post('/leave', async (c) => c.json(await whoIs(c)));
export default app;`,
  });
  expect(bodies).toEqual({
    'POST /notes': { type: 'object', properties: { title: { 'x-observed': true } } },
    'POST /leave': undefined,
  });
});
