import * as z from 'zod';
import type { Tx } from '../../foundation/database/database.ts';
import { forbidden, notFound } from '../../foundation/http/http-error.ts';
import { type Route, noContent, nothing, route } from '../../foundation/http/route.ts';
import { id, newId } from '../../foundation/ids.ts';
import { cutPage, defaultPageSize, moment, page, pageOf } from '../../foundation/input.ts';
import { mayDo } from '../../foundation/policy/policy.ts';
import { seenPost } from '../posts/post-record.ts';
import { postParams } from '../posts/post-routes.ts';

const tag = 'comments';
const commentParams = postParams.extend({ comment: id });
const body = z.strictObject({ body: z.string().trim().min(1, 'must not be empty').max(10_000) });

const comment = z.object({
  id,
  postId: id,
  author: z.object({ id, name: z.string() }),
  body: z.string(),
  createdAt: moment,
  updatedAt: moment,
});

interface CommentRow {
  readonly id: string;
  readonly post_id: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly body: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const show = (row: CommentRow) => ({
  id: row.id,
  postId: row.post_id,
  author: { id: row.author_id, name: row.author_name },
  body: row.body,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const commentsOf = (tx: Tx, postId: string) =>
  tx
    .selectFrom('app.comments as c')
    .innerJoin('app.memberships as m', 'm.user_id', 'c.author_id')
    .where('c.post_id', '=', postId)
    .select([
      'c.id',
      'c.post_id',
      'c.author_id',
      'm.name as author_name',
      'c.body',
      'c.created_at',
      'c.updated_at',
    ]);

interface CommentPath {
  readonly space: string;
  readonly post: string;
  readonly comment: string;
}

/** The comment below a post that this person can see; otherwise the request ends as if it did not exist. */
const seenComment = async (tx: Tx, userId: string, path: CommentPath): Promise<CommentRow> => {
  await seenPost(tx, userId, path.space, path.post);
  const row = await commentsOf(tx, path.post).where('c.id', '=', path.comment).executeTakeFirst();
  if (row === undefined) throw notFound();
  return row;
};

const list = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces/:space/posts/:post/comments',
  permission: 'comment.list',
  limit: 'read',
  tag,
  summary: 'Comments of a post, oldest first',
  params: postParams,
  query: page,
  status: 200,
  reply: pageOf(comment),
  handle: async ({ tx, person }, { params, query }) => {
    await seenPost(tx, person.userId, params.space, params.post);
    const size = query.limit ?? defaultPageSize;
    let found = commentsOf(tx, params.post)
      .orderBy('c.id')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('c.id', '>', query.after);
    return cutPage((await found.execute()).map(show), size);
  },
});

const create = route({
  method: 'POST',
  path: '/api/orgs/:org/spaces/:space/posts/:post/comments',
  permission: 'comment.create',
  limit: 'write',
  tag,
  summary: 'Comment on a post',
  params: postParams,
  query: nothing,
  body,
  status: 201,
  reply: comment,
  handle: async ({ tx, tenantId, person }, { params, body: input }) => {
    await seenPost(tx, person.userId, params.space, params.post);
    const row = await tx
      .insertInto('app.comments')
      .values({
        tenant_id: tenantId,
        id: newId(),
        post_id: params.post,
        author_id: person.userId,
        body: input.body,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return show({ ...row, author_name: person.name });
  },
});

const read = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces/:space/posts/:post/comments/:comment',
  permission: 'comment.read',
  limit: 'read',
  tag,
  summary: 'One comment',
  params: commentParams,
  query: nothing,
  status: 200,
  reply: comment,
  handle: async ({ tx, person }, { params }) => show(await seenComment(tx, person.userId, params)),
});

const update = route({
  method: 'PATCH',
  path: '/api/orgs/:org/spaces/:space/posts/:post/comments/:comment',
  permission: 'comment.update',
  limit: 'write',
  tag,
  summary: 'Change a comment',
  params: commentParams,
  query: nothing,
  body,
  status: 200,
  reply: comment,
  handle: async ({ tx, person, role, services }, { params, body: input }) => {
    const before = await seenComment(tx, person.userId, params);
    if (!mayDo(role, 'comment.update', before.author_id === person.userId)) throw forbidden();
    const row = await tx
      .updateTable('app.comments')
      .set({ body: input.body, updated_at: services.now() })
      .where('id', '=', params.comment)
      .returningAll()
      .executeTakeFirstOrThrow();
    return show({ ...row, author_name: before.author_name });
  },
});

const remove = route({
  method: 'DELETE',
  path: '/api/orgs/:org/spaces/:space/posts/:post/comments/:comment',
  permission: 'comment.delete',
  limit: 'write',
  tag,
  summary: 'Delete a comment',
  params: commentParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, person, role }, { params }) => {
    const before = await seenComment(tx, person.userId, params);
    if (!mayDo(role, 'comment.delete', before.author_id === person.userId)) throw forbidden();
    await tx.deleteFrom('app.comments').where('id', '=', params.comment).execute();
  },
});

export const commentRoutes: readonly Route[] = [list, create, read, update, remove];
