import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonSchema, Operation } from '@launch-ready/core';
import { createLedger, createTransport, discoverOperations, systemClock } from '@launch-ready/probes';
import { afterAll, describe, expect, test } from 'vitest';
import { worldTarget } from '../walk/world-target.ts';
import { allWorlds } from '../worlds/all-worlds.ts';
import type { World } from '../worlds/world.ts';
import { startDiscoveredBy, type InputKind } from './discover-by.ts';

const folder = mkdtempSync(join(tmpdir(), 'lr-agree-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Next.js builds for half a minute, and procedures are told by their names alone; the bench itself walks those.
const worlds = allWorlds.filter(
  ({ framework, journey, sources, id }) =>
    framework !== 'next' && id !== 'trpc-board' && journey !== undefined && sources !== undefined,
);

async function operationsOf(world: World, input: InputKind): Promise<readonly Operation[]> {
  const running = await startDiscoveredBy(world, input, [], { folder });
  const target = worldTarget(world, running, folder);
  const transport = createTransport({
    target,
    ledger: createLedger({ journal: null }),
    mode: 'observe',
    clock: systemClock,
    redactor: { addSecret: () => {}, text: (text) => text, headers: (headers) => headers },
    transcript: { write: () => {}, close: () => {} },
    runId: 'agree',
    version: '0.0.0',
  });
  try {
    return (await discoverOperations({ target, transport })).operations;
  } finally {
    await transport.close();
    await running.close();
  }
}

const nameless = (path: string): string => path.replace(/\{[^}]+\}/g, '{}');
const propertiesOf = (schema: JsonSchema | undefined): readonly string[] => {
  const properties = schema?.['properties'];
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).toSorted() : [];
};
/** Operations, and whether their bodies have fields, whatever their slots are called. Which fields a recording shows depends on use. */
const told = (operations: readonly Operation[]): readonly string[] =>
  operations
    .filter(({ path }) => !/openapi|csrf|^\/$/.test(path))
    .map(
      ({ method, path, body }) =>
        `${method} ${nameless(path)}${propertiesOf(body?.schema).length > 0 ? ' with fields' : ''}`,
    );

describe('a world without its document', () => {
  test.each(worlds.map((world) => [world.id, world] as const))(
    '%s tells the same operations and bodies by its source, and by a recording',
    async (_, world) => {
      const documented = told(await operationsOf(world, 'openapi'));
      const read = told(await operationsOf(world, 'source'));
      const recorded = told(await operationsOf(world, 'har'));
      expect(documented.length).toBeGreaterThan(10);
      expect(documented.filter((one) => !read.includes(one))).toEqual([]);
      expect(documented.filter((one) => !recorded.includes(one))).toEqual([]);
    },
    60_000,
  );
});
