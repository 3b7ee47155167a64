import { describe, expect, it } from 'vitest';
import { decodeStrictJson } from './decode.js';
import { storageFault } from './storage-fault.js';

const faultOf = (text: string) => storageFault(decodeStrictJson(Buffer.from(text)));

describe('storageFault', () => {
  it.each([
    ['a NUL in a value', '{"a":[0,"x\\u0000"]}', 'unstorable_text', '/a/1'],
    ['a NUL in a key', '{"a":{"x\\u0000":1}}', 'unstorable_text', '/a'],
    ['a high surrogate alone', '{"a/b":"\\ud800"}', 'unstorable_text', '/a~1b'],
    ['a low surrogate alone', '{"a~b":"\\udc00x"}', 'unstorable_text', '/a~0b'],
    ['surrogates in the wrong order', '["\\udc00\\ud800"]', 'unstorable_text', '/0'],
    ['a surrogate in a key', '{"\\ud800":1}', 'unstorable_text', ''],
    ['a number that no double holds', '{"a":[1,{"b":1e400}]}', 'unsafe_number', '/a/1/b'],
    ['the whole value', '9007199254740993', 'unsafe_number', ''],
  ])('finds %s', (_what, text, code, pointer) => {
    expect(faultOf(text)).toMatchObject({ code, pointer });
  });

  it.each([
    ['emoji and joiners', '"👩‍👩‍👧 \\ud83d\\ude00"'],
    ['bidi overrides and combining marks', '"\u202e\u0301"'],
    ['control characters', '"\\u0001\\u001f\\u007f"'],
    ['any plain value', '{"a":[1,2.5,true,null,{"b":"c"}]}'],
  ])('lets %s pass', (_what, text) => {
    expect(faultOf(text)).toBeUndefined();
  });
});
