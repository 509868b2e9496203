import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isLoopback } from '../transport/raw-url.ts';
import type { ParsedActorInput } from './actor-input.ts';
import type { EnvReference } from './env-reference.ts';
import { accountKey, loginMethod } from './login-method.ts';
import { authorityOf, permissionTable, sourceFolder } from './target-files.ts';
import { targetInput } from './target-input.ts';
import { readPermissionsLock } from './read-permissions-lock.ts';
import { TargetProblem } from './target-problem.ts';
import type { LoginMethod, Target, TargetActor } from './target.ts';
import { postgrestOf, trpcOf } from './wired-places.ts';

export interface ResolveSetting {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** Name of the file, for messages. */
  readonly file: string;
}

/** Nobody is disturbed on one's own machine; elsewhere others use the application too. */
const limitsOnLoopback = { requestsPerSecond: 200, maxRequests: 20_000, concurrency: 8 };
const limitsElsewhere = { requestsPerSecond: 5, maxRequests: 3000, concurrency: 4 };

/**
 * Checks what a target file says and reads its secrets from the environment.
 * @throws {TargetProblem} with one line that names the field
 */
export function resolveTarget(value: unknown, setting: ResolveSetting): Target {
  const parsed = targetInput.safeParse(value);
  const problem = (field: string, message: string): TargetProblem =>
    new TargetProblem(`${setting.file}: ${field}: ${message}`);
  if (!parsed.success) {
    const [first, ...more] = parsed.error.issues;
    const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw problem(first?.path.join('.') || 'the file', `${first?.message ?? 'cannot be used'}${rest}`);
  }
  const input = parsed.data;
  const read = (field: string, { env: name }: EnvReference): string => {
    const found = setting.env[name];
    if (found === undefined || found === '')
      throw problem(field, `the environment variable ${name} is not set`);
    return found;
  };

  const origins = Object.fromEntries(
    Object.entries(input.origins).map(([key, url]) => [key, new URL(url).origin]),
  );
  const app = origins['app'] ?? origins['api'] ?? '';
  const api = origins['api'] ?? app;
  const ownUrl = (field: string, place: string): URL => {
    const url = URL.canParse(place, api) ? new URL(place, api) : null;
    if (!url || !Object.values(origins).includes(url.origin))
      throw problem(field, 'must be a path, or a URL of one of the origins');
    return url;
  };
  const method = (field: string, actor: ParsedActorInput): LoginMethod =>
    loginMethod(field, actor, { folder: setting.folder, read, ownUrl, problem });

  const actors = Object.entries(input.tenants).flatMap(([tenant, roles]) =>
    Object.entries(roles).map(([role, actor]): TargetActor => ({
      id: `${tenant}.${role}`,
      tenant,
      role,
      login: method(`tenants.${tenant}.${role}`, actor),
    })),
  );
  const tenants = Object.keys(input.tenants);
  for (const field of ['throwaways', 'tenantIds'] as const) {
    const unknown = Object.keys(input[field]).find((tenant) => !tenants.includes(tenant));
    if (unknown !== undefined) throw problem(`${field}.${unknown}`, `there is no tenant ${unknown}`);
  }
  for (const tenant of input.sentinels)
    if (!tenants.includes(tenant)) throw problem('sentinels', `there is no tenant ${tenant}`);
  const throwaways = Object.fromEntries(
    Object.entries(input.throwaways).map(([tenant, actor]): [string, TargetActor] => [
      tenant,
      { id: `${tenant}.throwaway`, tenant, role: 'throwaway', login: method(`throwaways.${tenant}`, actor) },
    ]),
  );
  const filesOf = (field: string, files: readonly string[]): readonly string[] =>
    files.map((file) => {
      const path = resolve(setting.folder, file);
      if (!existsSync(path)) throw problem(field, `${file} does not exist`);
      return path;
    });
  const openapi = [input.openapi].flat().map((place) => {
    // A document beside the target file; everything else is a place of the target.
    const path = resolve(setting.folder, place);
    if (!/^(https?:|\/)/i.test(place) && existsSync(path)) return pathToFileURL(path).href;
    ownUrl('openapi', place);
    return place;
  });
  refuseSharedAccounts([...actors, ...Object.values(throwaways)], problem);

  const seenRoles = [...new Set(actors.map(({ role }) => role))];
  const missing = seenRoles.find((role) => input.roles && !input.roles.includes(role));
  if (missing !== undefined) throw problem('roles', `${missing} is a role of an actor and is not listed`);
  const defaults = Object.values(origins).every((origin) =>
    isLoopback(new URL(origin).hostname.replace(/^\[|\]$/g, '')),
  )
    ? limitsOnLoopback
    : limitsElsewhere;
  return {
    name: input.name,
    profile: input.profile ?? 'b2b-community',
    origins,
    app,
    api,
    tenants,
    actors,
    throwaways,
    sentinels: input.sentinels,
    roles: input.roles ?? seenRoles,
    tenantIds: Object.fromEntries(
      Object.entries(input.tenantIds).map(([tenant, ids]) => [
        tenant,
        Object.fromEntries(Object.entries(ids).map(([slot, id]) => [slot, String(id)])),
      ]),
    ),
    openapi,
    graphql: [input.graphql].flat().map((place) => ownUrl('graphql', place).href),
    trpc: trpcOf(input.trpc, ownUrl),
    postgrest: postgrestOf(input.postgrest, ownUrl),
    live: input.live.map(({ kind, url, hello }) => ({
      kind,
      url: ownUrl('live', url).href.replaceAll('%7B', '{').replaceAll('%7D', '}'),
      hello,
    })),
    certificateAuthority: authorityOf(input.certificateAuthority, setting, problem),
    har: filesOf('har', [input.har].flat()),
    postman: filesOf('postman', [input.postman].flat()),
    headers: Object.fromEntries(
      Object.entries(input.headers).map(([name, given]) => [
        name,
        typeof given === 'string' ? given : read(`headers.${name}`, given),
      ]),
    ),
    proof: input.proof ?? null,
    source: sourceFolder(input.source, setting, problem),
    permissions: permissionTable(input.permissions, setting, problem),
    permissionsLock: readPermissionsLock(input.permissionsLock, setting.folder, (message) =>
      problem('permissionsLock', message),
    ),
    mail: input.mail
      ? { folder: resolve(setting.folder, input.mail.folder), domain: input.mail.domain }
      : null,
    allow: input.allow,
    hooks: {
      expireSession: input.hooks.expireSession ?? null,
      expireReset: input.hooks.expireReset ?? null,
      expireInvite: input.hooks.expireInvite ?? null,
      moveClock: input.hooks.moveClock ?? null,
    },
    sso: input.sso
      ? { own: input.sso.own, ...(input.sso.unverified ? { unverified: input.sso.unverified } : {}) }
      : null,
    waivers: input.waivers,
    attestations: input.attestations,
    limits: {
      requestsPerSecond: input.limits.requestsPerSecond ?? defaults.requestsPerSecond,
      maxRequests: input.limits.maxRequests ?? defaults.maxRequests,
      concurrency: input.limits.concurrency ?? defaults.concurrency,
    },
    folder: setting.folder,
  };
}

function refuseSharedAccounts(
  actors: readonly TargetActor[],
  problem: (field: string, message: string) => TargetProblem,
): void {
  const owners = new Map<string, string>();
  for (const { id, login } of actors) {
    const account = accountKey(login);
    if (account === null) continue;
    const other = owners.get(`${login.kind} ${account}`);
    if (other !== undefined)
      throw problem(
        'tenants',
        `${other} and ${id} are the same account; give each actor an account of its own`,
      );
    owners.set(`${login.kind} ${account}`, id);
  }
}
