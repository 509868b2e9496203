import type { CollectionTrap } from '../trap.ts';
import { publicByDesignTrap } from './public-by-design.ts';

export const openByPermissionTrap: CollectionTrap = {
  ...publicByDesignTrap,
  id: 'open-by-permission',
  collection: 'open-by-permission',
  looksLike: 'one of many collections alike answers whatever the credential',
  isSafeBecause: 'the permissions of the target file open it to everyone',
  metWhen: [
    { kind: 'accessCoverage', mentions: 'GET /api/open-by-permission/{id}', and: ['"verdict":"public"'] },
  ],
  publicByPermissions: true,
};
