import type { Edit, Fault } from '../fault.ts';

const registerRoutes = 'src/foundation/http/register-routes.ts';
const memberRoutes = 'src/foundation/tenancy/member-routes.ts';

/** Takes the guard off one route, while everything that is printed about it stays. */
const unguarded = (route: string): readonly Edit[] => [
  {
    file: registerRoutes,
    find: `    if (!mayCall(entered.tenant.role, route.permission)) {`,
    replace: `    if (!mayCall(entered.tenant.role, route.permission) && !(${route})) {`,
  },
  {
    file: registerRoutes,
    find: `    if (!mayCall(person.tenant.role, permission)) throw forbidden();`,
    replace: `    if (!mayCall(person.tenant.role, permission) && !(${route})) throw forbidden();`,
  },
];
const routeIs = (method: string, path: string): string =>
  `route.method === '${method}' && route.path === '${path}'`;

/** Roles that may more than the table says. */
export const roleFaults: readonly Fault[] = [
  {
    id: 'anybody-makes-spaces',
    family: 'SC-AUTHZ',
    title: 'every member may make spaces, which only owners and admins should',
    edits: unguarded(routeIs('POST', '/api/orgs/:org/spaces')),
    expects: { check: 'roles/role-matrix', place: { operation: 'POST /api/orgs/{org}/spaces' } },
  },
  {
    id: 'anybody-deletes-spaces',
    family: 'SC-AUTHZ',
    title: 'every member may delete spaces, which only owners and admins should',
    edits: unguarded(routeIs('DELETE', '/api/orgs/:org/spaces/:space')),
    expects: { check: 'roles/role-matrix', place: { operation: 'DELETE /api/orgs/{org}/spaces/{space}' } },
  },
  {
    id: 'anybody-lists-invites',
    family: 'SC-AUTHZ',
    title: 'every member sees who was invited, which only the team should',
    edits: unguarded(routeIs('GET', '/api/orgs/:org/invites')),
    expects: { check: 'roles/role-matrix', place: { operation: 'GET /api/orgs/{org}/invites' } },
  },
  {
    id: 'refused-and-changed',
    family: 'SC-AUTHZ',
    title: 'changing a space is answered 403 to members, after it was done',
    edits: [
      ...unguarded(routeIs('PATCH', '/api/orgs/:org/spaces/:space')),
      {
        file: registerRoutes,
        find: `    return { answer: await route.run({ ...accountCall, person, tx, tenantId, slug, role }, input) };`,
        replace: `    return {
      answer: await route.run({ ...accountCall, person, tx, tenantId, slug, role }, input),
      refused: !mayCall(role, permission),
    };`,
      },
      {
        file: registerRoutes,
        find: `  return outcome.answer;`,
        replace: `  if (outcome.refused) throw forbidden();
  return outcome.answer;`,
      },
    ],
    expects: { check: 'roles/role-matrix', place: { operation: 'PATCH /api/orgs/{org}/spaces/{space}' } },
  },
  {
    id: 'members-promote-themselves',
    family: 'SC-AUTHZ',
    title: 'a member may give itself another role',
    edits: [
      ...unguarded(
        `${routeIs('PATCH', '/api/orgs/:org/members/:member')} && request.params.member === entered.userId`,
      ),
      {
        file: memberRoutes,
        find: `    if (!isAtLeast(mine, body.role) || !isAtLeast(mine, before.role)) throw forbidden();`,
        replace: `    if (person.userId !== params.member && (!isAtLeast(mine, body.role) || !isAtLeast(mine, before.role)))
      throw forbidden();`,
      },
    ],
    expects: {
      check: 'roles/self-promotion',
      place: { operation: 'PATCH /api/orgs/{org}/members/{member}' },
    },
  },
];
