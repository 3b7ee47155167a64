-- Why a source was out of sight is still known when it is seen again, whoever looks by then.

-- What keeps it from being seen, until it does well or is seen further.
alter table sources add column trouble text;

update sources set trouble = status #>> '{trouble,detail}'
 where status ->> 'state' in ('failing', 'action_required');
