import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchTerms, searchWords, tokenize } from './tokenize.js';

/** Whether a text that is stored is found by a text that is searched for. */
function finds(stored: string, searched: string): boolean {
  const tokens = tokenize(stored);
  const words = searchTerms({ text: searched, isPrefix: false });
  return tokens.some((first) =>
    words.every(({ word, isPrefix }, offset) =>
      tokens.some(
        (token) =>
          token.position === first.position + offset &&
          (isPrefix ? token.word.startsWith(word) : token.word === word),
      ),
    ),
  );
}

describe('searchWords', () => {
  it.each([
    ['3f786850e387550fdab836ed7e6dc881de23001b', ['3f786850e387550fdab836ed7e6dc881de23001b']],
    ['ghcr.io/acme/payment-api:v1.2.3-rc1', ['ghcr', 'io', 'acme', 'payment', 'api', 'v1', '2', '3', 'rc1']],
    ['src/app/payment-api.ts', ['src', 'app', 'payment', 'api', 'ts']],
    ['com.acme.payment_api', ['com', 'acme', 'payment', 'api']],
    ['PaymentApi', ['paymentapi']],
    ['ada.lovelace@example.com', ['ada', 'lovelace', 'example', 'com']],
    ['🚀 deploy ❤️ done 1️⃣', ['deploy', 'done', '1']],
    ['خدمة الدفع', ['خدمة', 'الدفع']],
    ['भुगतान सेवा', ['भुगतान', 'सेवा']],
    ['ชำระเงิน', ['ชํ', 'า', 'ร', 'ะ', 'เ', 'งิ', 'น']],
    ['支付api服务', ['支', '付', 'api', '服', '务']],
    ['サーバーを再起動', ['サ', 'ー', 'バ', 'ー', 'を', '再', '起', '動']],
    ['결제 서비스', ['결', '제', '서', '비', '스']],
    ['İSTANBUL ıstanbul Istanbul', ['istanbul', 'istanbul', 'istanbul']],
    ['Straße STRASSE', ['strasse', 'strasse']],
    ['Ærøskøbing Łódź', ['aeroskobing', 'lodz']],
    ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
    ['Ёлка Йод', ['ёлка', 'йод']],
    ['caf\u00e9 cafe\u0301', ['cafe', 'cafe']],
    ['ｐａｙｍｅｎｔ－ａｐｉ', ['payment', 'api']],
    ['pay\u00adment zero\u200bwidth', ['payment', 'zero', 'width']],
    ['\ud800payment\udc00api\0', ['payment', 'api']],
    ['🚀 -> \u0301 …', []],
    ['', []],
  ])('reads %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  it('cuts long words alike, between two characters', () => {
    const begin = 'x'.repeat(63);
    expect(searchWords(`${begin}yz ${begin}yy`)).toEqual([`${begin}y`, `${begin}y`]);
    expect(searchWords(`${begin}\u{10400}`)).toEqual([begin]);
  });
});

