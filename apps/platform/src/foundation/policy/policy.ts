import type { Role } from './roles.ts';

const everyone: readonly Role[] = ['owner', 'admin', 'staff', 'member', 'client', 'restricted'];
const leads: readonly Role[] = ['owner', 'admin'];
const team: readonly Role[] = ['owner', 'admin', 'staff'];
const writers: readonly Role[] = ['owner', 'admin', 'staff', 'member'];

/** Who may do something: with everything they can see, or only with what is their own. */
export interface Rule {
  readonly any: readonly Role[];
  readonly own: readonly Role[];
}

const rule = (any: readonly Role[], own: readonly Role[] = []): Rule => ({ any, own });

/**
 * THE table of permissions: what is not in it is not allowed. It guards the routes, marks the API document, and is printed by
 * `main.ts matrix`. It decides about operations; which objects somebody can see at all (another organisation's, a private
 * space's) is decided by the database and the queries, and what cannot be seen is answered as absent.
 */
const policy = {
  'organisation.read': rule(everyone),
  'organisation.update': rule(leads),
  'organisation.delete': rule(['owner']),
  'organisation.leave': rule(everyone),
  'member.list': rule(writers),
  'member.read': rule(writers),
  'member.update': rule(leads),
  'member.remove': rule(team),
  'invite.list': rule(team),
  'invite.create': rule(team),
  'invite.revoke': rule(team),
  'space.list': rule(everyone),
  'space.read': rule(everyone),
  'space.create': rule(leads),
  'space.update': rule(leads),
  'space.delete': rule(leads),
  'space.members.list': rule(writers),
  'space.members.add': rule(leads),
  'space.members.remove': rule(leads),
  'post.list': rule(everyone),
  'post.read': rule(everyone),
  'post.create': rule(writers),
  'post.update': rule(leads, ['staff', 'member']),
  'post.delete': rule(team, ['member']),
  'comment.list': rule(everyone),
  'comment.read': rule(everyone),
  'comment.create': rule([...writers, 'client']),
  'comment.update': rule(leads, ['staff', 'member', 'client']),
  'comment.delete': rule(team, ['member', 'client']),
  'feed.read': rule(everyone),
} as const satisfies Readonly<Record<string, Rule>>;

/** Something one can do inside an organisation. */
export type Action = keyof typeof policy;

/** What guards a route: nobody need be signed in, anybody signed in, or an action inside an organisation. */
export type Permission = 'public' | 'account' | Action;

export const isAction = (permission: string): permission is Action => Object.hasOwn(policy, permission);

export const isPermission = (permission: unknown): permission is Permission =>
  typeof permission === 'string' &&
  (permission === 'public' || permission === 'account' || isAction(permission));

const ruleOf = (action: Action): Rule => policy[action];

/** Whether this role may call the operation at all: for everything, or for its own objects. */
export const mayCall = (role: Role, action: Action): boolean =>
  ruleOf(action).any.includes(role) || ruleOf(action).own.includes(role);

/** Whether this role may do it to an object that is, or is not, its own. */
export const mayDo = (role: Role, action: Action, isOwn: boolean): boolean =>
  ruleOf(action).any.includes(role) || (isOwn && ruleOf(action).own.includes(role));

/** Roles that may call it, strongest first. */
export const rolesFor = (permission: Permission): readonly Role[] =>
  isAction(permission) ? everyone.filter((role) => mayCall(role, permission)) : everyone;

/** Roles that may call it for their own objects only. */
export const ownOnlyRoles = (permission: Permission): readonly Role[] =>
  isAction(permission) ? ruleOf(permission).own : [];
