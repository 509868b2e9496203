import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { systemClock } from '../system-clock.ts';
import type { Inbox } from './inbox.ts';
import { linksInMail } from './links-in-mail.ts';
import { openInbox } from './open-inbox.ts';

let folder: string;
let inbox: Inbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launch-ready-mail-'));
  inbox = openInbox({
    folder,
    domain: 'acme.test',
    clock: { ...systemClock, sleep: async () => {} },
    random: seededRandom(1),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mail = (to: string, subject: string): string =>
  [
    'From: Acme <no-reply@acme.test>',
    `To: Ada <${to}>`,
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Join here: http://127.0.0.1/invites/abc=3Fx=3D1.',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<a href="http://127.0.0.1/invites/abc?x=1">join</a> <a href="http://127.0.0.1/stop?a=1&amp;b=2">stop</a>',
    '--b--',
    '',
  ].join('\r\n');

test('the newest fitting mail to an address is found with its links', async () => {
  const since = new Date();
  writeFileSync(join(folder, '1.eml'), mail('ada@acme.test', 'Invite'));
  writeFileSync(join(folder, '2.eml'), mail('bo@acme.test', 'Invite'));
  writeFileSync(join(folder, '3.txt'), mail('ada@acme.test', 'Invite'));
  const found = await inbox.waitFor('Ada@acme.test', {
    since,
    timeoutMs: 2000,
    matches: ({ subject }) => subject === 'Invite',
  });
  expect(found).toMatchObject({
    to: ['ada@acme.test'],
    from: 'no-reply@acme.test',
    subject: 'Invite',
    links: ['http://127.0.0.1/invites/abc?x=1', 'http://127.0.0.1/stop?a=1&b=2'],
  });
});

test('older mails, other subjects and an empty folder give nothing', async () => {
  writeFileSync(join(folder, '1.eml'), mail('ada@acme.test', 'Invite'));
  const later = new Date(Date.now() + 60_000);
  expect(await inbox.waitFor('ada@acme.test', { since: later, timeoutMs: 20 })).toBeNull();
  expect(
    await inbox.waitFor('ada@acme.test', { since: new Date(0), timeoutMs: 20, matches: () => false }),
  ).toBeNull();
  rmSync(folder, { recursive: true });
  expect(await inbox.waitFor('eve@acme.test', { since: new Date(0), timeoutMs: 20 })).toBeNull();
});

test('addresses are fresh and arrive here', () => {
  expect(inbox.freshAddress('Invitee 1')).toMatch(/^lrinvitee1[a-z2-7]{10}@acme\.test$/);
  expect(inbox.freshAddress('a')).not.toBe(inbox.freshAddress('a'));
});

test('links end where their sentence goes on', () => {
  expect(linksInMail('See (https://a.test/x), https://a.test/y_(z)! and <https://a.test/w>.', null)).toEqual([
    'https://a.test/x',
    'https://a.test/y_(z)',
    'https://a.test/w',
  ]);
});
