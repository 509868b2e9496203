-- Row-level security on every table of a tenant, forced for the owner too. nullif() because a pooled connection shows ''
-- after a transaction-local setting has ended; '' would be an error instead of no rows, and null matches nothing.

do $$
declare
  name text;
begin
  foreach name in array array['tenants', 'memberships', 'invites', 'spaces', 'space_members', 'posts', 'comments'] loop
    execute format('alter table app.%I enable row level security', name);
    execute format('alter table app.%I force row level security', name);
    execute format(
      'create policy tenant_isolation on app.%I for all to lr_app'
      || ' using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)'
      || ' with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', name);
  end loop;
end
$$;

grant usage on schema app to lr_app, lr_definer;
grant select, insert, update, delete on all tables in schema app to lr_app;

-- The functions below must look across tenants to find the one to enter. They see these three tables and may not write them.
grant select on app.tenants, app.memberships, app.invites to lr_definer;
create policy definer_reads on app.tenants for select to lr_definer using (true);
create policy definer_reads on app.memberships for select to lr_definer using (true);
create policy definer_reads on app.invites for select to lr_definer using (true);

-- Resolves session, membership, role and tenant in one step and in the caller's transaction. Without a living session: no
-- row. Without a membership: a row whose tenant is null. In both cases app.tenant stays empty and every table shows nothing.
create function app.enter(p_token_hash text, p_org text)
returns table (
  user_id uuid, session_id uuid, email text, name text, email_verified boolean, tenant_id uuid, slug text, role text
)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  found_session record;
  found_tenant record;
begin
  perform set_config('app.tenant', '', true), set_config('app.user', '', true), set_config('app.role', '', true);
  select s.id, s.user_id, s.idle_until, u.email, u.name, u.email_verified into found_session
    from identity.sessions s join identity.users u on u.id = s.user_id
    where s.token = p_token_hash and s.expires_at > now() and s.idle_until > now();
  if not found then
    return;
  end if;
  perform set_config('app.user', found_session.user_id::text, true);
  -- Written at most every few minutes, so that reading stays reading.
  if found_session.idle_until < now() + interval '11 hours 55 minutes' and not pg_is_in_recovery()
     and current_setting('transaction_read_only') = 'off' then
    update identity.sessions set idle_until = now() + interval '12 hours' where id = found_session.id;
  end if;
  select t.tenant_id, t.slug, m.role into found_tenant
    from app.tenants t join app.memberships m on m.tenant_id = t.tenant_id
    where (t.slug = p_org or t.tenant_id::text = p_org) and m.user_id = found_session.user_id and m.status = 'active';
  if found then
    perform set_config('app.tenant', found_tenant.tenant_id::text, true), set_config('app.role', found_tenant.role, true);
  end if;
  return query select found_session.user_id, found_session.id, found_session.email, found_session.name,
    found_session.email_verified, found_tenant.tenant_id, found_tenant.slug, found_tenant.role;
end
$$;

-- The organisations of the person whose session this is.
create function app.my_tenants(p_token_hash text)
returns table (tenant_id uuid, slug text, name text, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.tenant_id, t.slug, t.name, m.role
  from identity.sessions s
  join app.memberships m on m.user_id = s.user_id and m.status = 'active'
  join app.tenants t on t.tenant_id = m.tenant_id
  where s.token = p_token_hash and s.expires_at > now() and s.idle_until > now()
  order by t.slug
$$;

-- Enters the tenant of an invite that can still be used, for whoever holds its secret; nothing is consumed.
create function app.enter_by_invite(p_invite_hash text)
returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_tenant uuid;
begin
  perform set_config('app.tenant', '', true), set_config('app.role', '', true);
  select i.tenant_id into found_tenant from app.invites i
    where i.token_hash = p_invite_hash and i.used_at is null and i.revoked_at is null and i.expires_at > now();
  if found then
    perform set_config('app.tenant', found_tenant::text, true);
  end if;
  return found_tenant;
end
$$;

revoke all on function app.enter(text, text), app.my_tenants(text), app.enter_by_invite(text) from public;
grant execute on function app.enter(text, text), app.my_tenants(text), app.enter_by_invite(text) to lr_app;
grant create on schema app to lr_definer;
alter function app.enter(text, text) owner to lr_definer;
alter function app.my_tenants(text) owner to lr_definer;
alter function app.enter_by_invite(text) owner to lr_definer;
revoke create on schema app from lr_definer;
