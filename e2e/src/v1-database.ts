import pg from 'pg';

/** PainChain v1's four tables as far as they are publicly known: names, types and what may be null. */
const schema = `
  create table connections (
    id serial primary key, name text not null, type text not null, config jsonb not null,
    enabled boolean not null default true, tags text, last_sync timestamp(3), webhook_secret text,
    created_at timestamp(3) not null default now(), updated_at timestamp(3) not null default now());
  create table change_events (
    id serial primary key, connection_id integer not null references connections on delete cascade, external_id text,
    source text not null, event_type text not null, title text not null, description text,
    "timestamp" timestamp(3) not null, url text, status text, metadata jsonb not null default '{}',
    event_metadata jsonb not null default '{}', created_at timestamp(3) not null default now(),
    updated_at timestamp(3) not null default now(), unique (connection_id, external_id));
  create table teams (
    id serial primary key, name text not null unique, description text, tags text[] default '{}',
    created_at timestamp(3) not null default now(), updated_at timestamp(3) not null default now());
  create table team_connections (
    id serial primary key, team_id integer not null references teams on delete cascade,
    connection_id integer not null references connections on delete cascade, unique (team_id, connection_id));`;

const people = `
  insert into connections (name, type, config, tags, webhook_secret) values
    ('Work', 'github', jsonb_build_object('token', $1::text, 'repos', 'acme/api,acme/web'), 'backend, critical', $1),
    ('Prod', 'kubernetes', jsonb_build_object('token', $1::text, 'clusterName', 'prod'), null, null);
  `;

const teams = `
  insert into teams (name, tags) values ('Backend', '{backend}'), ('Platform', '{}'), ('Nobody', '{}');
  insert into team_connections (team_id, connection_id) values (2, 2);`;

const changes = `
  insert into change_events (connection_id, external_id, source, event_type, title, description, "timestamp", url, status,
    metadata, event_metadata)
  select 1 + n % 2, 'fact-' || n, case n % 2 when 0 then 'github' else 'kubernetes' end,
    case n % 2 when 0 then 'PR' else 'K8sDeployment' end, 'Change ' || n, repeat('words of a change ', 10),
    date_trunc('minute', now() at time zone 'UTC') - n * interval '10 minutes',
    case n % 2 when 0 then 'https://git.acme.test/acme/api/pull/' || n else 'k8s://prod/shop/deployments/x' end,
    case n % 3 when 0 then 'Merged' else 'Open' end,
    case n % 2 when 0 then '{"repository": "acme/api", "author": "kim"}'::jsonb
      else '{"cluster": "prod", "namespace": "shop"}'::jsonb end,
    jsonb_build_object('number', n)
  from generate_series(1, $1::integer) as n`;

/** Rows that no event can be made of, and some that are merely odd. */
const oddRows = `
  insert into change_events (connection_id, source, event_type, title, description, "timestamp", metadata) values
    (1, 'github', 'PR', ' ', null, now() at time zone 'UTC', '{}'),
    (1, 'github', 'PR', 'without end', null, 'infinity', '{}'),
    (1, 'github', 'PR', 'long ago', null, '2015-01-01', '{}'),
    (1, 'github', 'PR', 'heavy', repeat('x', 400000), now() at time zone 'UTC', '{}'),
    (1, 'github', 'PR', 'deep', null, now() at time zone 'UTC',
      (repeat('{"a":', 60) || '1' || repeat('}', 60))::jsonb),
    (1, 'github', 'PR', repeat('long ', 500), null, now() at time zone 'UTC', '{"id": 123456789012345678}')`;

export const refusedRows = 5;

/** Makes a v1 database of this many sound changes, and six odd ones, beside another one on the same server. */
export async function makeV1(serverUrl: string, secret: string, soundChanges: number): Promise<string> {
  const url = new URL(serverUrl);
  await on(url.href, (client) => client.query('create database painchain_v1'));
  url.pathname = '/painchain_v1';
  await on(url.href, async (client) => {
    await client.query(schema);
    for (const statement of people.split(';').filter((text) => text.trim()))
      await client.query(statement, [secret]);
    await client.query(teams);
    await client.query(changes, [soundChanges]);
    await client.query(oddRows);
  });
  return url.href;
}

/** Changes of a megabyte each. */
export async function addLargeRows(v1Url: string, count: number): Promise<void> {
  const large = `insert into change_events (connection_id, source, event_type, title, description, "timestamp")
    select 1, 'github', 'PR', 'large', repeat('x', 1000000), now() at time zone 'UTC' from generate_series(1, $1::integer)`;
  await on(v1Url, (client) => client.query(large, [count]));
}

async function on(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
