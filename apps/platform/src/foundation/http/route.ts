import * as z from 'zod';
import type { Entered, Tx } from '../database/database.ts';
import type { Draw } from '../limits/limiter.ts';
import { type Permission, isPermission } from '../policy/policy.ts';
import type { Role } from '../policy/roles.ts';
import type { Services } from '../services.ts';
import { type RouteLimit, isRouteLimit } from './route-limits.ts';

const routeMethods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
type RouteMethod = (typeof routeMethods)[number];

/** What every handler gets. */
export interface PublicCall {
  readonly services: Services;
  readonly address: string;
  readonly userAgent: string;
  readonly sessionHash: string | null;
  /** Adds a Set-Cookie line to the answer. */
  readonly setCookie: (line: string) => void;
  /** Refuses with 429 when one of these is used up. */
  readonly limit: (draws: readonly Draw[]) => Promise<void>;
}

/** A call of somebody who is signed in. */
export interface AccountCall extends PublicCall {
  readonly sessionHash: string;
  readonly person: Omit<Entered, 'tenant'>;
}

/** A call inside an organisation, by one of its members, in a transaction that sees this organisation only. */
interface OrganisationCall extends AccountCall {
  readonly tx: Tx;
  readonly tenantId: string;
  readonly slug: string;
  readonly role: Role;
}

type CallFor<P extends Permission> = P extends 'public'
  ? PublicCall
  : P extends 'account'
    ? AccountCall
    : OrganisationCall;

export interface RouteSpec<
  P extends Permission,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
> {
  readonly method: RouteMethod;
  /** Path with `:names`. Routes guarded by an action have `:org` in it. */
  readonly path: string;
  readonly permission: P;
  readonly limit: RouteLimit;
  readonly summary: string;
  readonly tag: string;
  readonly params: Params;
  readonly query: Query;
  /** Absent exactly when the method has none. */
  readonly body?: Body;
  readonly status: 200 | 201 | 202 | 204;
  readonly reply: Reply;
  readonly handle: (
    call: CallFor<P>,
    input: {
      readonly params: z.output<Params>;
      readonly query: z.output<Query>;
      readonly body: z.output<Body>;
    },
  ) => Promise<z.input<Reply>>;
}

/** A route that passed the rules, ready to be registered. */
export interface Route {
  readonly method: RouteMethod;
  readonly path: string;
  readonly permission: Permission;
  readonly limit: RouteLimit;
  readonly summary: string;
  readonly tag: string;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType | undefined;
  readonly status: number;
  readonly reply: z.ZodType;
  /** Runs the handler with input that was validated against the schemas above. */
  readonly run: (call: PublicCall | AccountCall | OrganisationCall, input: unknown) => Promise<unknown>;
}

/** A route that must not exist as it is written. */
export class RouteError extends Error {
  override readonly name = 'RouteError';
}

/** The schema of nothing: for routes without parameters, query or input. */
export const nothing = z.strictObject({});

/** The reply of an answer without body. */
export const noContent = z.void();

/**
 * Declares a route. Nothing can be served that does not say who may, how often, and what goes in and out.
 *
 * @throws RouteError at start when one of these is missing.
 */
export const route = <
  P extends Permission,
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
>(
  spec: RouteSpec<P, Params, Query, Body, Reply>,
): Route => {
  refuseIncomplete(spec);
  return {
    method: spec.method,
    path: spec.path,
    permission: spec.permission,
    limit: spec.limit,
    summary: spec.summary,
    tag: spec.tag,
    params: spec.params,
    query: spec.query,
    body: spec.body,
    status: spec.status,
    reply: spec.reply,
    // The server made the call from this route's permission and the input from its schemas: the boundary where types begin.
    run: (call, input) => spec.handle(call as CallFor<P>, input as Parameters<typeof spec.handle>[1]),
  };
};

/** The rules in a form that holds for code that types do not reach. */
const refuseIncomplete = (spec: {
  readonly method?: unknown;
  readonly path?: unknown;
  readonly permission?: unknown;
  readonly limit?: unknown;
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly reply?: unknown;
}): void => {
  const name = `${String(spec.method)} ${String(spec.path)}`;
  const refuse = (reason: string): never => {
    throw new RouteError(`${name}: ${reason}`);
  };
  if (!isPermission(spec.permission)) return refuse('names no permission of the policy');
  if (!isRouteLimit(spec.limit)) return refuse('names no limit');
  for (const part of ['params', 'query', 'reply'] as const) {
    if (!(spec[part] instanceof z.ZodType)) return refuse(`has no schema for ${part}`);
  }
  const takesBody = spec.method === 'POST' || spec.method === 'PATCH' || spec.method === 'PUT';
  if (takesBody !== spec.body instanceof z.ZodType)
    return refuse(takesBody ? 'has no schema for its body' : 'takes a body');
  const inOrganisation = typeof spec.path === 'string' && spec.path.includes('/:org');
  const guardedByAction = spec.permission !== 'public' && spec.permission !== 'account';
  if (inOrganisation !== guardedByAction)
    return refuse('an action of the policy and :org in the path go together');
};
