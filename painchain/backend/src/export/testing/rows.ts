import type { TimelineRow } from '@painchain/contract';
import fc from 'fast-check';
import type { Asked } from '../formats/format.js';
import { localClock } from '../formats/local-clock.js';

// prettier-ignore
const pieces = fc.constantFrom(
  '=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r', '\n', '\r\n', '"', '""', ',', ';', ';=1', ';"=1', '\n-1', "'", '＝1', '\u200b=1', ' ',
  '\u00a0', '`', '``', '\\', '[a](javascript:x)', '](', '<b>', '<!--', '-->', '&lt;', '&#60;', '*', '**', '_', '# ', '\n# ',
  '\n\n- ', '1. ', '> ', '---', '|', '~~', '$x$', '![a](b)', '[a]: https://evil.example', '\u202e', '\u2028', '\u0085',
  'https://evil.example/?a=b', 'HTTP://EVIL.example', 'www.evil.example', 'ada@evil.example', '@ada', 'mailto:a@b.example',
  'ftp://x', '<https://evil.example>', 'payment', 'ü', '🚀', '\0',
);

/** Text as nobody writes it by chance. */
export const foreignText = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ unit: 'grapheme', maxLength: 4 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((all) => all.join(''));

const textOrNull = fc.option(foreignText, { nil: null });

export const foreignRow: fc.Arbitrary<TimelineRow> = fc.record({
  id: fc.constant('evt_0000000000000'),
  title: foreignText,
  connector: fc.constantFrom('ci', 'other'),
  project: foreignText,
  timestamp: fc.constantFrom('2026-01-01T23:59:59.999999Z', '2026-01-02T00:00:00.000000Z'),
  received_at: fc.constant('2026-01-02T00:00:00.000000Z'),
  type: textOrNull,
  status: textOrNull,
  actor: textOrNull,
  url: fc.oneof(
    fc.constantFrom(
      null,
      'https://acme.example/a?b=c&copy;=1)(<x>"`|\\[y] z',
      'javascript:alert(1)',
      'https://[::1]/',
    ),
    foreignText.map((text) => `https://acme.example/${text}`),
  ),
  environment: textOrNull,
  severity: textOrNull,
  subject: textOrNull,
  tags: fc.array(foreignText, { maxLength: 2 }),
  refs: fc.array(foreignText, { maxLength: 2 }),
  time_precision: fc.constant('exact' as const),
  backfill: fc.boolean(),
  integration_id: fc.constant(null),
  fields: fc.record({
    'data.n': fc.oneof(fc.integer(), fc.boolean(), fc.constant(null)),
    'data."a,=b"': textOrNull,
  }),
});

const clock = localClock('UTC');
if (!clock) throw new Error('there is no UTC');

export const asked: Asked = {
  query: '',
  from: undefined,
  to: undefined,
  fields: ['data.n', 'data."a,=b"'],
  at: undefined,
  clock,
  now: '2026-01-03T00:00:00.000Z',
};

export async function* pagesOf<Row>(...pages: Row[][]): AsyncGenerator<Row[]> {
  yield* pages;
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
