import fc from 'fast-check';
import { bytesOf, goQuote, textOf } from '../../../src/model/go/byte-string.js';
import { anyCharacter } from '../../any-character.js';

const seed = Number(process.env.FC_SEED ?? 1);

test('a text is its UTF-8 bytes, one char for each', () => {
  expect(bytesOf('aé😀')).toBe('a\xc3\xa9\xf0\x9f\x98\x80');
});

test('a byte that is not UTF-8 is a lone surrogate in the text and comes back', () => {
  expect(textOf('a\xff\xe2\x82b')).toBe('a\uDCFF\uDCE2\uDC82b');
  expect(bytesOf('a\uDCFF\uDCE2\uDC82b')).toBe('a\xff\xe2\x82b');
});

test('other lone surrogates become U+FFFD', () => {
  expect(textOf(bytesOf('\uD83D'))).toBe('\uFFFD');
});

test('any bytes come back from their text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      const binary = Buffer.from(bytes).toString('latin1');
      expect(bytesOf(textOf(binary))).toBe(binary);
    }),
    { seed, numRuns: 2000 },
  );
});

test('any well-formed text comes back from its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      expect(textOf(bytesOf(text))).toBe(text);
    }),
    { seed },
  );
});

test.each([
  ['a"b\\', '"a\\"b\\\\"'],
  ['\x07\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
  ['\0\x7f', '"\\x00\\x7f"'],
  ['\xff\xc3\xa9', '"\\xffé"'],
  ['\xc2\xa0\xe2\x80\x8b', '"\\u00a0\\u200b"'],
  ['\xf3\xa0\x80\x81', '"\\U000e0001"'],
])('Go quotes %j as %s', (bytes, quoted) => {
  expect(goQuote(bytes)).toBe(quoted);
});
