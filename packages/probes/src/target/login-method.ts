import { resolve } from 'node:path';
import type { ParsedActorInput } from './actor-input.ts';
import type { EnvReference } from './env-reference.ts';
import { readSavedState } from './saved-state.ts';
import type { TargetProblem } from './target-problem.ts';
import type { LoginMethod } from './target.ts';
import { totpSecret } from './totp-secret.ts';
import { readWfc } from './wfc.ts';

export interface LoginMethodSetting {
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** @throws {TargetProblem} the variable is not set */
  readonly read: (field: string, reference: EnvReference) => string;
  /** @throws {TargetProblem} it is not within the origins */
  readonly ownUrl: (field: string, place: string) => URL;
  readonly problem: (field: string, message: string) => TargetProblem;
}

/**
 * How one account logs in, with its secrets read.
 * @throws {TargetProblem} with one line that names the field
 */
export function loginMethod(
  field: string,
  actor: ParsedActorInput,
  setting: LoginMethodSetting,
): LoginMethod {
  const { read, ownUrl, problem } = setting;
  const text = (name: string, value: string | EnvReference): string =>
    typeof value === 'string' ? value : read(`${field}.${name}`, value);
  if ('bearer' in actor) return { kind: 'bearer', token: read(`${field}.bearer`, actor.bearer) };
  if ('cookie' in actor) return { kind: 'cookie', cookie: read(`${field}.cookie`, actor.cookie) };
  if ('custom' in actor) return { kind: 'custom', login: actor.custom };
  if ('wfc' in actor) {
    const found = readWfc(
      resolve(setting.folder, actor.wfc),
      actor.user,
      (place) => ownUrl(`${field}.wfc`, place).href,
    );
    if (typeof found === 'string') throw problem(`${field}.wfc`, `${actor.wfc} ${found}`);
    return found;
  }
  if ('storageState' in actor) {
    const file = resolve(setting.folder, text('storageState', actor.storageState));
    const state = readSavedState(file);
    if (typeof state === 'string') throw problem(`${field}.storageState`, `the file ${state}`);
    return { kind: 'saved', file, state };
  }
  if ('oauth' in actor) {
    const { oauth } = actor;
    const optional = (name: keyof typeof oauth): string | null => {
      const value = oauth[name];
      return value === undefined ? null : text(`oauth.${name}`, value);
    };
    const grant =
      oauth.refreshToken !== undefined
        ? 'refresh_token'
        : oauth.username !== undefined
          ? 'password'
          : 'client_credentials';
    if (grant === 'password' && oauth.password === undefined)
      throw problem(`${field}.oauth.password`, 'is needed with a username');
    if (grant === 'client_credentials' && (oauth.clientId === undefined || oauth.clientSecret === undefined))
      throw problem(
        `${field}.oauth`,
        'needs username and password, a refreshToken, or clientId and clientSecret',
      );
    return {
      kind: 'oauth',
      grant,
      tokenUrl: oauth.tokenUrl === undefined ? null : ownUrl(`${field}.oauth.tokenUrl`, oauth.tokenUrl).href,
      clientId: optional('clientId'),
      clientSecret: optional('clientSecret'),
      username: optional('username'),
      password: optional('password'),
      refreshToken: optional('refreshToken'),
      scope: oauth.scope ?? null,
      audience: oauth.audience ?? null,
    };
  }
  const username = text('username', actor.username);
  const password = read(`${field}.password`, actor.password);
  const totp = actor.totp === undefined ? null : totpSecret(read(`${field}.totp`, actor.totp));
  if (actor.totp !== undefined && totp === null)
    throw problem(`${field}.totp`, 'must hold a base32 secret or an otpauth: address of kind totp');
  const second = totp === null ? {} : { totp };
  if (actor.url === undefined) {
    if (actor.format ?? actor.usernameField ?? actor.passwordField)
      throw problem(`${field}.url`, 'is needed with format or field names');
    return { kind: 'password', username, password, ...second };
  }
  const at = {
    url: ownUrl(`${field}.url`, actor.url).href,
    format: actor.format ?? 'json',
    usernameField: actor.usernameField ?? (username.includes('@') ? 'email' : 'username'),
    passwordField: actor.passwordField ?? 'password',
  } as const;
  return { kind: 'password', username, password, at, ...second };
}

/** What tells two accounts apart; null when the method does not say whose account it is. */
export function accountKey(login: LoginMethod): string | null {
  if (login.kind === 'password') return login.username.toLowerCase();
  if (login.kind === 'bearer') return login.token;
  if (login.kind === 'cookie') return login.cookie;
  if (login.kind === 'saved') return login.file;
  if (login.kind === 'headers') return JSON.stringify(login.headers);
  if (login.kind === 'endpoint') return JSON.stringify([login.url, login.headers, login.body]);
  if (login.kind === 'oauth') {
    const { username, refreshToken, clientId } = login;
    return username?.toLowerCase() ?? refreshToken ?? clientId;
  }
  return null;
}
