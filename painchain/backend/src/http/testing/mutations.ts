import fc from 'fast-check';

/** One of everything that has an id. */
export interface Ids {
  connector: string;
  integration: string;
  event: string;
  command: string;
  view: string;
  team: string;
  epoch: number;
}

const event = {
  title: 'Deployed',
  connector: 'ci',
  project: 'acme/api',
  timestamp: '2026-11-24T10:35:00.123456Z',
  data: { author: { login: 'ada' }, status: 'Success', sha: 'a'.repeat(40), list: [1, 2.5, null] },
  key: 'k',
  status: 'Success',
  refs: ['commit:abcdef0'],
  tags: ['a'],
  sent_at: '2026-11-24T10:35:00Z',
};
const trouble = { code: 'x', detail: 'd', remedy: 'r', since: '2026-11-24T10:35:00Z' };
const status = {
  source: 's',
  project: 'acme/api',
  state: 'healthy',
  watermark: '2026-11-24T10:35:00Z',
  last_sync: '2026-11-24T10:35:00Z',
  next_sync: null,
  lag_seconds: 1.5,
  trouble,
};
const manifest = {
  type: 'own',
  name: 'Own',
  description: '',
  mode: 'poll',
  config_schema: { type: 'object' },
};

const view = { name: 'Failures', search: 'q=status%3Afailure', is_default: true, owner: null };
const team = { name: 'Payments', tags: ['payments', 'critical'] };

/** A body that its route takes. */
export function bodyOf(name: string, { integration, command, epoch }: Ids): object {
  const lease = { integration_id: integration, epoch };
  const progress = {
    source: 's',
    project: 'acme/api',
    tags: ['a'],
    cursor: { at: 1 },
    expected_version: 0,
    watermark: '2026-11-24T10:35:00Z',
  };
  const bodies: Record<string, object> = {
    'POST /api/events': { events: [event, { ...event, key: 'l' }], lease, sources: [progress] },
    'POST /api/integrations': {
      type: 'own',
      name: 'Main',
      group: 'g',
      config: { url: 'https://a.example', token: 't' },
      file: { path: 'c.yaml', instance_id: 'one' },
    },
    'PUT /api/integrations/{id}': { name: 'Main', group: null, config: { token: 't' }, enabled: true },
    'POST /api/connectors/register': {
      instance_id: 'one',
      type: 'own',
      version: '1',
      contract_version: '2.0',
      manifest,
    },
    'POST /api/connectors/{id}/heartbeat': {
      state: 'running',
      leases: [{ ...lease, sources: [status], trouble }],
      command_results: [{ command_id: command, ok: true, steps: [{ name: 'a', ok: true, detail: 'd' }] }],
    },
    'POST /api/connectors/{id}/leases': { claim: 1_000, release: [] },
    'POST /api/views': view,
    'PUT /api/views/{id}': view,
    'POST /api/teams': team,
    'PUT /api/teams/{id}': team,
  };
  return bodies[name] ?? {};
}

// prettier-ignore
const nastyJson = [
  'null', 'true', '0', '-1', '1.5', '-0', '""', '" "', '[]', '{}', '9007199254740993', '1e400', '1e-400',
  '2147483648', '9007199254740991', '1e308', '5e-324', '"\\u0000"', '"\\ud800"', '{"\\u0000":1}',
  '"İ\u{1f600}"', '{"__proto__":1}', '{"constructor":{"prototype":1}}', '{"toJSON":"x","then":"y"}',
  '"9999-12-31T23:59:59.9999999Z"', '"0001-01-01T00:00:00Z"', '"2026-02-30T00:00:00Z"', '"infinity"',
  '"2026-11-24T10:35:00+15:59"', '"evt_bg11kb9jvanhe"', '"int_ap5myq02vhhrw"', '"e\u0301\u202e"', '"%00"',
  `"${'x'.repeat(5_000)}"`,
  `"İ${'x'.repeat(61)}\u{1f600}"`,
  `"${'\u{1f600}'.repeat(150)}"`,
  `${'['.repeat(33)}${']'.repeat(33)}`,
  `[${'0,'.repeat(10_000)}0]`,
  `{"a":${'[1e308,'.repeat(20)}0${']'.repeat(20)}}`,
];

type Body = (ids: Ids) => Buffer;

