import { type FieldName, fieldNames, type Query, type Test } from '@painchain/query';
import fc from 'fast-check';
import { encodeId } from '../../database/opaque-id.js';
import * as sample from './sample-events.js';

const instants = [
  '2026-01-02',
  '2026-01-03T01:00:00Z',
  '2026-01-03T02:00:00.000001+01:00',
  '2026-01-04T00:00:00.000002Z',
];
const ids = ['1', '7', '8', '100'];

const typed: Partial<Record<FieldName, readonly string[]>> = {
  connector: ['github', 'GitHub', 'kubernetes'],
  project: sample.projects,
  type: ['push', 'deploy'],
  status: ['Failure', ...sample.statuses],
  actor: ['ada', "o'neil", 'dependabot[bot]'],
  environment: sample.environments,
  severity: ['low', 'high'],
  subject: ['acme/api/run/42', 'payment api'],
  tag: sample.tags,
  ref: [...sample.refs, `commit:${sample.commitId.toUpperCase()}`],
  title: ['Pay', 'api roll', '50%', '_', ...sample.words],
  url: ['pull', '50%', 'https://acme.example/Pull/1'],
  id: ids.map((id) => encodeId('evt', id)),
  integration: ids.map((id) => encodeId('int', id)),
  timestamp: instants,
  received_at: instants,
  time_precision: ['exact', 'gap'],
  backfill: ['true', 'false'],
};

const hostile = [
  '',
  '%',
  '_',
  '\\',
  "'",
  '"',
  '$1',
  '\0',
  '\ud800',
  "'; drop table events; --",
  '🚀',
  'evt_0000000000000',
];

/** Where a text can be cut, so that stars stand for what is missing. */
const starred = (text: string) =>
  fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([one, other]) => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return [text.slice(0, from), text.slice(to)];
  });

function testOf(values: readonly string[]): fc.Arbitrary<Test> {
  const value = fc.oneof(
    { arbitrary: fc.constantFrom(...values), weight: 9 },
    { arbitrary: fc.constantFrom(...hostile), weight: 1 },
  );
  return fc.oneof(
    { arbitrary: value.map((each): Test => ({ kind: 'is', value: each })), weight: 4 },
    { arbitrary: value.chain(starred).map((parts): Test => ({ kind: 'like', parts })), weight: 1 },
    { arbitrary: fc.constant<Test>({ kind: 'exists' }), weight: 1 },
    {
      arbitrary: fc
        .record({ operator: fc.constantFrom('>', '>=', '<', '<='), value })
        .map((each): Test => ({ kind: 'compare', ...each })),
      weight: 2,
    },
  );
}

const ownField = fc
  .constantFrom(...fieldNames)
  .chain((name) =>
    testOf(typed[name] ?? ['x']).map((test): Query => ({ kind: 'field', field: { name }, test })),
  );

const filter = fc.constantFrom<FieldName>('project', 'status', 'key').chain((name) =>
  fc
    .array(fc.constantFrom(...(typed[name] ?? ['x']), ...hostile), { minLength: 2, maxLength: 4 })
    .map((values): Query => ({
      kind: 'any',
      of: values.map((value) => ({ kind: 'field', field: { name }, test: { kind: 'is', value } })),
    })),
);

const path = fc.constantFrom(
  ['n'],
  ['replicas'],
  ['replicas', 'new'],
  ['list'],
  ['a.b"c'],
  ['a', 'b'],
  ['\0'],
  ['no'],
);
const values = [
  '0',
  '5',
  '5.0',
  '-3',
  '1.5',
  '1e999',
  '007',
  'true',
  'payment',
  'api',
  '2026-01-02',
  '2026-01-03T00:00:00Z',
];
const dataField = fc
  .tuple(path, testOf(values))
  .map(([each, test]): Query => ({ kind: 'field', field: { name: 'data', path: each }, test }));

const text = fc
  .record({
    text: fc.oneof(
      sample.phrase,
      fc.constantFrom('3f2a9c1', sample.commitId, 'payment-api', '--', 'acme', 'nowhere'),
    ),
    isPrefix: fc.boolean(),
  })
  .map((each): Query => ({ kind: 'text', ...each }));

const condition = fc.oneof(
  { arbitrary: ownField, weight: 5 },
  { arbitrary: filter, weight: 1 },
  { arbitrary: dataField, weight: 2 },
  { arbitrary: text, weight: 2 },
);

/** Any tree, of conditions that sample events often meet. */
export const randomQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    fc.array(tie('query'), { maxLength: 3 }).map((of): Query => ({ kind: 'all', of })),
    fc.array(tie('query'), { maxLength: 3 }).map((of): Query => ({ kind: 'any', of })),
    tie('query').map((of): Query => ({ kind: 'not', of })),
  ),
})).query;
