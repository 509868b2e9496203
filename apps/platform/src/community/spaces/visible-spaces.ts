import type { Tx } from '../../foundation/database/database.ts';

/** Spaces that this person can see: open ones, and private ones they were let into. Everything in a space goes through here. */
export const visibleSpaces = (tx: Tx, userId: string) =>
  tx
    .selectFrom('app.spaces as s')
    .where((where) =>
      where.or([
        where('s.visibility', '=', 'open'),
        where.exists(
          where
            .selectFrom('app.space_members as sm')
            .select('sm.user_id')
            .whereRef('sm.space_id', '=', 's.id')
            .where('sm.user_id', '=', userId),
        ),
      ]),
    );
