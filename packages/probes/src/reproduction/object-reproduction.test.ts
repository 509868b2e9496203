import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { crossTenant } from '../cross-tenant/cross-tenant.ts';
import { plant } from '../plant/plant.ts';
import type { Family } from '../access/testing/families.ts';
import { reviewLeaky, type LeakyReview } from '../access/testing/leaky-review.ts';
import type { NestedFaults } from '../access/testing/leaky-server.ts';

const open: LeakyReview[] = [];
afterEach(async () => {
  for (const review of open.splice(0)) await review.stop();
});

const started = async (families: readonly Family[], nested: NestedFaults): Promise<LeakyReview> => {
  const review = await reviewLeaky(families, nested);
  open.push(review);
  return review;
};

/** Credentials as the reader of a report would set them: whole header lines of living sessions. */
const credentials = (review: LeakyReview): Record<string, string> =>
  Object.fromEntries(
    review.context.target.actors.map(({ id }) => {
      const [line] = review.context.sessions.current(id).headers(review.app.origin);
      return [`${id.replace('.', '_').toUpperCase()}_AUTH`, line === undefined ? '' : line.join(': ')];
    }),
  );

const exitOf = async (
  script: string,
  env: Record<string, string>,
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const file = join(mkdtempSync(join(tmpdir(), 'launch-ready-script-')), 'finding.mjs');
  writeFileSync(file, script);
  const child = spawn(process.execPath, [file], { env: { PATH: process.env['PATH'], ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
};

const cases: readonly (readonly [string, readonly Family[], NestedFaults, string])[] = [
  ['a read', [{ name: 'plainreads', read: 'open' }], {}, 'GET /plainreads/{id}'],
  ['a list', [{ name: 'openlists', list: 'open' }], {}, 'GET /openlists'],
  [
    'a refused change that was made',
    [{ name: 'deniedwrites', patch: '403-but-done' }],
    {},
    'PATCH /deniedwrites/{id}',
  ],
  [
    'a denied deletion that was made',
    [{ name: 'hiddendeletes', remove: '404-but-done' }],
    {},
    'DELETE /hiddendeletes/{id}',
  ],
  ['a marker in a header in hex', [{ name: 'headers', read: 'hex-header' }], {}, 'GET /headers/{id}'],
  ['a read below parents', [], { ownPathForeignObject: true }, 'GET /orgs/{org}/spaces/{space}/posts/{post}'],
  ['a search for the beginning of a title', [], { titleSearch: true }, 'GET /search'],
  ['an object below a foreign parent', [], { foreignParent: true }, 'POST /orgs/{org}/spaces/{space}/posts'],
];

test.each(cases)(
  'the script of %s exits 1 on the leaky application, 0 on the mended one, 2 without credentials',
  async (_, families, nested, operation) => {
    const leaky = await started(families, nested);
    await leaky.gather(plant);
    const { trials } = await leaky.gather(crossTenant);
    const reproduce = trials.find(
      (trial) => trial.operation === operation && trial.reproduce !== null,
    )?.reproduce;
    const script = reproduce?.script ?? '';
    const before = leaky.app.left();
    expect(await exitOf(script, credentials(leaky))).toEqual({
      code: 1,
      output: expect.stringMatching(/^still there: /),
    });
    expect(leaky.app.left()).toBeLessThanOrEqual(before + 1);

    const tight = await started(
      families.map(({ name }) => ({ name })),
      {},
    );
    expect(await exitOf(script, { ...credentials(tight), BASE_URL: tight.app.origin })).toMatchObject({
      code: 0,
    });
    expect(
      await exitOf(script, {
        ...credentials(tight),
        BASE_URL: tight.app.origin,
        SOUTH_ADMIN_AUTH: 'cookie: sid=gone',
        NORTH_ADMIN_AUTH: 'cookie: sid=gone',
        NORTH_MEMBER_AUTH: 'cookie: sid=gone',
      }),
    ).toMatchObject({ code: 2 });
    expect(await exitOf(script, {})).toMatchObject({ code: 2 });

    expect(reproduce?.curl).toMatch(/^curl -i -X [A-Z]+ "\$BASE_URL\/.*" -H "\$[A-Z_]+_AUTH"/);
    for (const line of Object.values(credentials(leaky))) {
      expect(script).not.toContain(line);
      expect(reproduce?.curl).not.toContain(line);
    }
  },
);
