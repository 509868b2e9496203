import { sql } from 'kysely';
import type { Role } from '../policy/roles.ts';
import type { Services } from '../services.ts';
import { mayInvite } from './may-invite.ts';

export type AcceptOutcome =
  | {
      readonly kind: 'joined';
      readonly organisation: { readonly id: string; readonly slug: string; readonly name: string };
      readonly role: Role;
    }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'other-address' }
  | { readonly kind: 'already-member' };

/** Ends the transaction without effect, with a reason that is not an error. */
class Refused extends Error {
  readonly outcome: AcceptOutcome;

  constructor(outcome: AcceptOutcome) {
    super('refused');
    this.outcome = outcome;
  }
}

/**
 * Uses an invite: once, by the person whose verified address it was mailed to, and only while its inviter could still
 * send it. Whoever loses one of these finds the invite as it was.
 */
export const acceptInvite = async (
  services: Pick<Services, 'database' | 'now'>,
  inviteHash: string,
  person: {
    readonly userId: string;
    readonly email: string;
    readonly name: string;
    readonly emailVerified: boolean;
  },
): Promise<AcceptOutcome> => {
  try {
    const outcome = await services.database.byInvite(
      inviteHash,
      async (tx, tenantId): Promise<AcceptOutcome> => {
        // The row is taken before anything is looked at: of many at once one gets it, the others wait and then find it used.
        const invite = await tx
          .updateTable('app.invites')
          .set({ used_at: services.now(), used_by: person.userId })
          .where('token_hash', '=', inviteHash)
          .where('used_at', 'is', null)
          .where('revoked_at', 'is', null)
          .where('expires_at', '>', sql<Date>`now()`)
          .returning(['email', 'role', 'invited_by'])
          .executeTakeFirst();
        if (invite === undefined) throw new Refused({ kind: 'invalid' });
        if (!person.emailVerified || invite.email !== person.email)
          throw new Refused({ kind: 'other-address' });
        const inviter = await tx
          .selectFrom('app.memberships')
          .select('role')
          .where('user_id', '=', invite.invited_by)
          .where('status', '=', 'active')
          .executeTakeFirst();
        if (inviter === undefined || !mayInvite(inviter.role, invite.role))
          throw new Refused({ kind: 'invalid' });
        const joined = await tx
          .insertInto('app.memberships')
          .values({
            tenant_id: tenantId,
            user_id: person.userId,
            role: invite.role,
            name: person.name,
            email: person.email,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['tenant_id', 'user_id'])
              .doUpdateSet({
                role: invite.role,
                status: 'active',
                name: person.name,
                updated_at: services.now(),
              })
              .where('app.memberships.status', '=', 'removed'),
          )
          .returning('user_id')
          .executeTakeFirst();
        if (joined === undefined) throw new Refused({ kind: 'already-member' });
        const tenant = await tx.selectFrom('app.tenants').select(['slug', 'name']).executeTakeFirstOrThrow();
        return { kind: 'joined', organisation: { id: tenantId, ...tenant }, role: invite.role };
      },
    );
    return outcome ?? { kind: 'invalid' };
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
};
