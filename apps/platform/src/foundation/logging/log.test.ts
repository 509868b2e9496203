import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestPlatform, passwordOf, secretIn, startTestPlatform } from '../../testing/test-platform.ts';

let world: TestPlatform;

beforeAll(async () => {
  world = await startTestPlatform({ LOG_LEVEL: 'debug' });
}, 60_000);

afterAll(() => world.stop());

const marked = (name: string): string => `canary-${name}-7f3a9`;

it('holds none of the secrets, addresses and texts that went through the platform', async () => {
  const secrets: string[] = [];
  const email = 'canary-address-7f3a9@new.test';
  const client = world.anonymous();
  await client.send('POST', '/api/auth/signup', {
    body: { email, name: marked('name'), password: marked('password-one') },
  });
  const verify = secretIn(await world.mailTo(email, 'Confirm'));
  await client.send('POST', '/api/auth/verify', { body: { token: verify } });
  await client.send('POST', '/api/auth/login', { body: { email, password: marked('wrong-password') } });
  await client.send('POST', '/api/auth/login', { body: { email, password: marked('password-one') } });
  secrets.push(verify, client.cookie ?? 'none');
  await client.send('POST', '/api/auth/password/change', {
    body: { currentPassword: marked('password-one'), newPassword: marked('password-two') },
  });
  secrets.push(client.cookie ?? 'none');
  await client.send('POST', '/api/auth/password/forgot', { body: { email } });
  const reset = secretIn(await world.mailTo(email, 'Choose a new password'));
  secrets.push(reset);
  await client.send('POST', '/api/auth/password/reset', {
    body: { token: reset, newPassword: marked('password-three') },
  });

  const owner = await world.login('owner@north.test');
  secrets.push(owner.cookie ?? 'none', passwordOf('owner@north.test'));
  await owner.send('POST', '/api/orgs/north/invites', {
    body: { email: 'canary-guest-7f3a9@new.test', role: 'member' },
  });
  secrets.push(secretIn(await world.mailTo('canary-guest-7f3a9@new.test', 'invited')));
  await owner.send('POST', '/api/orgs/north/spaces', { body: { name: marked('space') } });
  await owner.send('POST', '/api/orgs/north/spaces', {
    body: { name: marked('space'), [marked('field')]: marked('value') },
  });
  await owner.send('GET', `/api/orgs/north/feed?after=${marked('query')}`);
  await owner.send('GET', `/api/${marked('path')}?token=${marked('query')}`);
  await owner.send('GET', `/%zz${marked('path')}`);
  await owner.send('POST', '/api/orgs', {
    raw: `{"${marked('json')}`,
    headers: { 'x-marked': marked('header'), 'user-agent': marked('agent') },
  });
  await owner.send('POST', '/api/orgs/north/spaces', {
    body: {},
    headers: { origin: `https://${marked('origin')}` },
  });

  // Make something break on the inside, with a message that quotes input, even such that looks like a place in the code.
  await world.sql(`create function app.break() returns trigger language plpgsql as
    $$ begin raise exception '% %', new.title, new.body; end $$`);
  await world.sql(
    'create trigger breaking before insert on app.posts for each row execute function app.break()',
  );
  const broken = await owner.send('POST', `/api/orgs/north/spaces/${world.north.spaces.open}/posts`, {
    body: { title: marked('title'), body: `x\n    at ${marked('place')} (file.ts:1:1)` },
  });
  await world.sql('drop function app.break() cascade');
  expect(broken.json).toEqual({
    error: { code: 'internal_error', message: 'something went wrong on our side' },
  });
  await world.anonymous().send('GET', '/livez');

  const log = world.log();
  expect(log).toContain('"errorCode":"P0001"');
  expect(log).toContain('"event":"login.failed"');
  expect(log).toContain('"event":"password.changed"');
  expect(log).toContain('"route":"/api/orgs/:org/feed"');
  expect(log).not.toContain('7f3a9');
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15);
    expect(log).not.toContain(secret.replace('__Host-lr=', ''));
  }
  expect(log).not.toContain('@');
  for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});
