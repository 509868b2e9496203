import type { Operation } from '@launch-ready/core';
import { bodyFields, lastLiteral, literalSegments, wordsOf } from '../lifecycle/operation-words.ts';
import { slotNames } from '../lifecycle/tenant-call.ts';

/** Operations of the life of an invite. */
export interface InviteRoutes {
  readonly create: Operation;
  readonly accept: Operation;
  readonly revoke: Operation | null;
  readonly invites: Operation | null;
  readonly members: Operation;
  readonly removeMember: Operation | null;
}

const inviteName = /^(invite|invites|invitation|invitations|invitemember|inviteuser|inviteteammember)$/;
const acceptWord = /^(accept|accepted|redeem|join|claim|consume)$/;
const peopleNames = ['members', 'memberships', 'member', 'people', 'team', 'staff', 'users'];

/** Finds the operations; says which one is missing. */
export function inviteRoutes(operations: readonly Operation[]): InviteRoutes | { readonly because: string } {
  const create =
    operations.find(
      (one) =>
        one.method === 'POST' &&
        inviteName.test(lastLiteral(one.path)) &&
        !one.path.endsWith('}') &&
        addressField(one) !== null,
    ) ??
    operations.find(
      (one) =>
        one.method === 'POST' &&
        /invite/i.test(lastLiteral(one.path)) &&
        !accepts(one) &&
        addressField(one) !== null,
    );
  if (create === undefined) return { because: 'no operation was found that invites an address' };
  const accept =
    operations.find((one) => one.method !== 'GET' && accepts(one)) ?? operations.find(isTokenPost);
  if (accept === undefined) return { because: 'no operation was found that accepts an invite' };
  const members = peopleNames
    .flatMap((name) =>
      operations.filter(
        (one) => one.method === 'GET' && lastLiteral(one.path) === name && !one.path.endsWith('}'),
      ),
    )
    .toSorted((a, b) => shared(b, create) - shared(a, create))[0];
  if (members === undefined)
    return { because: 'no operation was found that lists the members of an organisation' };
  const below = (base: Operation, method: string): Operation | null =>
    operations.find(
      (one) =>
        one.method === method &&
        one.path.startsWith(`${base.path.replace(/\/$/, '')}/{`) &&
        one.path.endsWith('}') &&
        slotNames(one.path).length === slotNames(base.path).length + 1,
    ) ?? null;
  const revokeWords = operations.find(
    (one) =>
      one.method === 'POST' &&
      /^(revoke|cancel)/.test(lastLiteral(one.path)) &&
      literalSegments(one.path).some((part) => /invit/i.test(part)),
  );
  return {
    create,
    accept,
    revoke: below(create, 'DELETE') ?? elsewhere(operations, create) ?? revokeWords ?? null,
    invites: operations.find((one) => one.method === 'GET' && one.path === create.path) ?? null,
    members,
    removeMember: below(members, 'DELETE'),
  };
}

/** Name of the body field that takes the invited address; null when there is none. */
export const addressField = (operation: Operation): string | null =>
  bodyFields(operation).find(({ name }) =>
    /e-?mails?$|^(to|address|recipient|invitee|emailaddress)$/i.test(name),
  )?.name ?? null;

const accepts = (operation: Operation): boolean =>
  literalSegments(operation.path).some((part) => /invit/i.test(part)) &&
  literalSegments(operation.path)
    .flatMap(wordsOf)
    .some((word) => acceptWord.test(word));

/** `POST /invites/{token}` and its like. */
const isTokenPost = (operation: Operation): boolean =>
  operation.method === 'POST' && /\/invit[a-z]*\/\{[^}]*(token|code|key)[^}]*\}$/i.test(operation.path);

/** `DELETE /invites/{id}` where invites are made at another place. */
const elsewhere = (operations: readonly Operation[], create: Operation): Operation | null =>
  operations.find(
    (one) => one.method === 'DELETE' && one.id !== create.id && /\/invit[a-z]*\/\{[^}]+\}$/i.test(one.path),
  ) ?? null;

/** Number of leading path segments in common. */
function shared(a: Operation, b: Operation): number {
  const [one, two] = [a.path.split('/'), b.path.split('/')];
  const end = one.findIndex((segment, index) => segment !== two[index]);
  return end < 0 ? one.length : end;
}
