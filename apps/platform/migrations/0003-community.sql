create table app.spaces (
  tenant_id uuid not null references app.tenants on delete cascade,
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  description text not null default '' check (length(description) <= 2000),
  visibility text not null check (visibility in ('open', 'private')),
  created_by uuid not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, created_by) references app.memberships (tenant_id, user_id)
);

create table app.space_members (
  tenant_id uuid not null,
  space_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, space_id, user_id),
  foreign key (tenant_id, space_id) references app.spaces (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references app.memberships (tenant_id, user_id) on delete cascade
);
create index space_members_user on app.space_members (tenant_id, user_id);

create table app.posts (
  tenant_id uuid not null,
  id uuid not null,
  space_id uuid not null,
  author_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) <= 50000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, space_id) references app.spaces (tenant_id, id) on delete cascade,
  foreign key (tenant_id, author_id) references app.memberships (tenant_id, user_id)
);
-- Ids are UUIDv7: their order is the order of creation, so pages are cut by id.
create index posts_page on app.posts (tenant_id, space_id, id desc);
create index posts_author on app.posts (tenant_id, author_id);

create table app.comments (
  tenant_id uuid not null,
  id uuid not null,
  post_id uuid not null,
  author_id uuid not null,
  body text not null check (length(body) between 1 and 10000),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, post_id) references app.posts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, author_id) references app.memberships (tenant_id, user_id)
);
create index comments_page on app.comments (tenant_id, post_id, id);
create index comments_author on app.comments (tenant_id, author_id);
