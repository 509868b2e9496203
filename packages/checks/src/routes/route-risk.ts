import type { Gathered } from '@launch-ready/core';

export type SourceRoute = Gathered<'sourceRoutes'>['routes'][number];

/** What an attacker looks for first, by the words of a path. */
const risks: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['login', /log-?in|sign-?in|sessions?$|authenticate/i],
  ['signup', /sign-?up|register|registration/i],
  ['invite acceptance', /(invit\w*|join).*accept|accept.*invit/i],
  ['password reset', /password|forgot|reset/i],
  ['member removal', /member|membership/i],
  ['billing', /billing|subscription|payment|invoice|checkout|plan/i],
  ['admin', /admin|impersonat/i],
  ['webhook setup', /webhook/i],
  ['export', /export|download|backup|dump/i],
  ['post', /posts?($|\/|\.)/i],
];

/** The kind of high risk that a route is, or null. */
export const riskOf = ({ path }: Pick<SourceRoute, 'path'>): string | null =>
  risks.find(([, pattern]) => pattern.test(path))?.[0] ?? null;

/** Ways in: strangers must be able to reach them. */
const wayIn =
  /(^|[/._-])(log-?in|sign-?in|sign-?up|register|registration|forgot\w*|reset\w*|recover\w*|verify\w*|verification|confirm\w*|activate|refresh\w*|oauth2?|openid|sso|saml|callback|authorize|token|csrf\w*|log-?out|sign-?out|magic-?link|otp|session|sessions|unsubscribe|accept\w*)($|[/._-])|nextauth/i;
const aboutAccounts = /auth|account|user|session|password|email|invit|sso|saml|oauth|log-?in|sign-?(in|up)/i;
/** Signs of life, descriptions, and receivers of calls that carry a signature. */
const forEverybody =
  /^\/(api\/)?(v\d+\/)?(health\w*|livez|readyz|ping|status|metrics|version|openapi[\w.]*|swagger[\w-]*|api-?docs?|docs?|favicon[\w.]*|robots\.txt|sitemap[\w.]*|contact|newsletter|waitlist|(web)?hooks?\/[\w-]+)(\/|$)/i;
const privateRead =
  /(^|[/._-])(me|my|account|profile|settings|preferences|admin|billing|invoices?|payments?|orders?|subscriptions?|export|download|members?|users?|customers?|clients?|messages?|notifications?|conversations?|documents?|files?|projects?|tasks?|tickets?|reports?|audit|logs?|webhooks?|api-?keys?|secrets?|tokens?|orgs?|organi[sz]ations?|tenants?|teams?|workspaces?)($|[/._-])/i;

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether strangers may reach it by its nature, such as the login. */
const isOpenByNature = ({ path, method }: Pick<SourceRoute, 'path' | 'method'>): boolean => {
  if (/admin/i.test(path) || !(reads.has(method) || method === 'POST' || method === 'ANY')) return false;
  if (forEverybody.test(path)) return true;
  if (method === 'POST' && /(^|\/)(users|accounts)$/i.test(path)) return true;
  return wayIn.test(path) && (aboutAccounts.test(path) || !path.includes('{'));
};

/** Whether a route changes something, or reads what looks private, and is not open by its nature. */
export const isSensitive = (route: SourceRoute): boolean =>
  route.method !== 'HEAD' &&
  route.method !== 'OPTIONS' &&
  !isOpenByNature(route) &&
  (!reads.has(route.method) || route.takesId || privateRead.test(route.path));

/** What was left out of an API description on purpose. */
export const isPlumbing = ({ path, method, problems }: SourceRoute): boolean =>
  path === '/' ||
  method === 'HEAD' ||
  method === 'OPTIONS' ||
  method === 'ANY' ||
  problems.some((problem) => problem.startsWith('takes any path')) ||
  /(^|\/)(health\w*|livez|readyz|ping|status|metrics|version|openapi[\w.-]*|swagger[\w./-]*|api-?docs?|docs?|redoc|favicon[\w.]*|robots\.txt|sitemap[\w.]*|static|assets|public|uploads?|_next|trpc)($|\/)/i.test(
    path,
  );

/** Places where the reader lost a route, a prefix or a file, so that the list of routes has holes. */
export const holesOf = (problems: readonly string[]): readonly string[] =>
  problems.filter((problem) =>
    /cannot be (worked out|followed)|not followed|cannot be parsed|cannot be read|too large|only the first/.test(
      problem,
    ),
  );

/** `GET /a (src/a.ts:3)`. */
export const nameRoute = ({ method, path, file, line }: SourceRoute): string =>
  `${method} ${path} (${file}:${line})`;

/** At most eight names, and how many more. */
export const nameRoutes = (routes: readonly SourceRoute[]): string => {
  const named = routes.slice(0, 8).map(nameRoute).join(', ');
  return routes.length > 8 ? `${named} and ${routes.length - 8} more` : named;
};
