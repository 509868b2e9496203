import type { Trap } from '../../traps/trap.ts';

const trap = (id: string, looksLike: string, isSafeBecause: string, operation: string): Trap => ({
  id,
  family: 'CK-TENANT',
  looksLike,
  isSafeBecause,
  metWhen: [{ kind: 'crossTenant', mentions: operation }],
});

/** Answers to foreign ids in queries and bodies that look guilty. */
export const idsElsewhereTraps: readonly Trap[] = [
  trap(
    'pinned-whatever-id',
    'pinning a foreign sheet is answered with its id and ok',
    'nothing is pinned',
    'POST /api/sheets/pin',
  ),
  trap(
    'rename-makes-another',
    'renaming a foreign jot is answered 200 with the new words',
    'the words become a jot of the own tenant',
    'POST /api/jots/rename',
  ),
  trap(
    'stands-are-for-all',
    'the stand of somebody else, whose id only its owner is told, is shown',
    'everybody who is signed in may look at stands',
    'GET /api/stands/{id}',
  ),
];
