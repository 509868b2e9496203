import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readSourceRoutes } from './read-source-routes.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes a repository and reads its routes, each as one line: method, path, guards, scope. */
function read(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'source-routes-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const { routes, problems } = readSourceRoutes(root);
  const lines = routes.map(
    ({ method, path, guards, scope, mounted }) =>
      `${method} ${path} [${guards.map(({ name, where }) => `${name}@${where}`).join(' ')}] ${scope}${mounted ? '' : ' unmounted'}`,
  );
  return { routes, problems, lines: lines.toSorted() };
}

describe('routes read from source', () => {
  it('are those of an Express application that is put together from files, in both kinds of modules', () => {
    const { lines, routes, problems } = read({
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } } // with a comment',
      'src/server.ts': `import express from 'express';
import { projects } from '@/projects';
import admin from './admin.js';
const app = express();
const prefix = process.env.PREFIX ?? '/api';
app.get('/health', (req, res) => res.send('ok'));
app.use(prefix + '/projects', requireUser, projects);
app.use('/admin', admin);
app.listen(3000);
function requireUser(req, res, next) { if (!req.headers.authorization) return res.status(401).end(); next(); }
function unused() { throw new Error('nothing of this is run'); }`,
      'src/projects.ts': `import { Router } from 'express';
import * as z from 'zod';
import { store } from './store';
const input = z.object({ title: z.string().max(80), note: z.string().optional() });
export const projects = Router();
projects.route('/:id').get((req, res) => res.json(store.one(req.params.id))).delete((req, res) => res.json(store.drop(req.params.id, req.user.tenantId)));
projects.post('/', (req, res) => { const given = input.parse(req.body); res.json(given); });`,
      'src/store.ts': `export const store = { one: (id) => db.find(id), drop: (id, tenantId) => db.drop({ id, tenantId }) };`,
      'src/admin.js': `const { Router } = require('express');
const router = Router();
for (const [method, path] of [['get', '/stats'], ['post', '/reset']]) router[method](path, passport.authenticate('jwt'), (req, res) => res.end());
module.exports = router;`,
      'tests/other.ts': `import express from 'express'; express().get('/of-a-test', () => {});`,
    });
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      'DELETE /api/projects/{id} [requireUser@global] seen',
      'GET /admin/stats [passport.authenticate@route] not-seen',
      'GET /api/projects/{id} [requireUser@global] not-seen',
      'GET /health [] not-seen',
      'POST /admin/reset [passport.authenticate@route] not-seen',
      'POST /api/projects [requireUser@global] not-seen',
    ]);
    expect(routes.find(({ method, path }) => `${method} ${path}` === 'POST /api/projects')).toMatchObject({
      file: 'src/projects.ts',
      line: 7,
      body: { properties: { title: { type: 'string', maxLength: 80 } }, required: ['title'] },
    });
  });

  it('are those of CommonJS files that require each other', () => {
    const { lines } = read({
      'app.js': `const express = require('express'); const app = express(); app.use('/v1', require('./routes'));`,
      'routes/index.js': `const router = require('express').Router(); const users = require('./users');
[{ path: '/users', route: users }].forEach((one) => router.use(one.path, one.route)); module.exports = router;`,
      'routes/users.js': `const express = require('express'); const auth = require('../auth'); const users = express.Router();
users.route('/').get(auth('read'), (req, res) => res.json([])); module.exports = users;`,
      'auth.js': `const passport = require('passport');
module.exports = (right) => async (req, res, next) => passport.authenticate('jwt')(req, res, next);`,
    });
    expect(lines).toEqual(['GET /v1/users [a function@route] not-seen']);
  });

  it('are those of Fastify plugins with prefixes, hooks, decorations and folders', () => {
    const { lines } = read({
      'app.mjs': `import Fastify from 'fastify';
import autoload from '@fastify/autoload';
import fp from 'fastify-plugin';
import path from 'node:path';
const app = Fastify();
app.register(fp(async (instance) => { instance.decorate('signedIn', async (request) => { await request.jwtVerify(); }); }));
app.register(async (instance) => {
  instance.addHook('onRequest', instance.signedIn);
  instance.route({ method: ['PUT', 'PATCH'], url: '/items/:id', handler: async (request) => update(request.params.id, request.user.orgId) });
}, { prefix: '/v1' });
app.register(autoload, { dir: path.join(import.meta.dirname, 'routes'), options: { prefix: '/auto' } });`,
      'routes/things/index.js': `module.exports = async (fastify) => { fastify.get('/', { preHandler: fastify.signedIn }, async () => []); };`,
    });
    expect(lines).toEqual([
      'GET /auto/things [signedIn@route] not-seen',
      'PATCH /v1/items/{id} [signedIn@router] seen',
      'PUT /v1/items/{id} [signedIn@router] seen',
    ]);
  });

  it('are those of Hono, where middleware holds for what comes after it', () => {
    const { lines } = read({
      'index.ts': `import { Hono } from 'hono';
import { jwt } from 'hono/jwt';
import { notes } from './notes';
const app = new Hono().basePath('/api');
app.get('/open', (c) => c.text('hello'));
app.use('/notes/*', jwt({ secret: 'x' }));
app.route('/notes', notes);
export default app;`,
      'notes.ts': `import { Hono } from 'hono';
export const notes = new Hono().get('/', (c) => c.json(all(c.get('user').id))).delete('/:id{[0-9]+}', (c) => c.json(drop(c.req.param('id'))));`,
    });
    expect(lines).toEqual([
      'DELETE /api/notes/{id} [jwt@router] not-seen',
      'GET /api/notes [jwt@router] seen',
      'GET /api/open [] not-seen',
    ]);
  });

  it('are those of NestJS controllers under a prefix, with global guards and ways around them', () => {
    const { lines } = read({
      'main.ts': `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
const app = await NestFactory.create(AppModule); app.setGlobalPrefix('api'); app.enableVersioning({ type: VersioningType.URI });`,
      'app.module.ts': `import { Module } from '@nestjs/common';
import { Cats } from './cats';
@Module({ controllers: [Cats], providers: [{ provide: APP_GUARD, useClass: SessionGuard }] }) export class AppModule {}
class SessionGuard {}`,
      'cats.ts': `import { Controller, Get, Post, UseGuards, Body } from '@nestjs/common';
@Controller({ path: 'cats', version: '2' }) export class Cats {
  @Public() @Get() list() { return []; }
  @Get(':id') one(@CurrentUser() user: User) { return this.find(user.id); }
  @Post() @UseGuards(RolesGuard) make(@Body() dto: CatDto) { return dto; }
}
class CatDto { @IsEmail() mail: string; @IsOptional() age?: number; }`,
    });
    expect(lines).toEqual([
      'GET /api/v2/cats [] not-seen',
      'GET /api/v2/cats/{id} [SessionGuard@global] seen',
      'POST /api/v2/cats [SessionGuard@global RolesGuard@route] not-seen',
    ]);
  });

  it('are those of Next.js files behind a matcher, and tRPC procedures at their adapter', () => {
    const { lines } = read({
      'src/middleware.ts': `export function middleware(request) { if (!request.cookies.get('s')) return Response.redirect('/login'); return new Response(null, { status: 401 }); }
export const config = { matcher: ['/api/orders/:path*'] };`,
      'src/app/(shop)/api/orders/[id]/route.ts': `export async function GET(request, { params }) { return Response.json(await db.order(params.id)); }`,
      'src/app/api/files/[[...path]]/route.ts': `export const GET = () => new Response('');`,
      'src/pages/api/legacy.ts': `export default function handler(req, res) { if (req.method === 'POST') res.end(); }`,
      'src/app/api/trpc/[trpc]/route.ts': `import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { appRouter } from '../../../../server';
const handler = (req) => fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter });
export { handler as GET, handler as POST };`,
      'src/server.ts': `import { initTRPC, TRPCError } from '@trpc/server';
import * as z from 'zod';
const t = initTRPC.create();
const mine = t.procedure.use(t.middleware(({ ctx, next }) => { if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED' }); return next(); }));
export const appRouter = t.router({ post: t.router({ all: t.procedure.query(() => []), drop: mine.input(z.object({ postId: z.string() })).mutation(({ ctx, input }) => db.drop(input.postId, ctx.user.id)) }) });`,
    });
    expect(lines).toEqual([
      'GET /api/files [] not-seen',
      'GET /api/files/{path} [] not-seen',
      'GET /api/orders/{id} [middleware@global] not-seen',
      'GET /api/trpc/post.all [] not-seen',
      'POST /api/legacy [] not-seen',
      'POST /api/trpc/post.drop [a function@route] seen',
    ]);
  });

  it('survive circles, missing files and broken ones, which are named', () => {
    const { lines, problems } = read({
      'a.ts': `import express from 'express'; import { b } from './b'; import { gone } from './gone';
export const app = express(); app.use('/b', b); app.use('/gone', gone); app.get(somewhere(), () => {});
const again = () => again(); again();`,
      'b.ts': `import { Router } from 'express'; import { app } from './a'; export const b = Router(); b.get('/x', () => app); b.use('/again', b);`,
      'c.ts': `import express from 'express'; const = {`,
    });
    expect(lines).toContain('GET /b/x [] not-seen');
    expect(problems).toEqual(
      expect.arrayContaining([
        'a.ts:1: imports ./gone, which is not there',
        'a.ts:2: a route has a path that cannot be worked out',
        expect.stringContaining('c.ts: cannot be parsed'),
      ]),
    );
  });

  it('are found through a wrapper and a table of routes, as the platform has them', () => {
    const platform = fileURLToPath(new URL('../../../../../apps/platform', import.meta.url));
    const { routes, problems } = readSourceRoutes(platform);
    expect(problems).toEqual([]);
    expect(routes.length).toBeGreaterThan(45);
    expect(routes).toContainEqual(
      expect.objectContaining({
        method: 'PATCH',
        path: '/api/orgs/{org}/spaces/{space}',
        file: 'src/community/spaces/space-routes.ts',
      }),
    );
  });
});
