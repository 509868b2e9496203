import type {
  Attestation,
  HeaderList,
  JsonSchema,
  PermissionsLock,
  ProfileId,
  Waiver,
} from '@launch-ready/core';
import type { CustomLogin } from './custom-login.ts';
import type { SavedState } from './saved-state.ts';

/** How one account logs in, with its secrets already read from the environment. */
export type LoginMethod =
  | {
      readonly kind: 'password';
      readonly username: string;
      readonly password: string;
      /** Where to log in; found by itself when absent. */
      readonly at?: LoginRoute;
      /** Shared secret of the second factor, as base32. */
      readonly totp?: string;
    }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cookie'; readonly cookie: string }
  | OauthLogin
  /** Cookies and local storage that a browser kept. */
  | { readonly kind: 'saved'; readonly file: string; readonly state: SavedState }
  | { readonly kind: 'custom'; readonly login: CustomLogin }
  /** Headers that never change. */
  | { readonly kind: 'headers'; readonly headers: HeaderList }
  | EndpointLogin;

/** A token endpoint of OAuth 2 (RFC 6749 sections 4.3, 4.4 and 6). */
export interface OauthLogin {
  readonly kind: 'oauth';
  readonly grant: 'password' | 'client_credentials' | 'refresh_token';
  /** Found at well-known places when null. */
  readonly tokenUrl: string | null;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly refreshToken: string | null;
  readonly scope: string | null;
  readonly audience: string | null;
}

/** One request that logs in, spelled out, and where its answer has the token. */
export interface EndpointLogin {
  readonly kind: 'endpoint';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: { readonly text: string; readonly contentType: string } | null;
  /** Null: the answer's cookies are the credential. */
  readonly token: {
    readonly from: 'body' | 'header';
    /** JSON pointer, or the name of a header. */
    readonly selector: string;
    readonly sendName: string;
    /** `{token}` stands for the token. */
    readonly template: string;
  } | null;
  /** Whose login it is, when it says. */
  readonly username: string | null;
  /** Values that must not be recorded. */
  readonly secrets: readonly string[];
}

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

/**
 * What a browser would do at the provider of a single sign-on. Each function is given the address of its authorization
 * endpoint, signs in and agrees there, and gives the address that the provider sends the browser back to, unopened.
 */
export interface SignOnWalks {
  /** As an account of the provider that may sign in to the application. */
  readonly own: (authorizationUrl: string) => Promise<string>;
  /** As an account that claims this mail address without the provider having verified it. */
  readonly unverified?: (authorizationUrl: string, address: string) => Promise<string>;
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
  /** Tenants that are there for tests alone: one text of their settings may be changed and is put back. */
  readonly sentinels?: readonly string[];
  /** Roles from the strongest to the weakest, as named in the file. */
  readonly roles: readonly string[];
  /** Values that name a tenant in paths, headers and bodies (its id, its slug), for tenants that cannot be told by themselves. */
  readonly tenantIds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** URLs or paths of API documents; well-known places are tried when empty. */
  readonly openapi: readonly string[];
  /** HAR files with recorded traffic, absolute paths. */
  readonly har: readonly string[];
  /** Postman collections, absolute paths. */
  readonly postman: readonly string[];
  /** URLs or paths of GraphQL endpoints; usual places are tried when empty. */
  readonly graphql?: readonly string[];
  /** Where tRPC procedures are called, and those that no other source names. */
  readonly trpc?: {
    readonly url: string;
    readonly transformer: 'none' | 'superjson';
    readonly procedures: readonly {
      readonly path: string;
      readonly call: 'query' | 'mutation' | 'subscription';
      readonly input?: JsonSchema | undefined;
    }[];
  } | null;
  /** WebSockets and event streams that nothing else names, absolute; with frames to say first. */
  readonly live?: readonly {
    readonly kind: 'websocket' | 'events';
    readonly url: string;
    readonly hello: readonly string[];
  }[];
  /** Root of PostgREST, and tables that its document does not show. */
  readonly postgrest?: {
    readonly url: string;
    readonly tables: readonly {
      readonly name: string;
      readonly columns: Readonly<Record<string, JsonSchema>>;
      readonly required: readonly string[];
      readonly key: readonly string[];
      readonly methods: readonly string[];
    }[];
  } | null;
  /** Fixed request headers, such as an application id. Secrets among them come from the environment. */
  readonly headers: Readonly<Record<string, string>>;
  /** Further authorities (PEM) that certificates of the target may be signed by; with them, loopback is verified too. */
  readonly certificateAuthority?: string | null;
  /** Path of an answer that only a signed-in actor gets; found by itself when null. */
  readonly proof: string | null;
  /** Absolute path of the folder with the application's source code, which is read and never run; null when none is named. */
  readonly source?: string | null;
  /** File with the declared permission matrix, relative to the target file. */
  readonly permissions: PermissionTable | null;
  /** The matrix that somebody signed; null when there is none. */
  readonly permissionsLock: PermissionsLock | null;
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
    /** Makes one password reset of the application expire now. */
    readonly expireReset?:
      | ((reset: { readonly address: string; readonly token: string }) => Promise<void>)
      | null;
    /** Makes one invite of the application expire now. */
    readonly expireInvite?:
      | ((invite: { readonly address: string; readonly token: string }) => Promise<void>)
      | null;
    /** Sets the clock of the application so many seconds ahead; 0 puts it back. */
    readonly moveClock?: ((secondsAhead: number) => Promise<void>) | null;
  };
  /** Walks through a single sign-on at its provider with accounts of ours; null when nothing is known of one. */
  readonly sso?: SignOnWalks | null;
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
