import type { ClientBase, Pool } from 'pg';
import * as z from 'zod';

/** Findings of the doctor: the platform does not serve while there is one. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(`the database does not isolate tenants: ${findings.join('; ')}`);
    this.findings = findings;
  }
}

/** Functions that may act with more rights than their caller. */
const definerFunctions = ['app.enter', 'app.enter_by_invite', 'app.my_tenants'];

/** Tables that those functions may read across tenants. */
const readAcrossTenants = ['invites', 'memberships', 'tenants'];

/** Unique keys that need not start with the tenant: random secrets, and the names that tenants are found by. */
const globalKeys = ['invites_token_hash_key', 'tenants_slug_key'];

const isolation = "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";

const textRow = z.object({ finding: z.string() });

interface Examination {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

/** Each query returns one row for each thing that is wrong. They run as the application's own role. */
const examinations: readonly Examination[] = [
  {
    sql: `select current_user || ' is a superuser, bypasses row-level security, or may create roles or databases' as finding
          from pg_roles where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  },
  {
    sql: `select current_user || ' is a member of ' || rolname as finding from pg_roles
          where rolname in ('lr_owner', 'lr_definer', 'lr_auth') and pg_has_role(current_user, oid, 'member')`,
  },
  {
    sql: `select n.nspname || '.' || c.relname || ' belongs to ' || pg_get_userbyid(c.relowner) || ', not to lr_owner' as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname in ('app', 'identity', 'ops') and c.relkind in ('r', 'p', 'v', 'm', 'S')
            and pg_get_userbyid(c.relowner) <> 'lr_owner'`,
  },
  {
    sql: `select 'app.' || c.relname || ' has no tenant_id' as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'app' and c.relkind in ('r', 'p')
            and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull)`,
  },
  {
    sql: `select n.nspname || '.' || c.relname || ' has a tenant_id and row-level security is not enabled and forced' as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
          where n.nspname not in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'p')
            and not (c.relrowsecurity and c.relforcerowsecurity)`,
  },
  {
    sql: `select 'app.' || c.relname || ' has no isolating policy for lr_app' as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'app' and c.relkind in ('r', 'p') and not exists (
            select from pg_policies p where p.schemaname = 'app' and p.tablename = c.relname and p.cmd = 'ALL'
              and p.permissive = 'PERMISSIVE' and p.roles = '{lr_app}' and p.qual = $1 and p.with_check = $1)`,
    values: [isolation],
  },
  {
    sql: `select p.schemaname || '.' || p.tablename || ' has the unexpected policy ' || p.policyname as finding
          from pg_policies p
          where p.permissive = 'PERMISSIVE'
            and not (p.roles = '{lr_app}' and p.qual is not distinct from $1 and p.with_check is not distinct from $1)
            and not (p.roles = '{lr_definer}' and p.cmd = 'SELECT' and p.schemaname = 'app' and p.tablename = any ($2))`,
    values: [isolation, readAcrossTenants],
  },
  {
    sql: `select 'app.' || t.relname || ': key ' || i.relname || ' does not start with tenant_id' as finding
          from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
          join pg_namespace n on n.oid = t.relnamespace
          left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
          where n.nspname = 'app' and x.indisunique and a.attname is distinct from 'tenant_id' and i.relname <> all ($1)`,
    values: [globalKeys],
  },
  {
    sql: `select 'app.' || t.relname || ': reference ' || f.conname || ' could point into another tenant' as finding
          from pg_constraint f join pg_class t on t.oid = f.conrelid join pg_class r on r.oid = f.confrelid
          join pg_namespace n on n.oid = t.relnamespace
          where f.contype = 'f' and n.nspname = 'app' and not (
            (select attname from pg_attribute where attrelid = t.oid and attnum = f.conkey[1]) = 'tenant_id'
            and (select attname from pg_attribute where attrelid = r.oid and attnum = f.confkey[1]) = 'tenant_id')`,
  },
  {
    sql: `select n.nspname || '.' || p.proname || ' acts with the rights of ' || pg_get_userbyid(p.proowner) as finding
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
            and not (n.nspname || '.' || p.proname = any ($1) and pg_get_userbyid(p.proowner) = 'lr_definer'
              and coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)
              and not exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
                where g.grantee = 0 and g.privilege_type = 'EXECUTE'))`,
    values: [definerFunctions],
  },
  {
    sql: `select 'lr_definer may log in, bypass row-level security, or inherits rights' as finding from pg_roles r
          where r.rolname = 'lr_definer' and (r.rolcanlogin or r.rolsuper or r.rolbypassrls
            or exists (select from pg_auth_members m where m.member = r.oid))`,
  },
  {
    sql: `select n.nspname || '.' || c.relname || ' is a view that shows what its owner may see' as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname in ('app', 'identity', 'ops', 'public') and c.relkind in ('v', 'm')
            and not coalesce(c.reloptions @> array['security_invoker=true'], false)`,
  },
  {
    sql: `select current_user || ' can reach identity.' || c.relname as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'identity' and c.relkind in ('r', 'p')
            and (has_table_privilege(c.oid, 'select, insert, update, delete, truncate')
              or has_any_column_privilege(c.oid, 'select, insert, update'))`,
  },
  {
    sql: `select 'lr_auth is a superuser, bypasses row-level security, or inherits rights' as finding from pg_roles r
          where r.rolname = 'lr_auth' and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb
            or exists (select from pg_auth_members m where m.member = r.oid))`,
  },
  {
    sql: `select 'lr_auth can reach app.' || c.relname as finding
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'app' and c.relkind in ('r', 'p')
            and has_table_privilege('lr_auth', c.oid, 'select, insert, update, delete, truncate')`,
  },
];

const tableRow = z.object({ name: z.string() });

/**
 * Examines whether the database itself keeps tenants apart, as the role that serves requests: from the catalogue, and by looking
 * into every table without having entered a tenant.
 *
 * @returns what is wrong, in words; empty when nothing is.
 */
export const examine = async (pool: Pool | ClientBase): Promise<readonly string[]> => {
  const findings: string[] = [];
  for (const { sql, values } of examinations) {
    const { rows } = await pool.query(sql, values === undefined ? [] : [...values]);
    findings.push(
      ...z
        .array(textRow)
        .parse(rows)
        .map(({ finding }) => finding),
    );
  }
  const { rows } = await pool.query(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'app' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select') order by 1`,
  );
  for (const { name } of z.array(tableRow).parse(rows)) {
    const { rowCount } = await pool.query(`select 1 from ${name} limit 1`);
    if (rowCount !== 0) findings.push(`${name} shows rows outside of any tenant`);
  }
  return findings;
};

/** How many examinations there are, for the log. */
export const examinationCount = examinations.length + 1;

/** @throws DoctorError naming everything that is wrong. */
export const refuseUnlessIsolated = async (pool: Pool): Promise<void> => {
  const findings = await examine(pool);
  if (findings.length > 0) throw new DoctorError(findings);
};
