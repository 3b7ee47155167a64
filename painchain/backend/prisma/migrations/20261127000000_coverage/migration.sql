-- How completely was seen what happened: since when a source is looked at, when it is to be looked at next, and the
-- stretches of time in which it was not seen as it should have been.

alter table sources
  -- Since when what happens there is seen; null until it was looked at for the first time.
  add column connected_at timestamptz,
  -- The promise of a source that does well: when its next look is due, and how long it waits between two.
  add column due_at timestamptz,
  add column interval_seconds double precision,
  -- Since when its connector no longer names it among the sources of its integration.
  add column gone_at timestamptz;

update sources s set connected_at = least(i.registered_at, s.watermark)
  from integrations i
 where i.tenant_id = s.tenant_id and i.id = s.integration_id and s.watermark is not null;

create table coverage_spells (
  tenant_id integer not null,
  integration_id bigint not null,
  source text not null,
  kind text not null check (kind in ('late', 'blind', 'reconstructed')),
  began_at timestamptz not null,
  ended_at timestamptz not null,
  reason text,
  primary key (tenant_id, integration_id, source, kind, began_at),
  foreign key (tenant_id, integration_id, source) references sources on delete cascade,
  check (began_at < ended_at)
);
-- Which spells a window holds, and which are too old.
create index coverage_spells_by_end on coverage_spells (tenant_id, ended_at);

alter table coverage_spells enable row level security, force row level security;
create policy tenant on coverage_spells
  using (tenant_id = (select current_tenant()) or (select across_tenants()))
  with check (tenant_id = (select current_tenant()) or (select across_tenants()));
