import type { Pool } from 'pg';
import { openDatabase } from './foundation/database/database.ts';
import { urlForRole } from './foundation/database/database-urls.ts';
import { openPool } from './foundation/database/open-pool.ts';
import { newId } from './foundation/ids.ts';
import { hashSecret, newSecret } from './foundation/identity/hash-secret.ts';
import { hashPassword, insecureFastCost, productionCost } from './foundation/identity/password-hash.ts';
import type { Role } from './foundation/policy/roles.ts';
import { developmentSecret } from './foundation/config/config.ts';

export interface SeedOptions {
  /** As in `Platform.databaseUrl`; the platform's migrations must have run. */
  readonly databaseUrl: string;
  /** The platform's PLATFORM_SECRET, if it has one. */
  readonly secret?: string;
  /** Password of an account, by its address. */
  readonly password: (address: string) => string;
  /** True hashes passwords with a cost that is worth nothing; for tests and demos only. */
  readonly fastHash?: boolean;
}

export interface SeededActor {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface SeededTenant {
  readonly id: string;
  readonly slug: string;
  readonly actors: {
    readonly owner: SeededActor;
    readonly admin: SeededActor;
    readonly member: SeededActor;
    readonly restricted: SeededActor;
    /** A member whose account tests may lock out or change. */
    readonly throwaway: SeededActor;
  };
  readonly spaces: { readonly open: string; readonly private: string };
  readonly posts: readonly string[];
  readonly comments: readonly string[];
  /** An open invite whose secret nobody knows. */
  readonly invite: string;
}

const inviteDays = 2;
const ignore = (): void => undefined;

const people = [
  { key: 'owner', role: 'owner' },
  { key: 'admin', role: 'admin' },
  { key: 'member', role: 'member' },
  { key: 'restricted', role: 'restricted' },
  { key: 'throwaway', role: 'member' },
] as const;

/**
 * Fills an empty platform with two organisations, `north` and `south`, each with an owner, an admin, a member, a restricted
 * member and a throwaway account (`owner@north.test` and so on, addresses confirmed), and with ordinary content.
 */
export const seedDemo = async (
  options: SeedOptions,
): Promise<{ readonly north: SeededTenant; readonly south: SeededTenant }> => {
  const secret = options.secret ?? developmentSecret;
  const auth = openPool({
    url: urlForRole(options.databaseUrl, 'lr_auth', secret),
    searchPath: 'identity',
    max: 2,
    onLost: ignore,
  });
  const app = openPool({
    url: urlForRole(options.databaseUrl, 'lr_app', secret),
    searchPath: 'app',
    max: 2,
    onLost: ignore,
  });
  try {
    return {
      north: await seedTenant('north', auth, app, options),
      south: await seedTenant('south', auth, app, options),
    };
  } finally {
    await Promise.all([auth.end(), app.end()]);
  }
};

const seedAccount = async (
  auth: Pool,
  email: string,
  name: string,
  options: SeedOptions,
): Promise<string> => {
  const id = newId();
  const cost = options.fastHash === true ? insecureFastCost : productionCost;
  await auth.query('insert into users (id, name, email, email_verified) values ($1, $2, $3, true)', [
    id,
    name,
    email,
  ]);
  await auth.query(
    "insert into accounts (id, user_id, provider_id, account_id, password) values ($1, $2::uuid, 'credential', $2::uuid::text, $3)",
    [newId(), id, await hashPassword(options.password(email), cost)],
  );
  return id;
};

const seedTenant = async (
  slug: string,
  auth: Pool,
  app: Pool,
  options: SeedOptions,
): Promise<SeededTenant> => {
  const actors: SeededActor[] = [];
  for (const { key, role } of people) {
    const email = `${key}@${slug}.test`;
    const name = `${key} of ${slug}`;
    actors.push({ id: await seedAccount(auth, email, name, options), email, name, role });
  }
  const [owner, admin, member, restricted, throwaway] = actors;
  if (!owner || !admin || !member || !restricted || !throwaway)
    throw new Error('the list of people has changed');

  const tenantId = newId();
  const invite = newId();
  const spaces = { open: newId(), private: newId() };
  const posts = Array.from({ length: 6 }, () => newId());
  const comments = Array.from({ length: 4 }, () => newId());
  await openDatabase(app).inNewTenant(tenantId, async (tx) => {
    const tenant = { tenant_id: tenantId };
    await tx
      .insertInto('app.tenants')
      .values({ ...tenant, slug, name: `${slug} collective` })
      .execute();
    await tx
      .insertInto('app.memberships')
      .values(
        actors.map((actor) => ({
          ...tenant,
          user_id: actor.id,
          role: actor.role,
          name: actor.name,
          email: actor.email,
        })),
      )
      .execute();
    await tx
      .insertInto('app.spaces')
      .values([
        {
          ...tenant,
          id: spaces.open,
          name: 'Square',
          description: `Everybody of ${slug}`,
          visibility: 'open',
          created_by: owner.id,
        },
        {
          ...tenant,
          id: spaces.private,
          name: 'Board',
          description: `Plans of ${slug}`,
          visibility: 'private',
          created_by: owner.id,
        },
      ])
      .execute();
    await tx
      .insertInto('app.space_members')
      .values(
        [owner, admin].flatMap((actor) =>
          Object.values(spaces).map((space_id) => ({ ...tenant, space_id, user_id: actor.id })),
        ),
      )
      .execute();
    await tx
      .insertInto('app.invites')
      .values({
        ...tenant,
        id: invite,
        token_hash: hashSecret(newSecret()),
        email: `guest@${slug}.test`,
        role: 'member',
        invited_by: owner.id,
        expires_at: new Date(Date.now() + inviteDays * 86_400_000),
      })
      .execute();
    await tx
      .insertInto('app.posts')
      .values(
        posts.map((id, index) => ({
          ...tenant,
          id,
          space_id: index === 5 ? spaces.private : spaces.open,
          author_id: [owner.id, admin.id, member.id][index % 3] ?? owner.id,
          title: `News ${index + 1} of ${slug}`,
          body: `What happened in ${slug} this week, part ${index + 1}.`,
        })),
      )
      .execute();
    await tx
      .insertInto('app.comments')
      .values(
        comments.map((id, index) => ({
          ...tenant,
          id,
          post_id: posts[index] ?? posts[0] ?? id,
          author_id: [member.id, admin.id][index % 2] ?? member.id,
          body: `A remark from ${slug}, number ${index + 1}.`,
        })),
      )
      .execute();
  });
  return {
    id: tenantId,
    slug,
    actors: { owner, admin, member, restricted, throwaway },
    spaces,
    posts,
    comments,
    invite,
  };
};
