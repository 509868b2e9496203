import { describe, expect, test } from 'vitest';
import type { ReceivedMail } from '../mail/inbox.ts';
import { lifetimeInAnswer, lifetimeInMail, tokenInAnswer, tokenInLink, tokenInMail } from './invite-token.ts';
import { membersView, newcomer } from '../lifecycle/members-view.ts';

const mail = (part: Partial<ReceivedMail>): ReceivedMail => ({
  to: ['a@b.test'],
  from: 'app@b.test',
  subject: 'Invite',
  text: '',
  html: null,
  links: [],
  attachments: [],
  receivedAt: new Date(0),
  ...part,
});

test.each([
  ['https://a.test/join?token=abcdef123', 'abcdef123'],
  ['https://a.test/#/invite?code=abcdef123', 'abcdef123'],
  ['https://a.test/invite#token=abcdef123', 'abcdef123'],
  ['https://a.test/invites/abcdefghij0123456789', 'abcdefghij0123456789'],
  ['https://a.test/#/invites/abcdefghij0123456789', 'abcdefghij0123456789'],
  ['https://a.test/settings', null],
  ['no link', null],
] as const)('the token of %s is %s', (link, token) => expect(tokenInLink(link)).toBe(token));

test('a token in the answer is found by its name, or inside a link', () => {
  expect(tokenInAnswer({ data: { token: 'abcdef123' } })?.token).toBe('abcdef123');
  expect(tokenInAnswer({ url: 'https://a.test/invites/abcdefghij0123456789' })?.token).toBe(
    'abcdefghij0123456789',
  );
  expect(tokenInAnswer({ id: 'x', email: 'a@b.test' })).toBeNull();
});

test('the link of a mail is the one about the invite', () => {
  const links = ['https://a.test/unsubscribe?token=wrongwrong', 'https://a.test/join?token=abcdef123'];
  expect(tokenInMail(mail({ links }))).toMatchObject({ token: 'abcdef123', link: links[1] });
  expect(tokenInMail(mail({ links: [] }))).toBeNull();
});

describe('declared life', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  test.each([
    [{ expiresAt: '2030-01-03T00:00:00Z' }, 48],
    [{ invite: { expires_at: '2030-01-02T00:00:00Z' } }, 24],
    [{ expiresIn: 3600 }, 1],
    [{ expires: now.getTime() / 1000 + 7200 }, 2],
    [{ validUntil: now.getTime() + 3 * 3_600_000 }, 3],
    [{ expiresAt: null }, undefined],
    [{ createdAt: '2030-01-03T00:00:00Z' }, undefined],
  ] as const)('%j is %s hours', (json, hours) => expect(lifetimeInAnswer(json, now)?.hours).toBe(hours));

  test.each([
    ['The link expires in 48 hours.', 48],
    ['It is valid for 3 days.', 72],
    ['Please answer within 1 week.', 168],
    ['We have 3 days of events.', undefined],
  ] as const)('%s', (text, hours) => expect(lifetimeInMail(mail({ text }))?.hours).toBe(hours));
});

const hasNewcomer = (before: readonly object[], after: readonly object[], address: string): boolean => {
  const [was, is] = [membersView({ members: before }), membersView({ data: { items: after } })];
  if (was === null || is === null) throw new Error('a list was not read');
  return newcomer(was, is, address) !== null;
};

describe('newcomers', () => {
  const bo = { id: 1, email: 'bo@b.test' };
  const cy = { id: 2, email: 'cy@b.test' };
  test('a row about the address that was not there is a newcomer', () => {
    expect(hasNewcomer([bo], [bo, cy], 'CY@b.test')).toBe(true);
  });
  test('a changed row of somebody else is none', () => {
    expect(hasNewcomer([bo], [{ ...bo, lastSeen: 3 }], 'cy@b.test')).toBe(false);
  });
  test('a pending row is none until it is a member', () => {
    expect(hasNewcomer([bo], [bo, { ...cy, status: 'invited' }], 'cy@b.test')).toBe(false);
    expect(
      hasNewcomer([bo, { ...cy, status: 'invited' }], [bo, { ...cy, status: 'active' }], 'cy@b.test'),
    ).toBe(true);
  });
  test('in a list without addresses a new id is a newcomer', () => {
    expect(hasNewcomer([{ id: 1 }], [{ id: 1, seen: 2 }], 'cy@b.test')).toBe(false);
    expect(hasNewcomer([{ id: 1 }], [{ id: 1 }, { id: 2 }], 'cy@b.test')).toBe(true);
  });
});
