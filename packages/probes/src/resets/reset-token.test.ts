import { expect, test } from 'vitest';
import type { ReceivedMail } from '../mail/inbox.ts';
import { linksInMail } from '../mail/links-in-mail.ts';
import { resetInMail, resetLifeInMail } from './reset-token.ts';

const mail = (text: string): ReceivedMail => ({
  to: [],
  from: '',
  subject: '',
  text,
  html: null,
  links: linksInMail(text, null),
  attachments: [],
  receivedAt: new Date(0),
});

test.each([
  ['https://a.test/reset?token=Zk3pQ9', 'Zk3pQ9'],
  ['https://a.test/reset-password#token=Zk3pQ9xy', 'Zk3pQ9xy'],
  ['https://a.test/password/edit/4f1c9a7e22b14d0c', '4f1c9a7e22b14d0c'],
  ['https://a.test/#/reset/4f1c9a7e22b14d0c', '4f1c9a7e22b14d0c'],
  ['Your code is 482913.', '482913'],
])('%s holds a token', (text, token) => expect(resetInMail(mail(text))?.token).toBe(token));

test.each([
  'Your password was changed. Was it not you? https://a.test/forgot-password',
  'Read https://a.test/how-to-choose-a-good-password and https://a.test/unsubscribe?token=abcdef123',
  'We are at 12345 Main Street.',
])('%s holds none', (text) => expect(resetInMail(mail(text))).toBeNull());

test.each([
  ['The link works once, within 30 minutes.', 30],
  ['This link expires in 2 hours.', 120],
  ['It is valid for one hour.', 60],
  ['It is valid for 14 days.', 20_160],
  ['We answer within the week.', null],
] as const)('%s', (text, minutes) => expect(resetLifeInMail(text)).toBe(minutes));
