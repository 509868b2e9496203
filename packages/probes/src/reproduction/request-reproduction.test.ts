import { execFile } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { csrf } from '../browser-trust/csrf.ts';
import { reviewCommunity, type CommunityRun } from '../testing/community-context.ts';
import { startCommunity, type Community, type CommunityTraits } from '../testing/community-server.ts';
import { inputHandling } from '../input/input-handling.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});
const review = async (traits: CommunityTraits): Promise<CommunityRun> => {
  const run = await reviewCommunity(traits);
  undo.push(() => run.stop());
  return run;
};
const community = async (traits: CommunityTraits): Promise<Community> => {
  const app = await startCommunity(traits);
  undo.push(() => app.stop());
  return app;
};

/** Logs an account in and runs the script against this community. */
const exitCode = async (script: string, app: Community, variable: string, email: string): Promise<number> => {
  const login = await fetch(`${app.origin}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: `Secret-${email}` }),
  });
  const cookie = (login.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return new Promise((resolve) => {
    const account = variable.replace(/_AUTH$/, '');
    const env = {
      PATH: process.env['PATH'],
      BASE_URL: app.origin,
      [variable]: `cookie: ${cookie}`,
      [`${account}_USERNAME`]: email,
      [`${account}_PASSWORD`]: `Secret-${email}`,
    };
    execFile(process.execPath, ['--input-type=module', '-e', script], { env }, (error) =>
      resolve(typeof error?.code === 'number' ? error.code : 0),
    );
  });
};
const emails: Readonly<Record<string, string>> = {
  'north.admin': 'ada@north.test',
  'north.member': 'bo@north.test',
  'south.admin': 'cy@south.test',
  'south.member': 'di@south.test',
};

test('the script of a crash exits 1 while it crashes, 0 when mended, 2 without a credential', async () => {
  const run = await review({ crashesOnWrongType: true });
  const { trials } = await run.gather(inputHandling);
  const crash = trials.find(
    (trial) => trial.verdict === 'crashed' && trial.operation.startsWith('POST /orgs/{org}/posts'),
  );
  const { script, curl } = crash?.reproduce ?? { script: '', curl: '' };
  const variable = (crash?.actor ?? '').replace('.', '_').toUpperCase().concat('_AUTH');
  expect(curl).toMatch(/^curl -i -X POST "\$BASE_URL\/orgs\/(north|south)\/posts" -H "\$\w+_AUTH"/);
  expect(script + curl).not.toMatch(/sid=[\w-]{20}/);
  const email = emails[crash?.actor ?? ''] ?? '';
  expect(await exitCode(script, run.app, variable, email)).toBe(1);
  expect(await exitCode(script, await community({}), variable, email)).toBe(0);
  expect(await exitCode(script, await community({}), 'OTHER_AUTH', email)).toBe(2);
});

test('the script of a cross-site change exits 1 while its owner sees the change, and 0 when it is refused', async () => {
  const cookieFlags = 'Path=/; HttpOnly; Secure; SameSite=None';
  const traits = { checksOrigin: false, acceptsTextPlain: true, cookieFlags };
  const run = await review(traits);
  const { trials } = await run.gather(csrf);
  const change = trials.find(
    (trial) =>
      trial.verdict === 'changed' && trial.style === 'text-plain' && trial.operation.includes('posts'),
  );
  const script = change?.reproduce?.script ?? '';
  const variable = (change?.actor ?? '').replace('.', '_').toUpperCase().concat('_AUTH');
  const email = emails[change?.actor ?? ''] ?? '';
  expect(await exitCode(script, run.app, variable, email)).toBe(1);
  expect(await exitCode(script, await community({ cookieFlags }), variable, email)).toBe(0);
  // With Lax a browser adds no cookie to it, whatever the application checks.
  expect(
    await exitCode(script, await community({ checksOrigin: false, acceptsTextPlain: true }), variable, email),
  ).toBe(0);
});
