import type { Trap } from '../../traps/trap.ts';

/** Secure behaviour that looks guilty to whoever only reads the source. */
export const deskTraps: readonly Trap[] = [
  {
    id: 'guard-outside-the-source',
    family: 'CK-ROUTES',
    looksLike: 'routes that change notes show no guard anywhere in their source',
    isSafeBecause: 'the front turns everybody without a session away before the application sees the request',
    metWhen: [{ kind: 'sourceRoutes', mentions: 'PATCH /api/notes/{note}', and: ['"guards":[]'] }],
  },
  {
    id: 'tenant-outside-the-source',
    family: 'CK-ROUTES',
    looksLike: 'handlers look notes up by their id and name no tenant, owner or user',
    isSafeBecause: 'what they look into holds the notes of the tenant of the session only',
    metWhen: [{ kind: 'sourceRoutes', mentions: 'GET /api/notes/{note}', and: ['"scope":"not-seen"'] }],
  },
  {
    id: 'retired-routes',
    family: 'CK-ROUTES',
    looksLike: 'the source holds unguarded routes that stand in no document',
    isSafeBecause: 'nothing starts the application that they belong to',
    metWhen: [{ kind: 'sourceRoutes', mentions: '/api/retired-notes/{note}' }],
  },
];
