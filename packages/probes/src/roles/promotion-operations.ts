import type { Operation } from '@launch-ready/core';
import { givesRights } from './named-account.ts';

const oneself = /(^|\/)(me|self|profile|account|user|whoami)$/i;
const people = /(^|\/)(users?|members?|memberships?|accounts?|profiles?|people)\/\{[^}]+\}(\/role)?$/i;
const raises = /role|permission|promot|grant|privilege|access/i;

/** Operations that give rights to the account that their body names: `PUT /users/role` with a name and a role. */
export const rightsByName = (operation: Operation): boolean => {
  const { method, path } = operation;
  if (path.includes('{') || !givesRights(operation)) return false;
  return method === 'PUT' || method === 'PATCH' || (method === 'POST' && raises.test(path));
};

/** Operations by which an account may change its own profile or membership. */
export const promotionOperations = (operations: readonly Operation[]): readonly Operation[] =>
  operations.filter(
    (operation) =>
      ((operation.method === 'PATCH' || operation.method === 'PUT') &&
        (oneself.test(operation.path) || people.test(operation.path))) ||
      rightsByName(operation),
  );
