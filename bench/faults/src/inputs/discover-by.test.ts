import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { allWorlds } from '../worlds/all-worlds.ts';
import { offers, startDiscoveredBy } from './discover-by.ts';

const folder = mkdtempSync(join(tmpdir(), 'lr-inputs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recording = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({ method: z.string(), url: z.string() }),
        response: z.object({ status: z.number() }),
      }),
    ),
  }),
});
const fields = z.object({ har: z.string() });
// Next.js builds for half a minute, and vitest loads the GraphQL library twice, which it does not bear; the bench itself walks both.
const left = new Set(['next-notes', 'graphql-desk']);
const recorded = allWorlds.filter(({ id, journey }) => !left.has(id) && journey !== undefined);

describe('a world that is discovered from a recording', () => {
  test.each(recorded.map((world) => [world.id, world] as const))(
    '%s keeps its document to itself and was used by everybody',
    async (_, world) => {
      const running = await startDiscoveredBy(world, 'har', [], { folder });
      try {
        const document = await fetch(`${running.origin}/openapi.json`);
        expect(document.status).not.toBe(200);
        const { har } = fields.parse(running.target);
        const { entries } = recording.parse(JSON.parse(readFileSync(har, 'utf8'))).log;
        const done = entries.filter(({ response }) => response.status < 300);
        expect(new Set(done.map(({ request }) => request.method))).toEqual(new Set(methodsOf(world.id)));
        expect(done.length / entries.length).toBeGreaterThan(0.7);
        expect(entries.every(({ request }) => request.url.startsWith(running.origin))).toBe(true);
      } finally {
        await running.close();
      }
    },
  );
});

/** Methods that the journey of a world uses. */
function methodsOf(id: string): readonly string[] {
  if (id === 'trpc-board') return ['GET', 'POST'];
  const usual = ['GET', 'POST', 'PATCH', 'DELETE'];
  return id === 'fastify-market' ? [...usual, 'PUT'] : usual;
}

test('a world without a journey or a source offers its document alone', () => {
  const [plain] = allWorlds.filter(({ journey, sources }) => journey === undefined && sources === undefined);
  expect(plain && [offers(plain, 'openapi'), offers(plain, 'har'), offers(plain, 'source')]).toEqual([
    true,
    false,
    false,
  ]);
});
