import { type Route, route } from '../../foundation/http/route.ts';
import { cutPage, defaultPageSize, page, pageOf } from '../../foundation/input.ts';
import { orgParams } from '../../foundation/tenancy/organisation-routes.ts';
import { post, showPost, visiblePosts } from '../posts/post-record.ts';

const feed = route({
  method: 'GET',
  path: '/api/orgs/:org/feed',
  permission: 'feed.read',
  limit: 'read',
  tag: 'feed',
  summary: 'Newest posts of all spaces I can see',
  params: orgParams,
  query: page,
  status: 200,
  reply: pageOf(post),
  handle: async ({ tx, person }, { query }) => {
    const size = query.limit ?? defaultPageSize;
    let found = visiblePosts(tx, person.userId)
      .orderBy('p.id', 'desc')
      .limit(size + 1);
    if (query.after !== undefined) found = found.where('p.id', '<', query.after);
    return cutPage((await found.execute()).map(showPost), size);
  },
});

export const feedRoutes: readonly Route[] = [feed];
