import type { Attestation, ProfileId, Waiver } from '@launch-ready/core';

/** How one account logs in, with its secrets already read from the environment. */
export type LoginMethod =
  | {
      readonly kind: 'password';
      readonly username: string;
      readonly password: string;
      /** Where to log in; found by itself when absent. */
      readonly at?: LoginRoute;
    }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cookie'; readonly cookie: string };

export interface LoginRoute {
  readonly url: string;
  readonly format: 'json' | 'form';
  readonly usernameField: string;
  readonly passwordField: string;
}

export interface TargetActor {
  readonly id: string;
  readonly tenant: string;
  readonly role: string;
  readonly login: LoginMethod;
}

/** The application under review, as the target file says it. Everything else is discovered. */
export interface Target {
  readonly name: string;
  readonly profile: ProfileId;
  /** Named origins; `app` or `api` is where requests go. */
  readonly origins: Readonly<Record<string, string>>;
  /** Origin that serves the API: `api` when given, otherwise `app`. */
  readonly api: string;
  readonly app: string;
  readonly tenants: readonly string[];
  readonly actors: readonly TargetActor[];
  /** One account per tenant that tests may lock out or change. */
  readonly throwaways: Readonly<Record<string, TargetActor>>;
  /** Roles from the strongest to the weakest, as named in the file. */
  readonly roles: readonly string[];
  /** Values that name a tenant in paths, headers and bodies (its id, its slug), for tenants that cannot be told by themselves. */
  readonly tenantIds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** URLs or paths of API documents; well-known places are tried when empty. */
  readonly openapi: readonly string[];
  /** Fixed request headers, such as an application id. Secrets among them come from the environment. */
  readonly headers: Readonly<Record<string, string>>;
  /** Path of an answer that only a signed-in actor gets; found by itself when null. */
  readonly proof: string | null;
  /** File with the declared permission matrix, relative to the target file. */
  readonly permissions: PermissionTable | null;
  /** Folder of `.eml` files in which the application's mails arrive, and the domain of its addresses. */
  readonly mail: { readonly folder: string; readonly domain: string } | null;
  readonly allow: {
    /** Operations by id that are called although their name sounds dangerous. */
    readonly operations: readonly string[];
    /** Operations by id, or single words of paths, that are never called. */
    readonly never: readonly string[];
  };
  readonly hooks: {
    /** Makes the given session of the application expire now; for targets whose clock the owner controls. */
    readonly expireSession:
      | ((credential: {
          readonly actor: string;
          readonly headers: readonly (readonly [string, string])[];
        }) => Promise<void>)
      | null;
  };
  readonly waivers: readonly unknown[];
  readonly attestations: readonly Attestation[];
  readonly limits: {
    readonly requestsPerSecond: number;
    readonly maxRequests: number;
    readonly concurrency: number;
  };
  /** Folder of the target file; relative paths start here. */
  readonly folder: string;
}

/** Role names by operation id: who may. Roles that are not named may not. */
export interface PermissionTable {
  readonly source: string;
  readonly allowed: Readonly<Record<string, readonly string[]>>;
}

export type ParsedWaivers = { readonly valid: readonly Waiver[]; readonly expired: readonly string[] };
