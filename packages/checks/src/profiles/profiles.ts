import type { Profile } from '@launch-ready/core';
import { b2bCommunity } from './b2b-community.ts';
import { clientPortal } from './client-portal.ts';
import { coachCommunity } from './coach-community.ts';
import { internalOps } from './internal-ops.ts';
import { marketplaceCommunity } from './marketplace-community.ts';

/** All five checklists, in the order in which they are listed to users. */
export const profiles: readonly Profile[] = [
  b2bCommunity,
  marketplaceCommunity,
  clientPortal,
  internalOps,
  coachCommunity,
];

/** The checklist with this id; undefined when there is none. */
export const findProfile = (id: string): Profile | undefined => profiles.find((profile) => profile.id === id);
