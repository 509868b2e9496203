import { defineCheck, type Gathered } from '@launch-ready/core';
import { lostActors } from '../access/lost-actors.ts';
import { judgeSuspicion, type Tried } from './judge-suspicion.ts';
import { isSensitive, nameRoute } from './route-risk.ts';

/** Every route of the source that takes an id looks at whose object it is. */
export const tenantScope = defineCheck({
  id: 'routes/tenant-scope',
  title: 'Every route in the source that takes an id keeps to the tenant of the session',
  failureTitle: 'A route in the source reaches objects of other tenants',
  criterion:
    'Every sensitive route in the source that names an object by an id uses a tenant, owner or user of the session on the way to it, or did not give in when another tenant tried it; none was seen to give in.',
  requirements: ['CK-ROUTES', 'SC-AUTHZ', 'CK-TENANT'],
  severity: 'high',
  how: 'Reads each handler and the functions it calls from the source code, without running it, for something of the session that says whose data is meant, and compares with what happened when another tenant used the route. What only looks unscoped is named, and is no finding.',
  why: 'A handler that looks an object up by its id alone gives it to every customer who knows or guesses the id.',
  needs: ['sourceRoutes', 'crossTenant', 'logins'],
  options: {},
  evaluate: ({ sourceRoutes, crossTenant, logins }) => {
    const lost = lostActors(logins, 'access/cross-tenant');
    return judgeSuspicion({
      source: sourceRoutes,
      tried: crossTenant.id,
      triedOf: (operation) => acrossTenants(crossTenant, operation, lost),
      concerned: (route) => route.takesId && isSensitive(route),
      seen: ({ scope }) => scope === 'seen',
      relation: 'foreign tenant',
      wanted: 'a tenant or owner of the session',
      safely: 'kept other tenants out',
      message: (route, { because }) =>
        route.scope === 'seen'
          ? `${nameRoute(route)} gives in to another tenant although its handler looks at the session: ${because}`
          : `${nameRoute(route)} ${route.takesId ? 'takes an id and shows' : 'shows'} no tenant or owner of the session in its handler, and gives in to another tenant: ${because}`,
    });
  },
  fix: {
    summary: 'Look the object up by its id and the tenant of the session together.',
    steps: [
      'Add the tenant or owner of the session to every lookup and change in the named handler.',
      'Move the condition into the query layer, so that a handler cannot leave it out.',
      'Let the database enforce it as well, with row-level security.',
    ],
    today: 'Add the condition to the named handler and deploy it alone.',
    effort: 'hours',
  },
  references: { cwe: ['CWE-639', 'CWE-863'], owaspApi: ['API1:2023'], asvs: ['8.2.2', '8.4.1'] },
});

/** What attacks of other tenants showed of an operation; null when they showed nothing. */
function acrossTenants(
  { trials }: Gathered<'crossTenant'>,
  operation: string,
  lost: ReadonlySet<string>,
): Tried | null {
  const own = trials.filter((trial) => trial.operation === operation);
  const open = own.find(({ verdict }) => ['leak', 'write', 'delete', 'insert'].includes(verdict));
  if (open) return { ...open, state: 'open', actors: [open.attacker, open.owner] };
  const safe = own.find(
    ({ verdict, attacker, owner }) =>
      (verdict === 'safe' || verdict === 'existence') && !lost.has(attacker) && !lost.has(owner),
  );
  return safe ? { ...safe, state: 'safe', actors: [safe.attacker, safe.owner] } : null;
}
