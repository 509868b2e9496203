import type { JsonSchema, Operation } from '@launch-ready/core';
import { fillPath } from '../transport/path-template.ts';
import type { LoginRoute } from '../target/target.ts';

/** A place where a login may work, and how sure we are that it is one. */
export interface RouteCandidate {
  readonly route: LoginRoute;
  /** The document says that it takes a name and a password. */
  readonly declared: boolean;
}

const wellKnown = [
  '/api/auth/login',
  '/auth/login',
  '/api/login',
  '/login',
  '/api/users/login',
  '/api/auth/local',
  '/api/sessions',
  '/api/session',
  '/api/auth/sign-in/email',
  '/auth/sign-in/email',
  '/api/auth/signin',
  '/api/auth/sign-in',
  '/parse/login',
  '/api/v1/auth/login',
  '/api/v1/login',
  '/users/login',
  '/sessions',
  '/session',
  '/auth/user/emailpass',
  '/ghost/api/admin/session',
  '/rest/user/login',
  '/api/user/login',
  '/auth/signin',
  '/api/authenticate',
  '/signin',
];
const tokenForms = ['/token', '/api/token', '/auth/token', '/api/v1/login/access-token'];

const promising: readonly (readonly [RegExp, number])[] = [
  [/log-?_?in|sign-?_?in|emailpass/i, 4],
  [/sessions?\b|authenticate|auth\/local|\btoken\b|access-token/i, 2],
];
const otherPurpose =
  /log-?_?out|sign-?_?out|sign-?_?up|regist|reset|forgot|change|verif|confirm|refresh|revoke|otp|2fa|mfa|totp|passkey|webauthn|magic|social|callback|sso|saml|oauth2?\/|invite|anonymous|unlock|resend/i;
const usernameNames = [
  'email',
  'username',
  'identifier',
  'login',
  'emailOrUsername',
  'user',
  'user_name',
  'userName',
  'mail',
  'account',
  'name',
];
const passwordNames = ['password', 'passwd', 'pass', 'pwd', 'secret'];

/** Where a login may work, the likeliest first: what the documents say, then places where applications have it. */
export function loginRoutes(
  operations: readonly Operation[],
  origins: { readonly api: string; readonly app: string },
  username: string,
  pathValues: Readonly<Record<string, string>>,
): readonly RouteCandidate[] {
  const declared = operations
    .filter((operation) => operation.method === 'POST' && !otherPurpose.test(operation.path))
    .map((operation) => ({ operation, score: scoreOf(operation), fields: fieldsOf(operation) }))
    .filter(({ score, fields }) => score > 0 && fields !== null)
    .sort((a, b) => b.score - a.score || a.operation.path.length - b.operation.path.length)
    .flatMap(({ operation, fields }): RouteCandidate[] => {
      const path = fillPath(operation.path, pathValues);
      if (path === null || fields === null) return [];
      const format = /urlencoded|multipart/.test(operation.body?.contentType ?? '') ? 'form' : 'json';
      return [{ route: { url: `${operation.origin}${path}`, format, ...fields }, declared: true }];
    });
  const guessNames = username.includes('@')
    ? ['email', 'username', 'identifier']
    : ['username', 'identifier', 'login', 'email'];
  const origin = [...new Set([origins.api, origins.app])];
  const guessed = origin.flatMap((base) => [
    ...wellKnown.flatMap((path) =>
      guessNames.map((usernameField) =>
        guess(`${base}${path}`, 'json', path === '/api/auth/local' ? 'identifier' : usernameField),
      ),
    ),
    ...tokenForms.map((path) => guess(`${base}${path}`, 'form', 'username')),
  ]);
  return [
    ...declared,
    ...guessed.filter((candidate, index) => guessed.findIndex((other) => same(candidate, other)) === index),
  ];
}

const guess = (url: string, format: LoginRoute['format'], usernameField: string): RouteCandidate => ({
  route: { url, format, usernameField, passwordField: 'password' },
  declared: false,
});

const same = (a: RouteCandidate, b: RouteCandidate): boolean =>
  a.route.url === b.route.url &&
  a.route.format === b.route.format &&
  a.route.usernameField === b.route.usernameField;

function scoreOf(operation: Operation): number {
  const named = promising.reduce(
    (best, [pattern, score]) => (pattern.test(operation.path) ? Math.max(best, score) : best),
    0,
  );
  return named === 0 ? 0 : named + (operation.declaredAuth === 'public' ? 1 : 0);
}

/** Fields for name and password, at the top or one level below, as JSON pointers when below. */
function fieldsOf(operation: Operation): Pick<LoginRoute, 'usernameField' | 'passwordField'> | null {
  const schema = operation.body?.schema;
  const direct = fieldsIn(schema, '');
  if (direct) return direct;
  for (const [name, inner] of Object.entries(propertiesOf(schema))) {
    const nested = fieldsIn(asSchema(inner), `/${name}/`);
    if (nested) return nested;
  }
  return null;
}

function fieldsIn(
  schema: JsonSchema | undefined,
  prefix: string,
): Pick<LoginRoute, 'usernameField' | 'passwordField'> | null {
  const names = Object.keys(propertiesOf(schema));
  const usernameField = usernameNames.find((name) => names.includes(name));
  const passwordField = passwordNames.find((name) => names.includes(name));
  if (usernameField === undefined || passwordField === undefined) return null;
  return { usernameField: prefix + usernameField, passwordField: prefix + passwordField };
}

function propertiesOf(schema: JsonSchema | undefined): Readonly<Record<string, unknown>> {
  if (!schema) return {};
  const own = asSchema(schema['properties']) ?? {};
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => {
    const list = schema[key];
    return Array.isArray(list) ? list.map((item: unknown) => propertiesOf(asSchema(item))) : [];
  });
  return Object.assign({}, ...parts, own);
}

const asSchema = (value: unknown): JsonSchema | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
