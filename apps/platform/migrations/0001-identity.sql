-- Accounts of people. Only lr_auth may touch these tables; the application's own role reaches a session
-- through app.enter() alone, so a flaw in the application's SQL cannot read password or session hashes.

create table identity.users (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table identity.accounts (
  id uuid primary key,
  user_id uuid not null references identity.users on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index accounts_user on identity.accounts (user_id);

-- token: SHA-256 of the secret in the cookie, never the secret.
create table identity.sessions (
  id uuid primary key,
  token text not null unique check (length(token) = 64),
  user_id uuid not null references identity.users on delete cascade,
  expires_at timestamptz not null,
  idle_until timestamptz not null default now() + interval '12 hours',
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_user on identity.sessions (user_id);

-- identifier: SHA-256 of the purpose and the secret in the mailed link.
create table identity.verifications (
  id uuid primary key,
  identifier text not null unique,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_expiry on identity.verifications (expires_at);

grant usage on schema identity to lr_auth, lr_definer;
grant select, insert, update, delete on all tables in schema identity to lr_auth;
grant select on identity.users, identity.sessions to lr_definer;
grant update (idle_until) on identity.sessions to lr_definer;
