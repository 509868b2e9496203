import type { ActorInput, LoginInput, OauthInput } from './actor-input.ts';
import type { CustomLogin } from './custom-login.ts';
import type { EnvReference } from './env-reference.ts';
import type { TargetInput } from './target-input.ts';

/**
 * Describes the application under review. Only gives the object its type; it is checked when it is loaded.
 *
 * @example
 * export default defineTarget({
 *   name: 'Acme', profile: 'b2b-community', origins: { app: 'http://127.0.0.1:3000' },
 *   tenants: { north: { admin: login('ada@north.test', env('NORTH_ADMIN')) }, ... },
 * });
 */
export const defineTarget = (target: TargetInput): TargetInput => target;

/** Names an environment variable; its value is read when the review starts and never written anywhere. */
export const env = (name: string): EnvReference => ({ env: name });

/** An account that logs in with a password. Where and how is found by itself, unless `options` say it. */
export const login = (
  username: string | EnvReference,
  password: EnvReference,
  options: LoginInput = {},
): ActorInput => ({
  username,
  password,
  ...options,
});

/** An account that shows a ready-made token in `Authorization: Bearer`. */
export const bearer = (token: EnvReference): ActorInput => ({ bearer: token });

/** An account that shows ready-made cookies, as in a `Cookie` header. */
export const cookie = (cookies: EnvReference): ActorInput => ({ cookie: cookies });

/**
 * An account that asks an OAuth 2 token endpoint: with `username` and `password` by the password grant, with a
 * `refreshToken` by that, and otherwise with the client's own credentials.
 */
export const oauth = (options: OauthInput): ActorInput => ({ oauth: options });

/** An account whose session a browser kept: a Playwright `storageState` file. */
export const savedState = (file: string | EnvReference): ActorInput => ({ storageState: file });

/** An account that a function of yours logs in. */
export const custom = (logIn: CustomLogin): ActorInput => ({ custom: logIn });

/** An account of a Web Fuzzing Commons authentication file, by its name there. */
export const wfc = (file: string, user: string): ActorInput => ({ wfc: file, user });
