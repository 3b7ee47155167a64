-- How the tables lie on a Citus cluster: to be run once, as the owner, on an empty and migrated database of the
-- coordinator. See docs/adr/0037-citus.md for what has not been tried yet.

-- The tenant of a transaction must reach the workers, where row security asks for it.
alter database painchain set citus.propagate_set_commands = 'local';

-- Everywhere, since tables that are distributed point to it.
select create_reference_table('tenants');

-- By tenant, all of a tenant on one worker: what an event leaves behind.
select create_distributed_table('projects', 'tenant_id');
select create_distributed_table('events', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('event_refs', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('event_words', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('event_days', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('event_slots', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('event_removals', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('integration_hours', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('rejected_events', 'tenant_id', colocate_with => 'projects');
select create_distributed_table('text_reindexing', 'tenant_id', colocate_with => 'projects');

-- On the coordinator: small, and locked across tenants (leases), or ordered by the coordinator's transactions (the tail).
select citus_add_local_table_to_metadata('connectors');
select citus_add_local_table_to_metadata('connector_types');
select citus_add_local_table_to_metadata('integrations');
select citus_add_local_table_to_metadata('sources');
select citus_add_local_table_to_metadata('commands');
select citus_add_local_table_to_metadata('coverage_spells');
select citus_add_local_table_to_metadata('views');
select citus_add_local_table_to_metadata('teams');
select citus_add_local_table_to_metadata('event_tail');
select citus_add_local_table_to_metadata('event_tail_horizon');
