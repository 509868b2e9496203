import type { Fault } from '../fault.ts';
import { ownerConnection } from './owner-connection.ts';

const spaceRoutes = 'src/community/spaces/space-routes.ts';
const postRoutes = 'src/community/posts/post-routes.ts';
const commentRoutes = 'src/community/comments/comment-routes.ts';
const space = '/api/orgs/{org}/spaces/{space}';
const post = `${space}/posts/{post}`;
const comment = `${post}/comments/{comment}`;

/** Ways from one tenant into another. */
export const tenancyFaults: readonly Fault[] = [
  {
    id: 'space-is-read-by-id-alone',
    family: 'SC-AUTHZ',
    title: 'a space is read over the connection of the owner of the tables, by its id alone',
    edits: [
      ownerConnection,
      {
        file: spaceRoutes,
        find: `  handle: async ({ tx, person }, { params }) => show(await seenSpace(tx, person.userId, params.space)),`,
        replace: `  handle: async ({ services }, { params }) => {
    const row = await services.owner
      .selectFrom('app.spaces').select(columns).where('id', '=', params.space).executeTakeFirst();
    if (row === undefined) throw notFound();
    return show(row);
  },`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-read', place: { operation: `GET ${space}` } },
  },
  {
    id: 'comment-is-read-by-id-alone',
    family: 'SC-AUTHZ',
    title: 'a comment is read by its id alone, three levels deep',
    edits: [
      ownerConnection,
      {
        file: commentRoutes,
        find: `  handle: async ({ tx, person }, { params }) => show(await seenComment(tx, person.userId, params)),`,
        replace: `  handle: async ({ services }, { params }) => {
    const row = await services.owner
      .selectFrom('app.comments').selectAll().where('id', '=', params.comment).executeTakeFirst();
    if (row === undefined) throw notFound();
    return show({ ...row, author_name: 'somebody' });
  },`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-read', place: { operation: `GET ${comment}` } },
  },
  {
    id: 'refusal-holds-the-title',
    family: 'SC-AUTHZ',
    title: 'a post of another tenant is refused with 404, and the refusal quotes its title',
    edits: [
      ownerConnection,
      {
        file: postRoutes,
        find: `  handle: async ({ tx, person }, { params }) =>
    showPost(await seenPost(tx, person.userId, params.space, params.post)),`,
        replace: `  handle: async ({ tx, person, services }, { params }) => {
    try {
      return showPost(await seenPost(tx, person.userId, params.space, params.post));
    } catch (error) {
      const { HttpError } = await import('../../foundation/http/http-error.ts');
      const row = await services.owner
        .selectFrom('app.posts').selectAll().where('id', '=', params.post).executeTakeFirst();
      throw row === undefined ? error : new HttpError(404, 'not_found', \`no post "\${row.title}" in this space\`);
    }
  },`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-read', place: { operation: `GET ${post}` } },
  },
  {
    id: 'redirect-holds-the-text',
    family: 'SC-AUTHZ',
    title: 'a post of another tenant is answered with a redirect whose body is the post',
    edits: [
      ownerConnection,
      {
        file: postRoutes,
        find: `  handle: async ({ tx, person }, { params }) =>
    showPost(await seenPost(tx, person.userId, params.space, params.post)),`,
        replace: `  handle: async ({ tx, person, services }, { params }) => {
    try {
      return showPost(await seenPost(tx, person.userId, params.space, params.post));
    } catch (error) {
      const { HttpError } = await import('../../foundation/http/http-error.ts');
      const row = await services.owner
        .selectFrom('app.posts').selectAll().where('id', '=', params.post).executeTakeFirst();
      throw row === undefined ? error : new HttpError(302, 'elsewhere', \`\${row.title}: \${row.body}\`);
    }
  },`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-read', place: { operation: `GET ${post}` } },
  },
  {
    id: 'policy-lets-everybody-read',
    family: 'SC-AUTHZ',
    title:
      'row-level security of spaces has a second policy that lets every tenant read, and nobody examines it',
    edits: [
      {
        file: 'migrations/0004-isolation.sql',
        find: `grant usage on schema app to lr_app, lr_definer;`,
        replace: `create policy shared_reads on app.spaces for select to lr_app using (true);
grant usage on schema app to lr_app, lr_definer;`,
      },
      {
        file: 'src/start-platform.ts',
        find: `  await refuseUnlessIsolated(appPool);\n`,
        replace: '',
      },
    ],
    expects: { check: 'tenancy/cross-tenant-read', place: { operation: `GET ${space}` } },
    alsoExpects: [
      {
        check: 'tenancy/cross-tenant-list',
        place: { operation: 'GET /api/orgs/{org}/spaces' },
        because: 'the list is read from the same table under the same policy',
      },
    ],
  },
  {
    id: 'policy-shows-invites-to-everybody',
    family: 'SC-AUTHZ',
    title:
      'row-level security of invites has a second policy that lets every tenant read, and nobody examines it',
    edits: [
      {
        file: 'migrations/0004-isolation.sql',
        find: `grant usage on schema app to lr_app, lr_definer;`,
        replace: `create policy shared_reads on app.invites for select to lr_app using (true);
grant usage on schema app to lr_app, lr_definer;`,
      },
      {
        file: 'src/start-platform.ts',
        find: `  await refuseUnlessIsolated(appPool);\n`,
        replace: '',
      },
    ],
    expects: {
      check: 'tenancy/cross-tenant-read',
      place: { operation: 'GET /api/orgs/{org}/invites/{invite}' },
    },
    alsoExpects: [
      {
        check: 'tenancy/cross-tenant-list',
        place: { operation: 'GET /api/orgs/{org}/invites' },
        because: 'the list is read from the same table under the same policy',
      },
    ],
  },
  {
    id: 'spaces-of-all-tenants-are-listed',
    family: 'SC-AUTHZ',
    title: 'the list of spaces is not filtered by tenant',
    edits: [
      ownerConnection,
      {
        file: spaceRoutes,
        find: `  handle: async ({ tx, person }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = visibleSpaces(tx, person.userId)
`,
        replace: `  handle: async ({ services }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = services.owner.selectFrom('app.spaces as s')
`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-list', place: { operation: 'GET /api/orgs/{org}/spaces' } },
  },
  {
    id: 'feed-mixes-tenants',
    family: 'SC-AUTHZ',
    title: 'the feed shows the newest posts of all tenants',
    edits: [
      ownerConnection,
      {
        file: 'src/community/feed/feed-routes.ts',
        find: `  handle: async ({ tx, person }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = visiblePosts(tx, person.userId)
`,
        replace: `  handle: async ({ services }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = services.owner
      .selectFrom('app.posts as p')
      .innerJoin('app.memberships as m', (join) =>
        join.onRef('m.user_id', '=', 'p.author_id').onRef('m.tenant_id', '=', 'p.tenant_id'))
      .select(['p.id', 'p.space_id', 'p.author_id', 'm.name as author_name', 'p.title', 'p.body', 'p.created_at', 'p.updated_at'])
`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-list', place: { operation: 'GET /api/orgs/{org}/feed' } },
  },
  {
    id: 'post-is-changed-by-id-alone',
    family: 'SC-AUTHZ',
    title: 'a post is changed by its id alone, whoever it belongs to',
    edits: [
      ownerConnection,
      {
        file: postRoutes,
        find: `  handle: async ({ tx, person, role, services }, { params, body }) => {
    const before = await seenPost(tx, person.userId, params.space, params.post);
    if (!mayDo(role, 'post.update', before.author_id === person.userId)) throw forbidden();
    const row = await tx
      .updateTable('app.posts')`,
        replace: `  handle: async ({ tenantId, person, role, services }, { params, body }) => {
    const before = await services.owner
      .selectFrom('app.posts').selectAll().where('id', '=', params.post).executeTakeFirst();
    if (before === undefined) throw forbidden();
    if (before.tenant_id === tenantId && !mayDo(role, 'post.update', before.author_id === person.userId))
      throw forbidden();
    const row = await services.owner
      .updateTable('app.posts')`,
      },
      {
        file: postRoutes,
        find: `    return showPost({ ...row, author_name: before.author_name });`,
        replace: `    return showPost({ ...row, title: body.title ?? '', body: body.body ?? '', author_name: person.name });`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-update', place: { operation: `PATCH ${post}` } },
  },
  {
    id: 'space-is-changed-and-refused',
    family: 'SC-AUTHZ',
    title: 'changing a space of another tenant is answered 404 and done all the same',
    edits: [
      ownerConnection,
      {
        file: spaceRoutes,
        find: `    const before = await seenSpace(tx, person.userId, params.space);
    const row = await tx`,
        replace: `    const before = await seenSpace(tx, person.userId, params.space).catch(async (error) => {
      await services.owner
        .updateTable('app.spaces')
        .set({ ...body, updated_at: services.now() })
        .where('id', '=', params.space)
        .execute();
      throw error;
    });
    const row = await tx`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-update', place: { operation: `PATCH ${space}` } },
  },
  {
    id: 'post-is-deleted-by-id-alone',
    family: 'SC-AUTHZ',
    title: 'a post is deleted by its id alone, whoever it belongs to',
    edits: [
      ownerConnection,
      {
        file: postRoutes,
        find: `  handle: async ({ tx, person, role }, { params }) => {
    const before = await seenPost(tx, person.userId, params.space, params.post);`,
        replace: `  handle: async ({ tx, person, role, tenantId, services }, { params }) => {
    const { numDeletedRows } = await services.owner
      .deleteFrom('app.posts').where('id', '=', params.post).where('tenant_id', '<>', tenantId).executeTakeFirst();
    if (numDeletedRows > 0n) return;
    const before = await seenPost(tx, person.userId, params.space, params.post);`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-delete', place: { operation: `DELETE ${post}` } },
  },
  {
    id: 'comment-is-deleted-and-refused',
    family: 'SC-AUTHZ',
    title: 'deleting a comment of another tenant is answered 404 and done all the same',
    edits: [
      ownerConnection,
      {
        file: commentRoutes,
        find: `  handle: async ({ tx, person, role }, { params }) => {
    const before = await seenComment(tx, person.userId, params);`,
        replace: `  handle: async ({ tx, person, role, services }, { params }) => {
    const before = await seenComment(tx, person.userId, params).catch(async (error) => {
      await services.owner.deleteFrom('app.comments').where('id', '=', params.comment).execute();
      throw error;
    });`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-delete', place: { operation: `DELETE ${comment}` } },
  },
  {
    id: 'post-into-a-foreign-space',
    family: 'SC-AUTHZ',
    title: 'a post is written into whatever space its path names',
    edits: [
      ownerConnection,
      {
        file: postRoutes,
        find: `  handle: async ({ tx, tenantId, person }, { params, body }) => {
    await seenSpace(tx, person.userId, params.space);
    const row = await tx
      .insertInto('app.posts')
      .values({ tenant_id: tenantId, id: newId(), space_id: params.space, author_id: person.userId, ...body })`,
        replace: `  handle: async ({ tx, tenantId, person, services }, { params, body }) => {
    const space = await services.owner
      .selectFrom('app.spaces').selectAll().where('id', '=', params.space).executeTakeFirst();
    if (space?.tenant_id === tenantId || space === undefined) await seenSpace(tx, person.userId, params.space);
    const row = await services.owner
      .insertInto('app.posts')
      .values({
        tenant_id: space.tenant_id, id: newId(), space_id: params.space,
        author_id: space.tenant_id === tenantId ? person.userId : space.created_by, ...body,
      })`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-insert', place: { operation: `POST ${space}/posts` } },
  },
  {
    id: 'comment-on-a-foreign-post',
    family: 'SC-AUTHZ',
    title: 'a comment is written below whatever post its path names, and the answer is 404',
    edits: [
      ownerConnection,
      {
        file: commentRoutes,
        find: `  handle: async ({ tx, tenantId, person }, { params, body: input }) => {
    await seenPost(tx, person.userId, params.space, params.post);`,
        replace: `  handle: async ({ tx, tenantId, person, services }, { params, body: input }) => {
    await seenPost(tx, person.userId, params.space, params.post).catch(async (error) => {
      const post = await services.owner
        .selectFrom('app.posts').selectAll().where('id', '=', params.post).executeTakeFirst();
      if (post !== undefined && post.tenant_id !== tenantId)
        await services.owner
          .insertInto('app.comments')
          .values({ tenant_id: post.tenant_id, id: newId(), post_id: post.id, author_id: post.author_id, body: input.body })
          .execute();
      throw error;
    });`,
      },
    ],
    expects: { check: 'tenancy/cross-tenant-insert', place: { operation: `POST ${post}/comments` } },
  },
];
