-- Of sources that were known before spells were kept it can't be told what they missed until then: they count as looked
-- at since how far they had been seen. Row security binds the owner, too, so it has to be said that this is about all.

select set_config('app.across_tenants', 'connectors', true);

-- Nothing was seen of what was yet to come.
update sources set watermark = now() where watermark > now();

update sources set connected_at = watermark where watermark is not null;

update sources set trouble = status #>> '{trouble,detail}'
 where trouble is null and status ->> 'state' in ('failing', 'action_required');

select set_config('app.across_tenants', '', true);
