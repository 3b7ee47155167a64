import type { JsonObject, JsonValue } from '@painchain/contract';
import fc from 'fast-check';

const hostile = fc.constantFrom(
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'https://user@evil.example/',
  'http:///nowhere',
  '//evil.example',
  '<img src=x onerror=alert(1)>',
  '\u202Ehttps://example.com',
  '\u001b[31mred\u001b[0m',
  'x'.repeat(2_001),
  '2026-13-45T99:99:99Z',
  '9'.repeat(400),
  '{"a":[{"b":1}]}',
  '@@ -1,2 +1 @@\n-a\n b',
  'one\ntwo',
);

/** Keys whose last word has a say, keys that lead elsewhere, and any. */
const keys = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ...'url status created_at sha image author ms bytes percent login'.split(' '),
    ...'old new from to __proto__ constructor toString'.split(' '),
  ),
);

const { any } = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      hostile,
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.emailAddress(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
  ),
}));

/** Data of events as anyone may send it. */
export const foreignData: fc.Arbitrary<JsonObject> = fc.dictionary(keys, any, { maxKeys: 5 });

const extras = fc.record(
  {
    role: fc.oneof(
      any,
      fc.constantFrom(
        'sha',
        'time',
        'url',
        'email',
        'image',
        'status',
        'user',
        'code',
        'diff',
        'json',
        'bytes',
      ),
    ),
    ref: fc.oneof(any, fc.constant('commit')),
    unit: fc.oneof(any, fc.constantFrom('s', 'ms', 'MiB', '%', 'pods')),
    tone: fc.oneof(any, fc.constantFrom('bad', { failed: 'good' }, { x: 'pink' })),
    link: fc.oneof(any, fc.constantFrom('{value}', 'javascript:{value}', 'https://a.example/{value}/{url}')),
    order: any,
    collapsed: any,
    language: fc.oneof(any, fc.constantFrom('yaml', 'diff')),
    summary: any,
  },
  { requiredKeys: [] },
);

/** Hints for any key of an object, right and wrong ones: what a careless connector.yaml may say. */
export const foreignSchema: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.record(
    {
      properties: fc.oneof({ depthSize: 'small' }, any, fc.dictionary(keys, tie('schema'), { maxKeys: 6 })),
      additionalProperties: fc.oneof({ depthSize: 'small' }, any, tie('schema')),
      items: fc.oneof({ depthSize: 'small' }, any, tie('schema')),
      title: any,
      description: any,
      format: fc.oneof(any, fc.constantFrom('date-time', 'uri', 'email', 'duration', 'uuid')),
      enum: any,
      'x-painchain': fc.oneof(any, extras as fc.Arbitrary<JsonValue>),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<JsonObject>,
})).schema;
