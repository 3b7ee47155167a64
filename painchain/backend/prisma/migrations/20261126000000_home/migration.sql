-- What people keep beside what happens, and how the events of one subject are found.

-- Each state of a pull request, a run or a rollout: few of millions, anywhere in time. Events without a subject cost
-- nothing here.
create index events_by_subject on events (tenant_id, subject, timestamp desc, seq desc) where subject is not null;

-- The query string of /home under a name: shared, or of one owner, whom a browser made up for itself.
create table views (
  tenant_id integer not null references tenants,
  id bigint generated always as identity,
  owner text,
  name text not null,
  search text not null,
  is_default boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, owner, name)
);
-- /home opens with one: of all shared views, and of those of an owner.
create unique index views_by_default on views (tenant_id, owner) nulls not distinct where is_default;

create table teams (
  tenant_id integer not null references tenants,
  id bigint generated always as identity,
  name text not null,
  tags text[] not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

do $$
declare name text;
begin
  foreach name in array array['views', 'teams'] loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = (select current_tenant()))
       with check (tenant_id = (select current_tenant()))', name);
  end loop;
end $$;
