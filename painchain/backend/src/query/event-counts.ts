// What an event counts as, for those who add it and those who take it away. `rows` names rows with the columns of
// events. Sorted by the key of what is counted: whoever locks in one order waits, but never for each other.

/** How often each value of each field occurs on each day: field, day, value, count. */
export const countedDays = (rows: string) => `
  select field, (timestamp at time zone 'UTC')::date as day, value, count(*) as count
  from ${rows} cross join lateral (
    values ('all', ''), ('connector', connector), ('project', project), ('type', type), ('status', status),
      ('actor', actor), ('environment', environment)
    union all select 'tag', tag from unnest(tags) as tag
    union all select 'tagged', '' where tags <> '{}'
  ) as fields (field, value)
  where value is not null
  group by field, day, value order by field, day, value`;

/** How often each connector and status occurs in each hour and quarter: minutes, slot, connector, status, count. */
export const countedSlots = (rows: string) => `
  select minutes, date_bin(minutes * interval '1 minute', timestamp, '0001-01-01Z') as slot, connector,
    coalesce(status, '') as status, count(*) as count
  from ${rows} cross join (values (15), (60)) as lengths (minutes)
  group by minutes, slot, connector, coalesce(status, '')
  order by minutes, slot, connector, coalesce(status, '')`;
