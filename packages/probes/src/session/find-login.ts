import type { ExchangeId, Operation } from '@launch-ready/core';
import type { LoginRoute } from '../target/target.ts';
import { attemptLogin, findCsrfPlace } from './attempt-login.ts';
import type { AttemptContext, Given, LoginWay } from './login-attempt.ts';
import { loginRoutes } from './login-routes.ts';
import type { Credential } from './sessions.ts';

/** How the search for a login ended. */
export type FoundLogin<Proven> =
  | {
      readonly kind: 'in';
      readonly way: LoginWay;
      readonly proven: Proven;
      readonly given: Given;
      readonly exchanges: readonly ExchangeId[];
    }
  | { readonly kind: 'refused'; readonly because: string; readonly exchanges: readonly ExchangeId[] };

const formPages = [
  '/login',
  '/signin',
  '/sign-in',
  '/auth/login',
  '/users/sign_in',
  '/accounts/login/',
  '/admin/login',
  '/',
];

/**
 * Looks for the login of an application with one account: where the target file says, where its documents say, at places
 * where applications have it, and in a page's form. A route that is surely the login and refuses ends the search, so that a
 * wrong password is counted against the account once.
 */
export async function findLogin<Proven>(
  context: AttemptContext,
  options: {
    readonly given: LoginRoute | null;
    readonly operations: readonly Operation[];
    readonly pathValues: Readonly<Record<string, string>>;
    /** Proves one of the credentials, or says null. */
    prove(credentials: readonly Credential[]): Promise<Proven | null>;
  },
): Promise<FoundLogin<Proven>> {
  const { target, username } = context;
  const exchanges: ExchangeId[] = [];
  const candidates = options.given
    ? [{ route: options.given, declared: true }]
    : loginRoutes(options.operations, target, username, options.pathValues);
  const nothingAt = new Set<string>();
  const guards = new Map<string, boolean>();
  let refusal: string | null = null;
  let broken: string | null = null;
  let refusedByDocument = false;
  let csrf: Promise<string | null> | null = null;

  for (const [index, { route, declared }] of candidates.entries()) {
    if (nothingAt.has(route.url)) continue;
    // A document's own login that refuses settles it; guesses would only count against the account.
    if (!declared && refusedByDocument) break;
    const tried = await tryRoute(route);
    if (tried.kind === 'in') return tried;
    if (tried.kind === 'refused' && tried.status >= 500)
      broken ??= `POST ${new URL(route.url).pathname} answers ${tried.status}`;
    if (tried.kind === 'nothing-here' || (!declared && (await refusesAnything(route.url, tried.status)))) {
      nothingAt.add(route.url);
      continue;
    }
    refusal ??= `POST ${new URL(route.url).pathname} refused the login of ${username}: ${tried.because}`;
    const malformed = tried.status === 400 || tried.status === 422;
    if (declared && !malformed) refusedByDocument = true;
    // Lock-outs only get worse by trying on.
    if (tried.status === 429 || tried.status === 423) return { kind: 'refused', because: refusal, exchanges };
    const otherNames = candidates.slice(index + 1).some((other) => other.route.url === route.url);
    if (!declared && !malformed && !otherNames) break;
  }
  if (options.given === null && !refusedByDocument) {
    for (const base of new Set([target.app, target.api])) {
      for (const page of formPages) {
        const way: LoginWay = { kind: 'page', url: `${base}${page}` };
        const attempt = await attemptLogin(context, way);
        exchanges.push(...attempt.exchanges);
        if (attempt.kind === 'nothing-here') continue;
        if (attempt.kind === 'maybe') {
          const proven = await options.prove(attempt.credentials);
          if (proven !== null) return { kind: 'in', way, proven, given: attempt.given, exchanges };
        }
        const because = refusal ?? `the form at ${page} did not log ${username} in`;
        return { kind: 'refused', because, exchanges };
      }
    }
  }
  const hint = 'say where it is with login(name, env(...), { url })';
  const because =
    refusal ??
    (broken === null ? `no login was found; ${hint}` : `no login works, ${broken}; mend it, or ${hint}`);
  return { kind: 'refused', because, exchanges };

  async function tryRoute(
    route: LoginRoute,
  ): Promise<
    | Extract<FoundLogin<Proven>, { kind: 'in' }>
    | { kind: 'nothing-here' }
    | { kind: 'refused'; status: number; because: string }
  > {
    let way: LoginWay = { kind: 'route', route, csrfFrom: null };
    let attempt = await attemptLogin(context, way);
    exchanges.push(...attempt.exchanges);
    if (attempt.kind === 'refused' && [400, 403, 419].includes(attempt.status)) {
      const csrfFrom = await csrfPlace(new URL(route.url).origin);
      if (csrfFrom !== null) {
        way = { kind: 'route', route, csrfFrom };
        attempt = await attemptLogin(context, way);
        exchanges.push(...attempt.exchanges);
      }
    }
    // What a form sends beside name and password (a hidden token) stands in its page only.
    if (attempt.kind === 'refused' && route.format === 'form' && ![423, 429].includes(attempt.status)) {
      const page: LoginWay = { kind: 'page', url: route.url };
      const filled = await attemptLogin(context, page);
      exchanges.push(...filled.exchanges);
      if (filled.kind !== 'nothing-here') [way, attempt] = [page, filled];
    }
    if (attempt.kind === 'nothing-here') return { kind: 'nothing-here' };
    if (attempt.kind === 'refused')
      return { kind: 'refused', status: attempt.status, because: attempt.because };
    const proven = await options.prove(attempt.credentials);
    if (proven !== null) return { kind: 'in', way, proven, given: attempt.given, exchanges };
    return {
      kind: 'refused',
      status: 200,
      because: 'no answer differs from what nobody gets with what it gave',
    };
  }

  /** Whether a path that cannot exist is refused in the same way: then the refusal says nothing about a login. */
  async function refusesAnything(url: string, status: number): Promise<boolean> {
    const parent = url.slice(0, url.lastIndexOf('/'));
    const known = guards.get(`${parent} ${status}`);
    if (known !== undefined) return known;
    const route: LoginRoute = {
      url: `${parent}/lr-no-such-route`,
      format: 'json',
      usernameField: 'email',
      passwordField: 'password',
    };
    const attempt = await attemptLogin(
      { ...context, username: 'nobody@launch-ready.invalid', password: 'not-a-password-1', codes: null },
      {
        kind: 'route',
        route,
        csrfFrom: null,
      },
    );
    exchanges.push(...attempt.exchanges);
    const same = attempt.kind === 'maybe' || (attempt.kind === 'refused' && attempt.status === status);
    guards.set(`${parent} ${status}`, same);
    return same;
  }

  function csrfPlace(base: string): Promise<string | null> {
    return (csrf ??= findCsrfPlace(context, base));
  }
}
