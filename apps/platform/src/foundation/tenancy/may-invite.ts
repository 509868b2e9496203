import { mayCall } from '../policy/policy.ts';
import { type Role, isAtLeast, outranks } from '../policy/roles.ts';

/** Whether this role may invite somebody as that role: leads up to their own role, staff below it. */
export const mayInvite = (inviter: Role, invited: Role): boolean =>
  mayCall(inviter, 'invite.create') &&
  (inviter === 'staff' ? outranks(inviter, invited) : isAtLeast(inviter, invited));
