import { httpMethod, type Operation } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { loopbackTarget } from '../testing/loopback-target.ts';
import { disableChange } from './disable-change.ts';
import { inviteRoutes } from '../invites/invite-routes.ts';
import { logoutRoutes } from './logout-route.ts';
import { passwordRoute } from './password-route.ts';

const operation = (id: string, fields: readonly string[] = []): Operation => {
  const [method = '', path = ''] = id.split(' ');
  const properties = Object.fromEntries(fields.map((name) => [name, { type: 'string' }]));
  return {
    id,
    method: httpMethod.parse(method),
    path,
    origin: 'http://127.0.0.1:1',
    tags: [],
    slots: [],
    responses: [],
    declaredAuth: 'required',
    sources: ['test'],
    ...(fields.length > 0
      ? { body: { contentType: 'application/json', required: true, schema: { type: 'object', properties } } }
      : {}),
  };
};
const target = loopbackTarget('http://127.0.0.1:1');

test.each([
  [['POST /auth/logout', 'GET /auth/logout'], 'POST /auth/logout'],
  [['POST /auth/sign-out'], 'POST /auth/sign-out'],
  [['DELETE /session'], 'DELETE /session'],
  [['DELETE /api/sessions/current', 'DELETE /posts/{id}'], 'DELETE /api/sessions/current'],
] as const)('the way to log out among %j is %s', (ids, expected) => {
  expect(logoutRoutes({ operations: ids.map((id) => operation(id)), target })[0]?.operation?.id).toBe(
    expected,
  );
});

test('without a document that names one, usual places are tried and never deleted sessions of others', () => {
  const routes = logoutRoutes({ operations: [operation('DELETE /sessions/{id}')], target });
  expect(routes.every((route) => route.operation === null && route.method === 'POST')).toBe(true);
});

test.each([
  [['currentPassword', 'newPassword'], 'currentPassword', 'newPassword', []],
  [
    ['old_password', 'password', 'password_confirmation'],
    'old_password',
    'password',
    ['password_confirmation'],
  ],
  [
    ['currentPassword', 'password', 'passwordConfirmation'],
    'currentPassword',
    'password',
    ['passwordConfirmation'],
  ],
] as const)('fields %j change a password', (fields, currentField, newField, repeatFields) => {
  expect(passwordRoute([operation('POST /account/password', fields)])).toMatchObject({
    currentField,
    newField,
    repeatFields,
  });
});

test.each([
  ['POST /auth/reset-password', ['token', 'newPassword']],
  ['POST /auth/login', ['email', 'password']],
  ['PATCH /users/{id}/password', ['currentPassword', 'newPassword']],
  ['POST /auth/forgot', ['currentPassword', 'newPassword']],
] as const)('%s does not', (id, fields) => expect(passwordRoute([operation(id, fields)])).toBeNull());

test('the operations of an invite are found together', () => {
  const ids = [
    'GET /orgs/{org}/members',
    'GET /users',
    'DELETE /orgs/{org}/members/{member}',
    'DELETE /orgs/{org}/invites/{invite}',
    'GET /orgs/{org}/invites',
  ];
  const operations = [
    ...ids.map((id) => operation(id)),
    operation('POST /orgs/{org}/invites', ['email', 'role']),
    operation('POST /invites/accept', ['token']),
  ];
  const routes = inviteRoutes(operations);
  expect(routes).toMatchObject({
    create: { id: 'POST /orgs/{org}/invites' },
    accept: { id: 'POST /invites/accept' },
    revoke: { id: 'DELETE /orgs/{org}/invites/{invite}' },
    members: { id: 'GET /orgs/{org}/members' },
    removeMember: { id: 'DELETE /orgs/{org}/members/{member}' },
  });
  expect(inviteRoutes(operations.slice(0, 5))).toEqual({
    because: 'no operation was found that invites an address',
  });
});

test.each([
  [['POST /people/{id}/suspend', 'POST /people/{id}/reinstate'], 'POST /people/{id}/suspend', false],
  [['POST /people/{id}/ban', 'POST /people/{id}/unban'], 'POST /people/{id}/ban', true],
  [
    [
      'POST /people/{id}/block',
      'POST /people/{id}/unblock',
      'POST /people/{id}/disable',
      'POST /people/{id}/enable',
    ],
    'POST /people/{id}/disable',
    false,
  ],
] as const)('among %j, %s disables an account, in plain words or not', (ids, expected, isVague) => {
  const list = operation('GET /people');
  const change = disableChange([list, ...ids.map((id) => operation(id))], list, { id: '1' });
  expect(change).toMatchObject({ isVague, off: { operation: { id: expected } } });
});

test('a way to block somebody without a way back is no way to disable an account', () => {
  const list = operation('GET /people');
  expect(disableChange([list, operation('POST /people/{id}/block')], list, { id: '1' })).toBeNull();
});
