import { defineCheck, type Gathered } from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeSuspicion, type Tried } from './judge-suspicion.ts';
import { isSensitive, nameRoute } from './route-risk.ts';

/** Every sensitive route of the source is guarded on the server. */
export const serverGuard = defineCheck({
  id: 'routes/server-guard',
  title: 'Every sensitive route in the source is guarded on the server',
  failureTitle: 'A sensitive route in the source is open to anybody',
  criterion:
    'Every route in the source that changes something, or reads what looks private, shows a guard before its handler or in it, or refused a request without a credential when it was tried; none was seen to be open.',
  requirements: ['CK-ROUTES', 'SC-AUTH-COVERAGE', 'SC-AUTHZ'],
  severity: 'high',
  how: 'Reads the routes and what stands before them from the source code, without running it, and compares each with what the route did when it was called without a credential. What only looks unguarded is named, and is no finding.',
  why: 'A route that was forgotten when guards were added is found by scanners that try every path, also when no page links to it.',
  needs: ['sourceRoutes', 'accessCoverage', 'logins'],
  options: {},
  evaluate: ({ sourceRoutes, accessCoverage, logins }) => {
    const lost = lostActors(logins, 'access/access-coverage');
    return judgeSuspicion({
      source: sourceRoutes,
      tried: accessCoverage.id,
      triedOf: (operation) => withoutCredential(accessCoverage, operation, lost),
      concerned: isSensitive,
      seen: ({ guards }) => guards.length > 0,
      relation: 'without a credential',
      wanted: 'a guard',
      safely: 'refused strangers',
      message: (route, { because }) =>
        route.guards.length === 0
          ? `${nameRoute(route)} has no guard in the source, and answers without a credential: ${because}`
          : `${nameRoute(route)} answers without a credential although ${route.guards.map(({ name }) => name).join(', ')} stands before it: ${because}`,
    });
  },
  fix: {
    summary: 'Put the guard in front of the router that holds the route, and open single routes on purpose.',
    steps: [
      'Add the authentication guard to the named route, or better to the router that it is registered on.',
      'Register routes only through one function that demands a permission.',
      'Add a test that walks all registered routes without a credential and expects 401.',
    ],
    today: 'Block the named route at the proxy.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-306', 'CWE-862'], owaspApi: ['API5:2023', 'API9:2023'], asvs: ['8.2.1', '8.3.1'] },
});

/** What calls without a credential showed of an operation; null when they showed nothing. */
function withoutCredential(
  { trials }: Gathered<'accessCoverage'>,
  operation: string,
  lost: ReadonlySet<string>,
): Tried | null {
  const own = trials.filter((trial) => trial.operation === operation && trial.credential === 'none');
  const open = own.find(({ verdict }) => verdict === 'exposed' || verdict === 'changed');
  if (open) return { ...open, state: 'open', actors: [open.actor] };
  const safe = own.find(
    ({ verdict, actor }) => verdict === 'public' || (verdict === 'refused' && !lost.has(actor)),
  );
  return safe ? { ...safe, state: 'safe', actors: [safe.actor] } : null;
}
