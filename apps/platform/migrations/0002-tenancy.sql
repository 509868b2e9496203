-- Every table here starts its keys and its foreign keys with tenant_id, so that a reference across tenants cannot exist.

create table app.tenants (
  tenant_id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
  name text not null check (length(name) between 1 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Rows of people who left stay as 'removed': their posts keep an author.
create table app.memberships (
  tenant_id uuid not null references app.tenants on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('owner', 'admin', 'staff', 'member', 'client', 'restricted')),
  status text not null default 'active' check (status in ('active', 'removed')),
  name text not null,
  email text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, user_id)
);
create index memberships_user on app.memberships (user_id);

create table app.invites (
  tenant_id uuid not null references app.tenants on delete cascade,
  id uuid not null,
  token_hash text not null unique check (length(token_hash) = 64),
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'staff', 'member', 'client', 'restricted')),
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, invited_by) references app.memberships (tenant_id, user_id)
);
