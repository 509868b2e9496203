import type { HeaderList } from '@launch-ready/core';

const names = [
  'access_token',
  'accessToken',
  'access',
  'token',
  'jwt',
  'sessionToken',
  'session_token',
  'id_token',
  'idToken',
  'authToken',
  'auth_token',
  'apiToken',
  'bearer',
  'sessionId',
  'session_id',
];
const headerNames = [
  'authorization',
  'x-access-token',
  'x-auth-token',
  'x-session-token',
  'x-token',
  'set-auth-token',
];

/** A token in a login's answer, with the name it was found under. */
export interface FoundToken {
  readonly name: string;
  readonly token: string;
}

/** A value that says by itself that it is a token: `Bearer ...`, or a signed token. */
const selfEvident = /^(?:Bearer \S{8,}|eyJ[\w-]{8,}\.eyJ[\w-]{2,}\.[\w-]{16,})$/i;

/** Names of values that look the same but are not what requests carry. */
const otherPurpose = /refresh|id_?token|verif|reset|confirm|csrf|xsrf/i;

/**
 * Finds the token of a login: in the JSON body, nearest the top first, or in a response header; under no name that is known
 * only what is unmistakably a token.
 */
export function findToken(json: unknown, headers: HeaderList): FoundToken | null {
  let level: unknown[] = [json];
  for (let depth = 0; depth < 5 && level.length > 0; depth += 1) {
    const objects = level.filter(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    );
    for (const name of names) {
      for (const object of objects) {
        const value: unknown = Object.entries(object ?? {}).find(([key]) => key === name)?.[1];
        if (typeof value === 'string' && value.length >= 8 && !/\s/.test(value.replace(/^Bearer /i, ''))) {
          return { name, token: value.replace(/^Bearer /i, '') };
        }
      }
    }
    level = objects.flatMap((object) => Object.values(object ?? {}));
  }
  for (const name of headerNames) {
    const value = headers.find(([key]) => key === name)?.[1];
    if (value !== undefined && value.length >= 8) return { name, token: value.replace(/^Bearer /i, '') };
  }
  return unnamedToken(json);
}

function unnamedToken(json: unknown, depth = 0): FoundToken | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || depth > 4) return null;
  for (const [name, value] of Object.entries(json)) {
    if (typeof value === 'string' && selfEvident.test(value) && !otherPurpose.test(name))
      return { name, token: value.replace(/^Bearer /i, '') };
  }
  for (const value of Object.values(json)) {
    const found = unnamedToken(value, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** A CSRF token that a JSON answer hands out. */
export function findCsrfToken(json: unknown): string | null {
  if (typeof json !== 'object' || json === null) return null;
  for (const [name, value] of Object.entries(json)) {
    if (/^_?(csrf|xsrf)[-_]?(token)?$/i.test(name) && typeof value === 'string' && value.length >= 8)
      return value;
    if (name === 'data') {
      const inner = findCsrfToken(value);
      if (inner !== null) return inner;
    }
  }
  return null;
}

/** A refresh token in a login's answer, and where it travels. */
export interface FoundRefreshToken {
  readonly token: string;
  readonly place: 'body' | 'cookie';
  /** Name of the field or cookie. */
  readonly name: string;
}

/** Finds the refresh token of a login: in the JSON body, else among the cookies that were set. */
export function findRefreshToken(json: unknown, headers: HeaderList): FoundRefreshToken | null {
  let level: unknown[] = [json];
  for (let depth = 0; depth < 5 && level.length > 0; depth += 1) {
    const objects = level.filter(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    );
    for (const object of objects) {
      for (const [name, value] of Object.entries(object ?? {})) {
        if (/^refresh(_?token)?$/i.test(name) && typeof value === 'string' && value.length >= 8)
          return { token: value, place: 'body', name };
      }
    }
    level = objects.flatMap((object) => Object.values(object ?? {}));
  }
  for (const [name, value] of headers) {
    if (name !== 'set-cookie') continue;
    const [, cookie = '', token = ''] = /^([^=;]+)=([^;]*)/.exec(value) ?? [];
    if (/refresh/i.test(cookie) && token.length >= 8) return { token, place: 'cookie', name: cookie };
  }
  return null;
}
