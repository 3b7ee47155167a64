-- The owner runs this file; the serving role (granted after every migration run) is neither owner, superuser
-- nor BYPASSRLS. Every tenant table leads with tenant_id in all of its keys, so that row security, unique
-- keys and a later distribution by tenant agree.

create table tenants (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name text not null,
  created_at timestamptz not null default now()
);

insert into tenants (slug, name) values ('default', 'Default');

-- The tenant of the transaction, or null. An empty text comes back once a SET LOCAL has ended.
create function current_tenant() returns integer
  language sql stable parallel safe
  return nullif(current_setting('app.tenant', true), '')::integer;

-- True only inside a transaction that serves connectors, which work through the integrations of all tenants.
create function across_tenants() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('app.across_tenants', true), '') = 'connectors';

-- Connectors: processes ------------------------------------------------------------------------------------

create table connectors (
  tenant_id integer not null references tenants,
  id bigint generated always as identity,
  instance_id text not null,
  type text not null,
  version text not null,
  state text not null default 'running' check (state in ('running', 'draining', 'stopped')),
  registered_at timestamptz not null default now(),
  last_heartbeat timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, instance_id)
);
create index connectors_by_type on connectors (tenant_id, type, last_heartbeat desc);

-- What types that are not built in say of themselves (their connector.yaml), per tenant.
create table connector_types (
  tenant_id integer not null references tenants,
  type text not null,
  manifest jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, type)
);

-- Integrations: registered credentials and configurations ----------------------------------------------------

create table integrations (
  tenant_id integer not null references tenants,
  id bigint generated always as identity,
  type text not null,
  name text not null,
  group_name text,
  -- What may be shown, with a marker in place of every secret; and all of it, sealed.
  config_public jsonb not null,
  config_sealed text not null,
  enabled boolean not null default true,
  file_path text,
  file_instance_id text,
  trouble jsonb,
  registered_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_heartbeat timestamptz,
  -- The lease: who works through it until when. The epoch grows with every change of hands.
  epoch bigint not null default 0,
  lease_connector_id bigint,
  lease_until timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, type, name),
  check ((file_path is null) = (file_instance_id is null))
);
create index integrations_by_lease on integrations (type, lease_until);

create table sources (
  tenant_id integer not null,
  integration_id bigint not null,
  source text not null,
  project text,
  cursor jsonb,
  version integer not null default 0,
  watermark timestamptz,
  last_sync timestamptz,
  status jsonb,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, integration_id, source),
  foreign key (tenant_id, integration_id) references integrations on delete cascade
);

create table commands (
  tenant_id integer not null,
  id bigint generated always as identity,
  integration_id bigint not null,
  kind text not null check (kind in ('test', 'sync')),
  status text not null default 'queued' check (status in ('queued', 'sent', 'succeeded', 'failed')),
  steps jsonb not null default '[]',
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, integration_id) references integrations on delete cascade
);
create index commands_to_send on commands (tenant_id, integration_id) where status in ('queued', 'sent');

-- Events ---------------------------------------------------------------------------------------------------

create table projects (
  tenant_id integer not null references tenants,
  connector text not null,
  name text not null,
  tags text[] not null default '{}',
  event_count bigint not null default 0,
  last_event_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, connector, name)
) with (fillfactor = 70);

create table events (
  seq bigint generated always as identity,
  -- No foreign key, which would cost a twelfth of ingest: the project of each event has it, in the same statement.
  tenant_id integer not null,
  -- No foreign key: an event outlives its integration.
  integration_id bigint,
  timestamp timestamptz not null,
  received_at timestamptz not null default now(),
  sent_at timestamptz,
  title text not null,
  connector text not null,
  project text not null,
  type text,
  status text,
  actor text,
  url text,
  environment text,
  severity text,
  subject text,
  key text not null,
  refs text[] not null default '{}',
  tags text[] not null default '{}',
  time_gap boolean not null default false,
  backfill boolean not null default false,
  data jsonb not null,
  primary key (tenant_id, seq)
);
create unique index events_by_key on events (tenant_id, connector, key);
create index events_by_time on events (tenant_id, timestamp desc, seq desc) include (connector, project, status, actor);
create index events_by_project on events (tenant_id, project, timestamp desc, seq desc);

-- Correlation keys. A side table: with a GIN index and an absent ref the planner walks the whole timeline.
create table event_refs (
  tenant_id integer not null,
  ref text not null,
  timestamp timestamptz not null,
  seq bigint not null,
  primary key (tenant_id, ref, timestamp, seq)
);

-- The live tail reads (xid, seq) below the oldest running transaction, so rows that commit late are not missed.
-- Kept apart from events and pruned, because transaction ids mean nothing after a restore elsewhere.
create table event_tail (
  tenant_id integer not null,
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null,
  stored_at timestamptz not null default now(),
  primary key (tenant_id, xid, seq)
);
create index event_tail_by_age on event_tail (stored_at);

-- Up to which transaction the tail was pruned: a cursor before it can't be continued.
create table event_tail_horizon (
  only_row boolean primary key default true check (only_row),
  xid xid8 not null
);
insert into event_tail_horizon (xid) values ('0');

-- Items that were refused for good, to look at and to redrive. The text is JSON as it came, escaped.
create table rejected_events (
  tenant_id integer not null references tenants,
  id bigint generated always as identity,
  integration_id bigint,
  received_at timestamptz not null default now(),
  code text not null,
  detail text not null,
  event text not null,
  primary key (tenant_id, id)
);
create index rejected_events_by_age on rejected_events (received_at);
-- The same item, sent again after a lost reply, is kept once.
create unique index rejected_events_once on rejected_events (tenant_id, md5(event));

-- Row security ---------------------------------------------------------------------------------------------
-- FORCE binds the owner too, except on the event tables, where a function of the owner will have to search
-- text: its operators are not leakproof and can't use an index under a policy. See docs/adr.

do $$
declare name text;
begin
  foreach name in array array['connectors', 'connector_types', 'integrations', 'sources', 'commands'] loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = (select current_tenant()) or (select across_tenants()))
       with check (tenant_id = (select current_tenant()) or (select across_tenants()))', name);
  end loop;
  foreach name in array array['projects', 'rejected_events'] loop
    execute format('alter table %I enable row level security, force row level security', name);
  end loop;
  foreach name in array array['events', 'event_refs', 'event_tail'] loop
    execute format('alter table %I enable row level security', name);
  end loop;
  foreach name in array array['projects', 'rejected_events', 'events', 'event_refs', 'event_tail'] loop
    execute format(
      'create policy tenant on %I using (tenant_id = (select current_tenant()))
       with check (tenant_id = (select current_tenant()))', name);
  end loop;
end $$;
