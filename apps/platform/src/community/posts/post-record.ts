import * as z from 'zod';
import type { Tx } from '../../foundation/database/database.ts';
import { notFound } from '../../foundation/http/http-error.ts';
import { id } from '../../foundation/ids.ts';
import { moment } from '../../foundation/input.ts';
import { visibleSpaces } from '../spaces/visible-spaces.ts';

/** A post as answers show it. */
export const post = z.object({
  id,
  spaceId: id,
  author: z.object({ id, name: z.string() }),
  title: z.string(),
  body: z.string(),
  createdAt: moment,
  updatedAt: moment,
});

export interface PostRow {
  readonly id: string;
  readonly space_id: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly title: string;
  readonly body: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const showPost = (row: PostRow): z.input<typeof post> => ({
  id: row.id,
  spaceId: row.space_id,
  author: { id: row.author_id, name: row.author_name },
  title: row.title,
  body: row.body,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** Posts in spaces that this person can see. */
export const visiblePosts = (tx: Tx, userId: string) =>
  tx
    .selectFrom('app.posts as p')
    .innerJoin('app.memberships as m', 'm.user_id', 'p.author_id')
    .where('p.space_id', 'in', visibleSpaces(tx, userId).select('s.id'))
    .select([
      'p.id',
      'p.space_id',
      'p.author_id',
      'm.name as author_name',
      'p.title',
      'p.body',
      'p.created_at',
      'p.updated_at',
    ]);

/** The post of this space, if this person can see it; otherwise the request ends as if it did not exist. */
export const seenPost = async (tx: Tx, userId: string, spaceId: string, postId: string): Promise<PostRow> => {
  const row = await visiblePosts(tx, userId)
    .where('p.space_id', '=', spaceId)
    .where('p.id', '=', postId)
    .executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
};