describe('tokenize', () => {
  it('numbers the words from 1', () => {
    expect(tokenize('Deploy v2: done')).toEqual([
      { word: 'deploy', position: 1 },
      { word: 'v2', position: 2 },
      { word: 'done', position: 3 },
    ]);
  });

  it.each([
    ['PaymentApi', ['paymentapi', 'payment', 'api']],
    ['HTTPServerName', ['httpservername', 'http', 'server', 'name']],
    ['OAuth2Client', ['oauth2client', 'auth2', 'client']],
    ['getX', ['getx', 'get']],
    ['PAYMENT Payment payment v2 A1B2C3', ['payment', 'payment', 'payment', 'v2', 'a1b2c3']],
    ['éclairÉtat', ['eclairetat', 'eclair', 'etat']],
    [`${'x'.repeat(60)}LongName`, [`${'x'.repeat(60)}long`]],
  ])('takes %s apart where capitals say so', (text, words) => {
    expect(tokenize(text).map(({ word }) => word)).toEqual(words);
  });

  it('keeps the parts of a word at its position', () => {
    expect(new Set(tokenize('PaymentApi').map(({ position }) => position))).toEqual(new Set([1]));
    expect(finds('restart PaymentApi now', 'restart paymentapi now')).toBe(true);
    expect(finds('restart PaymentApi now', 'api now')).toBe(true);
  });

  it.each([
    ['payment-api', 'src/app/payment-api.ts'],
    ['payment-api', 'ghcr.io/acme/payment-api:v1.2.3-rc1'],
    ['v1.2.3', 'ghcr.io/acme/payment-api:v1.2.3-rc1'],
    ['3F78685', 'Reverts 3f786850e387550fdab836ed7e6dc881de23001b.'],
    ['付api', '支付api服务'],
    ['เงิน', 'ชำระเงิน'],
  ])('lets %s find %s', (searched, stored) => {
    expect(finds(stored, searched)).toBe(true);
  });

  it('tells words that are not next to each other', () => {
    expect(finds('payment of the api', 'payment-api')).toBe(false);
    expect(finds('api payment', 'payment-api')).toBe(false);
    expect(finds('payments-api', 'payment-api')).toBe(false);
  });

  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), utf16());

  /** Any UTF-16, lone surrogates included. */
  function utf16() {
    return fc
      .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7f0, max: 0xe010 })))
      .map((codes) => String.fromCharCode(...codes));
  }

  it('reads any text: words are short and whole, positions without a gap, and the search has the same words', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenize(text);
        for (const { word } of tokens) expect(word).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}]{0,63}$/u);
        const firsts = tokens.filter(({ position }, index) => tokens[index - 1]?.position !== position);
        expect(firsts.map(({ position }) => position)).toEqual(firsts.map((_, index) => index + 1));
        expect(searchWords(text)).toEqual(firsts.map(({ word }) => word));
      }),
      { numRuns: 2_000 },
    );
  });

  const word = fc.oneof(
    fc.string({ unit: 'grapheme-ascii', minLength: 1 }).map((text) => text.replaceAll(/[^a-zA-Z0-9]/g, 'x')),
    fc.stringMatching(/^[a-zéßøİçñ]{1,70}$/u),
    fc.constantFrom('भुगतान', 'الدفع', '支付', 'ชำระเงิน', 'PaymentApi', 'ﬁx', 'cafe\u0301', '3f78685'),
  );
  const separator = fc.constantFrom(
    ' ',
    '-',
    '/',
    '.',
    ':',
    '_',
    '🚀',
    '…',
    '\ud800',
    '\n',
    ' -- ',
    '\u200b',
  );

  it('finds each piece of a text in the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, separator), { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (pairs, from, length) => {
          const start = from % pairs.length;
          const piece = pairs.slice(start, start + 1 + (length % (pairs.length - start)));
          const searched = piece.flat().join('');
          expect(searchWords(searched).length).toBeGreaterThan(0);
          expect(finds(pairs.flat().join(''), searched)).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('reads ASCII the same way beside any other character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), (text) => {
        expect(tokenize(`${text} …`)).toEqual(tokenize(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not tell apart how a text is composed or written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenize(text.normalize('NFD'))).toEqual(tokenize(text.normalize('NFC')));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('searchTerms', () => {
  it.each([
    ['payment-api', false, ['payment', 'api']],
    ['payment ap', true, ['payment', 'ap*']],
    ['3f78685', false, ['3f78685*']],
    ['3f7868', false, ['3f7868']],
    ['deadbeef', false, ['deadbeef']],
    ['a'.repeat(39) + '1', false, ['a'.repeat(39) + '1']],
    ['fix 3f78685', false, ['fix', '3f78685']],
  ])('reads %j', (text, isPrefix, terms) => {
    const read = searchTerms({ text, isPrefix });
    expect(read.map((term) => term.word + (term.isPrefix ? '*' : ''))).toEqual(terms);
  });
});
