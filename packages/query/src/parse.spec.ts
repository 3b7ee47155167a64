import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, queryLimits } from './parse.js';
import { QueryError } from './query-error.js';
import { everything, type FieldName, type Query, type Test } from './query.js';
import { all, any, not } from './tree.js';

const text = (value: string, isPrefix = false): Query => ({ kind: 'text', text: value, isPrefix });
const field = (name: FieldName, test: Test): Query => ({ kind: 'field', field: { name }, test });
const is = (name: FieldName, value: string) => field(name, { kind: 'is', value });
const data = (path: string[], test: Test): Query => ({ kind: 'field', field: { name: 'data', path }, test });
const [a, b, c] = [text('a'), text('b'), text('c')];

function faultOf(query: string): QueryError {
  try {
    parse(query);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${query} was understood`);
}

describe('parse', () => {
  it.each<[string, Query]>([
    ['', everything],
    [' \n', everything],
    ['*', everything],
    ['* a *', a],
    ['-*', not(everything)],
    ['* OR a', any([everything, a])],
    ['a b', all([a, b])],
    ['a AND b', all([a, b])],
    ['a OR b c OR a', any([a, all([b, c]), a])],
    ['(a OR b) c', all([any([a, b]), c])],
    ['((a)) (b c)', all([a, b, c])],
    ['a or b', all([a, text('or'), b])],
    ['status:x a "or" b', all([is('status', 'x'), a, text('or'), b])],
    ['"key=value"', text('key=value')],
    ['a=b', text('a=b')],
    ['"OR"', text('OR')],
    ['-a NOT b', all([not(a), not(b)])],
    ['--a NOT -b', all([a, b])],
    ['-(a b)', not(all([a, b]))],
    ['payment-api', text('payment-api')],
    ['src/app/payment-api.ts', text('src/app/payment-api.ts')],
    ['"payment api"', text('payment api')],
    ['pay"ment a"pi', text('payment api')],
    ['pay*', text('pay', true)],
    ['"payment ap"*', text('payment ap', true)],
    ['"pay*"', text('pay*')],
    [String.raw`"a \"b\" \\ C:\dir"`, text(String.raw`a "b" \ C:\dir`)],
    ['"http://x"', text('http://x')],
  ])('reads %j', (query, tree) => {
    expect(parse(query)).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['connector:github', is('connector', 'github')],
    ['Connector:GitHub', is('connector', 'GitHub')],
    ['env:prod', is('environment', 'prod')],
    ['tags:x', is('tag', 'x')],
    ['author:ada', is('actor', 'ada')],
    ['user:ada', is('actor', 'ada')],
    ['repo:acme/api', is('project', 'acme/api')],
    ['-actor:dependabot[bot]', not(is('actor', 'dependabot[bot]'))],
    ['ref:commit:abc123', is('ref', 'commit:abc123')],
    ['ref:change:acme/api#12', is('ref', 'change:acme/api#12')],
    ['url:https://example.com/?a=b', is('url', 'https://example.com/?a=b')],
    ['title:"a b"', is('title', 'a b')],
    ['title:""', is('title', '')],
    ['title:">5"', is('title', '>5')],
    ['status:OR', is('status', 'OR')],
    ['status:-x', is('status', '-x')],
    ['title:*', field('title', { kind: 'exists' })],
    ['title:**', field('title', { kind: 'exists' })],
    ['title:"*"', is('title', '*')],
    ['title:a*', field('title', { kind: 'like', parts: ['a', ''] })],
    ['title:*"a b"**c', field('title', { kind: 'like', parts: ['', 'a b', 'c'] })],
    ['tag:(a OR b)', any([is('tag', 'a'), is('tag', 'b')])],
    ['tag:(a -b NOT c)', all([is('tag', 'a'), not(is('tag', 'b')), not(is('tag', 'c'))])],
    ['-tag:(a:b OR (c AND "d e"))', not(any([is('tag', 'a:b'), all([is('tag', 'c'), is('tag', 'd e')])]))],
    ['data.replicas.new:>5', data(['replicas', 'new'], { kind: 'compare', operator: '>', value: '5' })],
    ['data.n:>=-1.5e3', data(['n'], { kind: 'compare', operator: '>=', value: '-1.5e3' })],
    ['data."app.kubernetes.io/name":x', data(['app.kubernetes.io/name'], { kind: 'is', value: 'x' })],
    ['data.a."b:c \\"d\\"".e:*', data(['a', 'b:c "d"', 'e'], { kind: 'exists' })],
    ['data."":x', data([''], { kind: 'is', value: 'x' })],
    ['timestamp:2026-11-24', is('timestamp', '2026-11-24')],
    [
      'timestamp:>=2026-11-24T10:35:00Z',
      field('timestamp', { kind: 'compare', operator: '>=', value: '2026-11-24T10:35:00Z' }),
    ],
    [
      'received_at:<2026-11-24',
      field('received_at', { kind: 'compare', operator: '<', value: '2026-11-24' }),
    ],
    ['backfill:true', is('backfill', 'true')],
    ['time_precision:gap', is('time_precision', 'gap')],
    ['id:evt_1', is('id', 'evt_1')],
  ])('reads the field in %s', (query, tree) => {
    expect(parse(query)).toEqual(tree);
  });

  it.each([
    ['fix: bug', 'fix:', /^There is no field fix\. To search for text, quote it: "fix: bug"$/],
    ['see http://x', 'http:', /no field http: did you mean url:http:\/\/x\?/],
    ['http://x/(a) b', 'http:', /did you mean url:"http:\/\/x\/\(a\)"\?/],
    ['10:35', '10:', /did you mean timestamp:>=/],
    ['sha:3f2a9c1', 'sha:', /did you mean ref:commit:3f2a9c1\*\?/],
    ['since:1h', 'since:', /did you mean timestamp\?/],
    ['a replicas:5', 'replicas:', /did you mean data\.replicas\?/],
    ['10.0.0.1:80', '10.0.0.1:', /no field 10\.0\.0\.1\. /],
    ['!status:failure', '!status:', /did you mean -status:failure\?/],
    ['!bot', '!bot', /written -bot here/],
    ['status=failure', 'status=failure', /written status:failure here/],
    ['status!=failure', 'status!=failure', /written -status:failure here/],
    ['data.n>=5 a', 'data.n>=5', /written data\.n:>=5 here/],
    [
      'timestamp>=2026-11-24T10:35:00Z',
      'timestamp>=2026-11-24T10:',
      /mean timestamp:>=2026-11-24T10:35:00Z\?/,
    ],
    ['url=https://x/?a=b', 'url=https:', /did you mean url:https:\/\/x\/\?a=b\?/],
    ['status:!failure', '!failure', /dash in front/],
    ['status:“failure”', '“failure”', /type " on both sides/],
    ['status:a or status:b', 'or', /Write OR in capital/],
    ['a AND not b', 'not', /Write NOT in capital/],
    ['status:(a or b)', 'or', /Write OR in capital/],
    ['a || b', '||', /write OR/],
    ['status = a', '=', /with a colon/],
    ['staus:failure', 'staus:', /no field staus: did you mean status\?/],
    ['a replicas.new:5', 'replicas.new:', /did you mean data\.replicas\.new\?/],
    ['constructor:x', 'constructor:', /no field constructor: did you mean data\.constructor/],
    ['conector:x', 'conector:', /did you mean connector/],
    ['data:x', 'data:', /needs the path/],
    ['data..a:x', 'data..a:', /no field/],
    ['"x":y', '"x":', /no field/],
    ['status:', 'status:', /needs its value/],
    ['status: failure', 'status:', /without a space/],
    ['status: (a)', 'status:', /without a space/],
    ['(status:) a', 'status:', /needs its value/],
    ['data.n:> 5', '>', /needs its value/],
    ['data.n:>', '>', /needs its value/],
    [':a', ':', /behind the name/],
    [':-', ':', /behind the name/],
    ['a :', ':', /behind the name/],
    ['say "hello', '"hello', /never closed/],
    ['status:"a\\"', '"a\\"', /never closed/],
    ['(a', '(', /never closed/],
    ['tag:(a OR (b c)', '(', /never closed/],
    ['a) b', ')', /no \(/],
    ['tag:a)', ')', /no \(/],
    ['a ()', '(', /nothing in/],
    ['tag:()', '(', /nothing in/],
    ['a OR', 'OR', /both sides/],
    ['OR a', 'OR', /both sides/],
    ['a OR OR b', 'OR', /both sides/],
    ['a AND OR b', 'AND', /both sides/],
    ['tag:(a OR)', 'OR', /both sides/],
    ['NOT', 'NOT', /behind it/],
    ['a -', '-', /behind it/],
    ['a - b', '-', /without a space/],
    ['a(b)', '(b)', /space before.* quote it: "a\(b\)"$/],
    ['(title:fix(api))', '(api)', /space before.* quote that: title:"fix\(api\)"$/],
    ['pay*ment', 'pay*ment', /title:pay\*ment/],
    ['*api', '*api', /end of a text/],
    ['🚀', '🚀', /no word.*: leave it out\.$/],
    ['status:x & y', '&', /no word.*: leave it out\.$/],
    ['""', '""', /no word/],
    ['a ->', '>', /no word/],
    ['backfill:maybe', 'maybe', /true or false/],
    ['backfill:t*', 't*', /true or false/],
    ['time_precision:x', 'x', /exact or gap/],
    ['title:>5', '>5', /no order/],
    ['tag:(a OR >5)', '>5', /no order/],
    ['id:evt*', 'evt*', /whole ids/],
    ['timestamp:2026-02-30', '2026-02-30', /date or an instant/],
    ['timestamp:2026*', '2026*', /date or an instant/],
    ['timestamp:>2026-01-31T10:35', '>2026-01-31T10:35', /with its zone/],
    ['received_at:yesterday', 'yesterday', /date or an instant/],
    ['data.n:>many', '>many', /Only numbers/],
    ['data.n:>1e999', '>1e999', /Only numbers/],
    ['data.n:>1*', '1*', /no place in a comparison/],
    ['a \0', '\0', /can hold/],
    ['a \ud800', '\ud800', /can hold/],
  ])('refuses %j at %j', (query, place, message) => {
    const { message: detail, span } = faultOf(query);
    expect(query.slice(span.from, span.to)).toBe(place);
    expect(detail).toMatch(message);
  });

  it.each([
    'ghcr.io/acme/payment-api:v1.2.3-rc1',
    'ghcr.io/acme/api@sha256:3f2a9c1d5e7b8a90c1d2e3f4a5b6c7d8e9f0a1b23f2a9c1d5e7b8a90c1d2e3f4',
    'src/app/payment-api.ts:42:13',
    String.raw`C:\dir\file.ts`,
    'fix(api): do not crash (#123)',
    'feat(ui)!: größere Knöpfe',
    'Error: connect ECONNREFUSED 10.0.0.1:5432',
    "TypeError: Cannot read properties of undefined (reading 'foo')",
    'Error: failed to create task: "OOMKilled"',
    'Error: no such file or directory (os error 2)',
    '{"status":"failure"}',
    'git@github.com:acme/api.git',
    'replicas: 3 -> 5',
    'deploy -> prod',
    'foo & bar',
  ])('says how to search for the pasted text %s', (pasted) => {
    const { message } = faultOf(pasted);
    const [, remedy = ''] = /To search for text, quote it: (".*")$/.exec(message) ?? [];
    expect(parse(remedy)).toEqual(text(pasted));
  });

  it('quotes only the word in question, where more than a text is asked', () => {
    expect(faultOf('status:failure (a:b OR c)').message).toMatch(/quote it: "a:b"$/);
    expect(faultOf('a:b OR c').message).toMatch(/quote it: "a:b"$/);
  });

  it('takes as many conditions, levels and characters as the limits say, and no more', () => {
    const conditions = (count: number) => Array.from({ length: count }, () => 'a').join(' ');
    expect(() => parse(conditions(queryLimits.conditions))).not.toThrow();
    expect(faultOf(conditions(queryLimits.conditions + 1))).toMatchObject({ span: { from: 128, to: 129 } });

    const levels = (count: number) => `${'-(a '.repeat(count)}b${')'.repeat(count)}`;
    expect(() => parse(levels(queryLimits.depth / 2))).not.toThrow();
    expect(faultOf(levels(queryLimits.depth / 2 + 1)).message).toMatch(/levels deep/);
    expect(faultOf(`${'('.repeat(900)}a${')'.repeat(900)}`).message).toMatch(/levels deep/);

    expect(() => parse('a'.repeat(queryLimits.length))).not.toThrow();
    expect(faultOf('a'.repeat(queryLimits.length + 1))).toMatchObject({ span: { from: 2_000, to: 2_001 } });
    expect(faultOf(`env:${'a'.repeat(1_990)}`).message).toMatch(/2,000 characters/);
  });

  const part = fc.oneof(
    fc.constantFrom(
      '(',
      ')',
      '"',
      '\\',
      ':',
      '-',
      '*',
      '>',
      '>=',
      ' ',
      '.',
      'OR',
      'AND',
      'NOT',
      'a',
      'data.',
    ),
    fc.constantFrom('status:', 'timestamp:', 'tag:(', '\ud83d', '\ude80', '\0', '\u00a0', '\u0085', '\ufeff'),
    fc.constantFrom('é', '支', '2026-01-31'),
  );
  const anyText = fc.oneof(
    fc.array(part, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.array(part, { maxLength: 40 }).map((parts) => parts.join(' ')),
    fc.string({ unit: 'binary', maxLength: 2_100 }),
    fc
      .tuple(part, part, fc.nat(1_050))
      .map(([one, other, count]) => (one + other).repeat(count).slice(0, 2_100)),
  );

  it('reads any text, or says where it is at fault', () => {
    fc.assert(
      fc.property(anyText, (query) => {
        try {
          parse(query);
        } catch (error) {
          if (!(error instanceof QueryError)) throw error;
          const { from, to } = error.span;
          expect(error.message).not.toBe('');
          expect(0 <= from && from < to && to <= query.length).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
