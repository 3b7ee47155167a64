-- What is shown of an integration while it works, and what is done once it is removed.

-- How many events each integration brought in per hour of arrival. No foreign key: an item that is redriven may name an
-- integration that is gone.
create table integration_hours (
  tenant_id integer not null references tenants,
  integration_id bigint not null,
  hour timestamptz not null,
  count bigint not null,
  primary key (tenant_id, integration_id, hour)
) with (fillfactor = 70);

-- Removed integrations whose events are to go, and up to which one they were looked at.
create table event_removals (
  tenant_id integer not null references tenants,
  integration_id bigint not null,
  connector text not null,
  after_seq bigint not null default 0,
  requested_at timestamptz not null default now(),
  primary key (tenant_id, integration_id)
);

-- What an integration's configuration file says differently from what its connector works by.
alter table integrations add column drift jsonb;

do $$
declare name text;
begin
  foreach name in array array['integration_hours', 'event_removals'] loop
    execute format('alter table %I enable row level security, force row level security', name);
    execute format(
      'create policy tenant on %I using (tenant_id = (select current_tenant()))
       with check (tenant_id = (select current_tenant()))', name);
  end loop;
end $$;