/** Every place of a JSON value that something else could stand in. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...path, key]))];
}

const mark = '<here>';

function replaced(value: unknown, [key, ...rest]: (string | number)[]): unknown {
  if (key === undefined) return mark;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest);
  return copy;
}

const withNasty = (name: string): fc.Arbitrary<Body> =>
  fc
    .record({ at: fc.nat(), text: fc.oneof(fc.constantFrom(...nastyJson), fc.json({ maxDepth: 3 })) })
    .map(({ at, text }) => (ids) => {
      const body = bodyOf(name, ids);
      const places = placesOf(body);
      const place = places[at % places.length] ?? [];
      return Buffer.from(JSON.stringify(replaced(body, place)).replace(`"${mark}"`, () => text));
    });

const withOtherBytes = (name: string): fc.Arbitrary<Body> =>
  fc
    .array(fc.record({ at: fc.nat(), cut: fc.nat(3), bytes: fc.uint8Array({ maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => (ids) => {
      let body = Buffer.from(JSON.stringify(bodyOf(name, ids)));
      for (const { at, cut, bytes } of changes) {
        const from = at % (body.length + 1);
        body = Buffer.concat([body.subarray(0, from), bytes, body.subarray(from + cut)]);
      }
      return body;
    });

/** A body of the route that was changed in one place, in some bytes, or is garbage altogether. */
export function mutatedBody(name: string): fc.Arbitrary<Body> {
  const whole: fc.Arbitrary<Body> = fc.constant((ids) => Buffer.from(JSON.stringify(bodyOf(name, ids))));
  const garbage: fc.Arbitrary<Body> = fc
    .uint8Array({ maxLength: 50 })
    .map((bytes) => () => Buffer.from(bytes));
  return fc.oneof(
    { arbitrary: withNasty(name), weight: 6 },
    { arbitrary: withOtherBytes(name), weight: 3 },
    { arbitrary: whole, weight: 1 },
    { arbitrary: garbage, weight: 1 },
  );
}

const parameters = ['connector', 'project', 'type', 'status', 'actor', 'environment', 'tag', 'owner', 'q'];
const parameter = fc.oneof(
  { arbitrary: fc.constantFrom(...parameters, 'from', 'to', 'cursor', 'limit'), weight: 9 },
  { arbitrary: fc.constantFrom('fields', 'sort', 'zone', 'at'), weight: 3 },
  { arbitrary: fc.string({ maxLength: 5 }).map(encodeURIComponentSafely), weight: 1 },
);
const places = ['["older","2026-11-24T10:35:00.123456Z","1"]', '["newer","0001-01-01T00:00:00.000000Z","0"]'];
const cursors = [
  ...places,
  '["older","2026-11-24T10:35:00.123456Z","1","oldest"]',
  '["acme","ci"]',
  '["\\u0000","x"]',
  '{}',
].map((text) => Buffer.from(text).toString('base64url'));
const argument = fc.oneof(
  fc.constantFrom('', '1', '-1', '1e1', '200', '201', 'NaN', '%00', '%ff', '%ed%a0%80', '%', '%F0%9F%98%80'),
  fc.constantFrom('2026-11-24T10:35:00Z', '9999-12-31T23:59:59.9999999Z', '0001-01-01T00:00:00Z', 'now'),
  fc.constantFrom(
    ...cursors,
    'an-owner-of-a-view',
    'rej_ap5myq02vhhrw',
    '0123456789ab.5.0',
    '0123456789ab.9999999999999999999.1',
  ),
  fc.string({ maxLength: 20, unit: 'binary' }).map(encodeURIComponentSafely),
);

// prettier-ignore
const pieceOfQuery = fc.constantFrom(
  'status:success', 'project:acme/*', '-actor:*', 'data.list:>2', 'data."a b".c:x', 'data.n:>1e999', 'tag:(a OR b)',
  'ref:commit:abcdef0', 'timestamp:2026-11-24', 'received_at:>=2026-11-24T10:35:00Z', 'id:evt_bg11kb9jvanhe',
  'integration:*', 'backfill:false', 'deployed', '"de plo"*', 'abcdef0', 'title:*%_', 'url:\\', "'", '"', '(', ')',
  ' ', ' ', ' OR ', ' AND ', 'NOT ', '-', ':', '*', '>', '\0', '\u{1f600}', '<->', '$."a" ? (@ == 1)', '; drop table events',
);
/** A query, as it stands in an address. */
export const queryText = fc
  .tuple(fc.array(pieceOfQuery, { maxLength: 6 }), fc.constantFrom('', ' '))
  .map(([pieces, between]) => encodeURIComponentSafely(pieces.join(between)));
const pair = fc.oneof(
  { arbitrary: fc.tuple(parameter, argument), weight: 3 },
  { arbitrary: fc.tuple(fc.constant('q'), queryText), weight: 1 },
  { arbitrary: fc.constantFrom(['format', 'csv'], ['format', 'ndjson'], ['format', 'markdown']), weight: 1 },
);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '?'));
}

export const mutatedQuery = fc.array(pair, { maxLength: 3 }).map((pairs) => {
  const query = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  return query === '' ? '' : `?${query}`;
});

export type PathValue = (ids: Ids, template: string) => string;

/** What stands in a path where an id belongs. */
export const pathValue: fc.Arbitrary<PathValue> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constant((ids: Ids, template: string) => {
      if (template.includes('commandId') && !template.includes('{id}')) return ids.command;
      if (template.startsWith('/api/events')) return ids.event;
      if (template.startsWith('/api/views')) return ids.view;
      if (template.startsWith('/api/teams')) return ids.team;
      return template.startsWith('/api/connectors') ? ids.connector : ids.integration;
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.constantFrom('x', 'evt_0000000000000', 'int_zzzzzzzzzzzzz', '%00', '%ff', '..%2f', 'own', 'types'),
        fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }).map(encodeURIComponentSafely),
      )
      .map((text) => () => text),
  },
);
