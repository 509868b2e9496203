import type { ColumnType, Generated } from 'kysely';
import type { Role } from '../policy/roles.ts';

type Moment = ColumnType<Date, Date | undefined, Date>;

/**
 * An organisation.
 * @public named in the inferred types of queries
 */
export interface Tenant {
  readonly tenant_id: string;
  slug: string;
  name: string;
  created_at: Moment;
  updated_at: Moment;
}

/**
 * A person in an organisation, also after they left.
 * @public named in the inferred types of queries
 */
export interface Membership {
  readonly tenant_id: string;
  readonly user_id: string;
  role: Role;
  status: Generated<'active' | 'removed'>;
  name: string;
  email: string;
  created_at: Moment;
  updated_at: Moment;
}

/**
 * An invitation by mail.
 * @public named in the inferred types of queries
 */
export interface Invite {
  readonly tenant_id: string;
  readonly id: string;
  readonly token_hash: string;
  readonly email: string;
  readonly role: Role;
  readonly invited_by: string;
  created_at: Moment;
  readonly expires_at: Date;
  used_at: Date | null;
  used_by: string | null;
  revoked_at: Date | null;
}

/**
 * A place for posts.
 * @public named in the inferred types of queries
 */
export interface Space {
  readonly tenant_id: string;
  readonly id: string;
  name: string;
  description: string;
  visibility: 'open' | 'private';
  readonly created_by: string;
  created_at: Moment;
  updated_at: Moment;
}

/**
 * A person who was let into a space.
 * @public named in the inferred types of queries
 */
export interface SpaceMember {
  readonly tenant_id: string;
  readonly space_id: string;
  readonly user_id: string;
  created_at: Moment;
}

/**
 * A post of a space.
 * @public named in the inferred types of queries
 */
export interface Post {
  readonly tenant_id: string;
  readonly id: string;
  readonly space_id: string;
  readonly author_id: string;
  title: string;
  body: string;
  created_at: Moment;
  updated_at: Moment;
}

/**
 * A comment on a post.
 * @public named in the inferred types of queries
 */
export interface Comment {
  readonly tenant_id: string;
  readonly id: string;
  readonly post_id: string;
  readonly author_id: string;
  body: string;
  created_at: Moment;
  updated_at: Moment;
}

/** Tables that the application's own role can reach. */
export interface Schema {
  'app.tenants': Tenant;
  'app.memberships': Membership;
  'app.invites': Omit<Invite, 'used_at' | 'used_by' | 'revoked_at'> & {
    used_at: ColumnType<Date | null, never, Date>;
    used_by: ColumnType<string | null, never, string>;
    revoked_at: ColumnType<Date | null, never, Date>;
  };
  'app.spaces': Space;
  'app.space_members': SpaceMember;
  'app.posts': Post;
  'app.comments': Comment;
}
