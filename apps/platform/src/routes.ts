import { commentRoutes } from './community/comments/comment-routes.ts';
import { feedRoutes } from './community/feed/feed-routes.ts';
import { postRoutes } from './community/posts/post-routes.ts';
import { spaceMemberRoutes } from './community/spaces/space-member-routes.ts';
import { spaceRoutes } from './community/spaces/space-routes.ts';
import { type Readiness, healthRoutes } from './foundation/health/health-routes.ts';
import type { Route } from './foundation/http/route.ts';
import { authRoutes } from './foundation/identity/auth-routes.ts';
import { meRoutes } from './foundation/identity/me-routes.ts';
import { inviteRoutes } from './foundation/tenancy/invite-routes.ts';
import { memberRoutes } from './foundation/tenancy/member-routes.ts';
import { organisationRoutes } from './foundation/tenancy/organisation-routes.ts';

/** Routes that people and programs use; every one of them is in the matrix. */
export const apiRoutes: readonly Route[] = [
  ...authRoutes,
  ...meRoutes,
  ...organisationRoutes,
  ...memberRoutes,
  ...inviteRoutes,
  ...spaceRoutes,
  ...spaceMemberRoutes,
  ...postRoutes,
  ...commentRoutes,
  ...feedRoutes,
];

/** Everything the platform answers to. */
export const allRoutes = (readiness: Readiness): readonly Route[] => [
  ...apiRoutes,
  ...healthRoutes(readiness),
];
