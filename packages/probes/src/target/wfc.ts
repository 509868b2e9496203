import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';
import type { EndpointLogin, LoginMethod } from './target.ts';

const header = z.object({ name: z.string().min(1), value: z.coerce.string() });
const endpoint = z.object({
  endpoint: z.string().optional(),
  externalEndpointURL: z.string().optional(),
  verb: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  contentType: z.string().optional(),
  headers: z.array(header).optional(),
  payloadRaw: z.string().optional(),
  payloadUserPwd: z
    .object({
      username: z.coerce.string(),
      password: z.coerce.string(),
      usernameField: z.string(),
      passwordField: z.string(),
    })
    .partial()
    .optional(),
  token: z
    .object({
      // As the first versions of the format had it.
      extractFromField: z.string(),
      httpHeaderName: z.string(),
      headerPrefix: z.string(),
      // As the later ones have it.
      extractFrom: z.enum(['body', 'header']),
      extractSelector: z.string(),
      sendIn: z.string(),
      sendName: z.string(),
      sendTemplate: z.string(),
    })
    .partial()
    .optional(),
  expectCookies: z.boolean().optional(),
});
const entry = z.object({
  name: z.string().optional(),
  fixedHeaders: z.array(header).optional(),
  loginEndpointAuth: endpoint.optional(),
});
const wfcFile = z.object({
  auth: z.array(entry.extend({ name: z.coerce.string() })).min(1),
  authTemplate: entry.optional(),
});
type Endpoint = z.infer<typeof endpoint>;

/**
 * One account of a Web Fuzzing Commons authentication file (YAML or JSON), with the file's template applied.
 * @param ownUrl makes a place absolute, and throws when it is not the target's
 * @returns how it logs in, or in one line why it cannot
 */
export function readWfc(path: string, user: string, ownUrl: (place: string) => string): LoginMethod | string {
  let file: z.infer<typeof wfcFile>;
  try {
    file = wfcFile.parse(parseYaml(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [issue] = error.issues;
      return `is not a Web Fuzzing Commons authentication file: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    }
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? 'does not exist' : 'is not YAML';
  }
  const found = file.auth.find(({ name }) => name === user);
  if (!found) return `has no user ${user}; it has ${file.auth.map(({ name }) => name).join(', ')}`;
  const fixed = (found.fixedHeaders ?? file.authTemplate?.fixedHeaders ?? []).map(
    ({ name, value }): [string, string] => [name.toLowerCase(), value],
  );
  const template = file.authTemplate?.loginEndpointAuth;
  const own = found.loginEndpointAuth;
  if (!own && (!template || fixed.length > 0)) {
    return fixed.length > 0
      ? { kind: 'headers', headers: fixed }
      : `says neither fixedHeaders nor loginEndpointAuth for ${user}`;
  }
  return endpointLogin(merged(own ?? {}, template ?? {}), ownUrl);
}

const merged = (own: Endpoint, template: Endpoint): Endpoint => ({
  ...template,
  ...own,
  payloadUserPwd: { ...template.payloadUserPwd, ...own.payloadUserPwd },
  token: own.token ?? template.token,
});

function endpointLogin(login: Endpoint, ownUrl: (place: string) => string): EndpointLogin | string {
  const place = login.externalEndpointURL ?? login.endpoint;
  if (place === undefined) return 'names no endpoint';
  const { username, password, usernameField, passwordField } = login.payloadUserPwd ?? {};
  const contentType = login.contentType ?? 'application/json';
  let text = login.payloadRaw;
  if (username !== undefined && password !== undefined) {
    if (usernameField === undefined || passwordField === undefined)
      return 'needs usernameField and passwordField in payloadUserPwd';
    const fields = { [usernameField]: username, [passwordField]: password };
    text = /urlencoded/i.test(contentType) ? new URLSearchParams(fields).toString() : JSON.stringify(fields);
  }
  const headers = (login.headers ?? []).map(({ name, value }): [string, string] => [
    name.toLowerCase(),
    value,
  ]);
  const token = login.expectCookies === true || !login.token ? null : tokenOf(login.token);
  if (typeof token === 'string') return token;
  if (token === null && login.expectCookies !== true && login.token === undefined)
    return 'says neither token nor expectCookies: true';
  return {
    kind: 'endpoint',
    method: login.verb ?? 'POST',
    url: ownUrl(place),
    headers,
    body: text === undefined ? null : { text, contentType },
    token,
    username: username ?? null,
    secrets: [password, ...headers.map(([, value]) => value), ...secretsIn(login.payloadRaw)].filter(
      (value) => value !== undefined,
    ),
  };
}

function tokenOf(token: NonNullable<Endpoint['token']>): EndpointLogin['token'] | string {
  const selector = token.extractSelector ?? token.extractFromField;
  if (selector === undefined) return 'does not say where the token is (extractSelector)';
  if (token.sendIn !== undefined && token.sendIn !== 'header')
    return `sends the token in ${token.sendIn}; only header is supported`;
  const template = token.sendTemplate ?? `${token.headerPrefix ?? ''}{token}`;
  const from = token.extractFrom ?? 'body';
  return {
    from,
    selector: from === 'header' ? selector.toLowerCase() : selector,
    sendName: (token.sendName ?? token.httpHeaderName ?? 'authorization').toLowerCase(),
    template: template.includes('{token}') ? template : `${template}{token}`,
  };
}

/** Values of a raw payload whose field names sound secret. */
function secretsIn(payload: string | undefined): readonly string[] {
  if (payload === undefined) return [];
  return [...payload.matchAll(/(?:pass\w*|pwd|secret|token|pin|key)"?\s*[:=]\s*"?([^"&,}\s]+)/gi)].map(
    (match) => match[1] ?? '',
  );
}
