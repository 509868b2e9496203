import { setTimeout as delay } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import * as z from 'zod';
import { type RuntimeRole, rolePassword, urlForRole } from './database-urls.ts';

const runtimeRoles: readonly RuntimeRole[] = ['lr_app', 'lr_auth'];

const canLogIn = async (adminUrl: string, role: RuntimeRole, secret: string): Promise<boolean> => {
  const client = new Client({ connectionString: urlForRole(adminUrl, role, secret) });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const statements = (secret: string): readonly string[] => [
  ...['lr_owner', 'lr_definer'].map((role) => createRole(role, 'nologin')),
  ...runtimeRoles.map((role) => createRole(role, 'login')),
  ...runtimeRoles.map(
    (role) => `alter role ${role} login password ${escapeLiteral(rolePassword(secret, role))}`,
  ),
  // Migrations run as lr_owner, and hand the few definer functions over to lr_definer.
  'grant lr_definer to lr_owner',
  'grant lr_owner to current_user',
];

const createRole = (role: string, login: 'login' | 'nologin'): string =>
  `do $$ begin create role ${role} ${login} nosuperuser nocreatedb nocreaterole noinherit nobypassrls noreplication; ` +
  `exception when duplicate_object or unique_violation then null; end $$`;

/**
 * Makes the roles of the platform, which belong to the whole server, unless they are there and accept our passwords.
 * Roles are shared by all databases of a server, so platforms on one server must share one secret.
 */
export const provisionRoles = async (adminUrl: string, secret: string): Promise<void> => {
  const ready = await Promise.all(runtimeRoles.map((role) => canLogIn(adminUrl, role, secret)));
  if (ready.every(Boolean)) return;
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    for (const statement of statements(secret)) await despiteNeighbours(() => client.query(statement));
  } finally {
    await client.end();
  }
};

const postgresError = z.object({ code: z.string() });

/** Two starts at once may touch the same role ("tuple concurrently updated", XX000): the loser tries again. */
const despiteNeighbours = async (run: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run();
      return;
    } catch (error) {
      const code = postgresError.safeParse(error).data?.code;
      if (attempt === 5 || (code !== 'XX000' && code !== '40001')) throw error;
      await delay(20 * attempt);
    }
  }
};
