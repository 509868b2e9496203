import type { Operation } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { opensAccount } from './opens-account.ts';

const operation = (path: string, fields: readonly string[], more: Partial<Operation> = {}): Operation => ({
  id: `POST ${path}`,
  method: 'POST',
  path,
  origin: 'http://127.0.0.1',
  tags: [],
  slots: [],
  responses: [],
  declaredAuth: 'unstated',
  sources: [],
  body: {
    contentType: 'application/json',
    required: true,
    schema: {
      type: 'object',
      properties: Object.fromEntries(fields.map((name) => [name, { type: 'string' }])),
    },
  },
  ...more,
});

test('an account is opened with a name and a password, whatever the path is called', () => {
  expect(opensAccount(operation('/usuarios', ['nome', 'email', 'password']))).toBe(true);
  expect(opensAccount(operation('/api/Users', ['email', 'password', 'passwordRepeat']))).toBe(true);
});

test('things with one of them only, and things below another, are no way in', () => {
  expect(opensAccount(operation('/links', ['url', 'password']))).toBe(false);
  expect(opensAccount(operation('/orgs/{org}/members', ['email', 'password']))).toBe(false);
  expect(opensAccount(operation('/users/1', ['email', 'password'], { method: 'PUT' }))).toBe(false);
});
