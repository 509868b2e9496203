import { Kysely, PostgresDialect, type Transaction, sql } from 'kysely';
import type { Pool } from 'pg';
import * as z from 'zod';
import { role } from '../policy/roles.ts';
import type { Schema } from './schema.ts';

/** A transaction in which row-level security shows one tenant, or nothing. */
export type Tx = Transaction<Schema>;

/** Who is acting, and, when they belong to the organisation they asked for, as what. */
export interface Entered {
  readonly userId: string;
  readonly sessionId: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
  readonly tenant: { readonly id: string; readonly slug: string; readonly role: z.infer<typeof role> } | null;
}

/** Access to the tables of tenants, always as somebody and inside one tenant. */
export interface Database {
  readonly pool: Pool;
  /** Who a session belongs to and what they are in this organisation; null when the session does not live. */
  whoIs(sessionHash: string, org: string): Promise<Entered | null>;
  /** Runs in a transaction that was entered with this session; null when the session does not live. */
  asSession<T>(
    sessionHash: string,
    org: string,
    run: (tx: Tx, entered: Entered) => Promise<T>,
  ): Promise<T | null>;
  /** Runs in a transaction inside a tenant that is just being made, which nobody can be a member of yet. */
  inNewTenant<T>(tenantId: string, run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs in a transaction inside the tenant of a usable invite; null when there is none for this secret. */
  byInvite<T>(inviteHash: string, run: (tx: Tx, tenantId: string) => Promise<T>): Promise<T | null>;
  /** Organisations of the person whose session this is. */
  organisationsOf(sessionHash: string): Promise<readonly OrganisationOfPerson[]>;
}

const organisationRow = z.object({ tenant_id: z.string(), slug: z.string(), name: z.string(), role });
type OrganisationOfPerson = z.infer<typeof organisationRow>;

const enteredRow = z.object({
  user_id: z.string(),
  session_id: z.string(),
  email: z.string(),
  name: z.string(),
  email_verified: z.boolean(),
  tenant_id: z.string().nullable(),
  slug: z.string().nullable(),
  role: role.nullable(),
});

const asEntered = (raw: unknown): Entered | null => {
  const row = enteredRow.optional().parse(raw);
  if (row === undefined) return null;
  const { tenant_id: id, slug, role: roleInTenant } = row;
  return {
    userId: row.user_id,
    sessionId: row.session_id,
    email: row.email,
    name: row.name,
    emailVerified: row.email_verified,
    tenant: id === null || slug === null || roleInTenant === null ? null : { id, slug, role: roleInTenant },
  };
};

export const openDatabase = (pool: Pool): Database => {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    pool,
    whoIs: async (sessionHash, org) => {
      const { rows } = await pool.query({
        name: 'who_is',
        text: 'select * from app.enter($1, $2)',
        values: [sessionHash, org],
      });
      return asEntered(rows[0]);
    },
    asSession: (sessionHash, org, run) =>
      db.transaction().execute(async (tx) => {
        const { rows } = await sql`select * from app.enter(${sessionHash}, ${org})`.execute(tx);
        const entered = asEntered(rows[0]);
        return entered === null ? null : run(tx, entered);
      }),
    inNewTenant: (tenantId, run) =>
      db.transaction().execute(async (tx) => {
        await sql`select set_config('app.tenant', ${tenantId}, true)`.execute(tx);
        return run(tx);
      }),
    byInvite: (inviteHash, run) =>
      db.transaction().execute(async (tx) => {
        const { rows } = await sql`select app.enter_by_invite(${inviteHash}) as tenant_id`.execute(tx);
        const { tenant_id: tenantId } = z.object({ tenant_id: z.string().nullable() }).parse(rows[0]);
        return tenantId === null ? null : run(tx, tenantId);
      }),
    organisationsOf: async (sessionHash) => {
      const { rows } = await pool.query('select * from app.my_tenants($1)', [sessionHash]);
      return z.array(organisationRow).parse(rows);
    },
  };
};
