import * as z from 'zod';
import { forbidden } from '../../foundation/http/http-error.ts';
import { type Route, noContent, nothing, route } from '../../foundation/http/route.ts';
import { id, newId } from '../../foundation/ids.ts';
import { cutPage, defaultPageSize, line, page, pageOf, text } from '../../foundation/input.ts';
import { mayDo } from '../../foundation/policy/policy.ts';
import { seenSpace, spaceParams } from '../spaces/space-routes.ts';
import { post, seenPost, showPost, visiblePosts } from './post-record.ts';

const tag = 'posts';
export const postParams = spaceParams.extend({ post: id });

const list = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces/:space/posts',
  permission: 'post.list',
  limit: 'read',
  tag,
  summary: 'Posts of a space, newest first',
  params: spaceParams,
  query: page,
  status: 200,
  reply: pageOf(post),
  handle: async ({ tx, person }, { params, query }) => {
    await seenSpace(tx, person.userId, params.space);
    const size = query.limit ?? defaultPageSize;
    let found = visiblePosts(tx, person.userId)
      .where('p.space_id', '=', params.space)
      .orderBy('p.id', 'desc')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('p.id', '<', query.after);
    return cutPage((await found.execute()).map(showPost), size);
  },
});

const create = route({
  method: 'POST',
  path: '/api/orgs/:org/spaces/:space/posts',
  permission: 'post.create',
  limit: 'write',
  tag,
  summary: 'Write a post',
  params: spaceParams,
  query: nothing,
  body: z.strictObject({ title: line(200), body: text(50_000).default('') }),
  status: 201,
  reply: post,
  handle: async ({ tx, tenantId, person }, { params, body }) => {
    await seenSpace(tx, person.userId, params.space);
    const row = await tx
      .insertInto('app.posts')
      .values({ tenant_id: tenantId, id: newId(), space_id: params.space, author_id: person.userId, ...body })
      .returningAll()
      .executeTakeFirstOrThrow();
    return showPost({ ...row, author_name: person.name });
  },
});

const read = route({
  method: 'GET',
  path: '/api/orgs/:org/spaces/:space/posts/:post',
  permission: 'post.read',
  limit: 'read',
  tag,
  summary: 'One post',
  params: postParams,
  query: nothing,
  status: 200,
  reply: post,
  handle: async ({ tx, person }, { params }) =>
    showPost(await seenPost(tx, person.userId, params.space, params.post)),
});

const update = route({
  method: 'PATCH',
  path: '/api/orgs/:org/spaces/:space/posts/:post',
  permission: 'post.update',
  limit: 'write',
  tag,
  summary: 'Change a post',
  params: postParams,
  query: nothing,
  body: z.strictObject({ title: line(200).optional(), body: text(50_000).optional() }),
  status: 200,
  reply: post,
  handle: async ({ tx, person, role, services }, { params, body }) => {
    const before = await seenPost(tx, person.userId, params.space, params.post);
    if (!mayDo(role, 'post.update', before.author_id === person.userId)) throw forbidden();
    const row = await tx
      .updateTable('app.posts')
      .set({ title: body.title ?? before.title, body: body.body ?? before.body, updated_at: services.now() })
      .where('id', '=', params.post)
      .returningAll()
      .executeTakeFirstOrThrow();
    return showPost({ ...row, author_name: before.author_name });
  },
});

const remove = route({
  method: 'DELETE',
  path: '/api/orgs/:org/spaces/:space/posts/:post',
  permission: 'post.delete',
  limit: 'write',
  tag,
  summary: 'Delete a post with its comments',
  params: postParams,
  query: nothing,
  status: 204,
  reply: noContent,
  handle: async ({ tx, person, role }, { params }) => {
    const before = await seenPost(tx, person.userId, params.space, params.post);
    if (!mayDo(role, 'post.delete', before.author_id === person.userId)) throw forbidden();
    await tx.deleteFrom('app.posts').where('id', '=', params.post).execute();
  },
});

export const postRoutes: readonly Route[] = [list, create, read, update, remove];
