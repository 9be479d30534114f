import fc from 'fast-check';
import { fieldNamed, objectError, readJson, typeErrorText } from '../../../src/model/go/go-json.js';
import type { JsonValue } from '../../../src/model/go/json-value.js';

const seed = Number(process.env.FC_SEED ?? 1);

test.each([
  ['', 'unexpected end of JSON input'],
  [' \n', 'unexpected end of JSON input'],
  ['bad', "invalid character 'b' looking for beginning of value"],
  ['{', 'unexpected end of JSON input'],
  ['{"a"', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['{"a":1', 'unexpected end of JSON input'],
  ['"a', 'unexpected end of JSON input'],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['{} x', "invalid character 'x' after top-level value"],
  ['01', "invalid character '1' after top-level value"],
  ['\uFEFF{}', "invalid character 'ï' looking for beginning of value"],
  ['\u00a0{}', "invalid character 'Â' looking for beginning of value"],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['nuxl', "invalid character 'x' in literal null (expecting 'l')"],
  ['falze', "invalid character 'z' in literal false (expecting 's')"],
  ['-', "invalid character ' ' in numeric literal"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['+1', "invalid character '+' looking for beginning of value"],
  ['1.', "invalid character ' ' after decimal point in numeric literal"],
  ['1e', "invalid character ' ' in exponent of numeric literal"],
  ['1e+x', "invalid character 'x' in exponent of numeric literal"],
  ['"\n"', "invalid character '\\n' in string literal"],
  ['"\x00"', "invalid character '\\x00' in string literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['"\\', "invalid character ' ' in string escape code"],
  ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['\x7f', "invalid character '\\x7f' looking for beginning of value"],
  ['\\', "invalid character '\\\\' looking for beginning of value"],
])('%j is refused: %s', (text, error) => {
  expect(readJson(text)).toMatchObject({ error });
});

test('a byte that is not UTF-8 is named as a char of Latin-1', () => {
  expect(readJson(Buffer.from([0xff]))).toMatchObject({
    error: "invalid character 'ÿ' looking for beginning of value",
  });
  expect(readJson(Buffer.from([0xad]))).toMatchObject({
    error: "invalid character '\\u00ad' looking for beginning of value",
  });
});

test('the offset of an error is where it was noticed', () => {
  expect(readJson('{\n "a" 1}')).toMatchObject({ offset: 7 });
});

test('keys keep their order, their repetitions and their places, also the special ones of JavaScript', () => {
  const text = '{"b":1,"__proto__":true,"a":null,"b":"x","constructor":[]}';
  expect(readJson(text)).toEqual({
    value: {
      kind: 'object',
      members: [
        ['b', { kind: 'number', text: '1' }, 1],
        ['__proto__', { kind: 'bool', value: true }, 7],
        ['a', { kind: 'null' }, 24],
        ['b', { kind: 'string', value: 'x' }, 33],
        ['constructor', { kind: 'array', items: [] }, 41],
      ],
    },
  });
});

test.each([
  ['"\\ud83d\\ude00"', '😀'],
  ['"\\ud83d"', '\uFFFD'],
  ['"\\ud83d\\ud83d\\ude00"', '\uFFFD😀'],
  ['"\\ude00\\ud83d"', '\uFFFD\uFFFD'],
  ['"\\u0041\\/\\b\\f\\n\\r\\t\\"\\\\"', 'A/\b\f\n\r\t"\\'],
  ['"\\u0000"', '\0'],
])('the string %s is read with its escapes', (text, value) => {
  expect(readJson(text)).toEqual({ value: { kind: 'string', value } });
});

test.each([
  [[0xff, 0xfe], '\uFFFD\uFFFD'],
  [[0xe2, 0x82, 0x61], '\uFFFD\uFFFDa'],
  [[0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD'],
  [[0xf0, 0x9f, 0x98], '\uFFFD\uFFFD\uFFFD'],
  [[0xc0, 0x80], '\uFFFD\uFFFD'],
  [[0xef, 0xbf, 0xbd], '\uFFFD'],
])('each of the bytes %j that is not UTF-8 becomes U+FFFD', (bytes, value) => {
  expect(readJson(Buffer.from([0x22, ...bytes, 0x22]))).toEqual({ value: { kind: 'string', value } });
});

test('ten thousand levels are read and one more is refused', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(readJson(nested(10_000))).toHaveProperty('value');
  expect(readJson(nested(10_001))).toMatchObject({ error: "invalid character '[' exceeded max depth" });
  expect(readJson('{"a":'.repeat(10_001))).toMatchObject({ error: "invalid character '{' exceeded max depth" });
});

test.each([
  ['auths', 'auths'],
  ['AUTHS', 'auths'],
  ['auth\u017F', 'auths'],
  ['\u212Aey', 'key'],
  ['auths ', undefined],
  ['áuths', undefined],
])('the key %j stands for the field %s', (key, field) => {
  expect(fieldNamed(key, ['auths', 'key'])).toBe(field);
});

test.each([
  ['{}', undefined],
  ['null', undefined],
  ['{"a":1e308}', undefined],
  ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ['"x"', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
  ['1', 'json: cannot unmarshal number into Go value of type map[string]interface {}'],
  ['true', 'json: cannot unmarshal bool into Go value of type map[string]interface {}'],
  ['{"a":[1e999]}', 'json: cannot unmarshal number *** into Go value of type float64'],
  ['bad', "invalid character 'b' looking for beginning of value"],
])('as an object %s is answered: %s', (text, error) => {
  expect(objectError(text)).toBe(error);
});

test('a type error names the field where there is one', () => {
  const value: JsonValue = { kind: 'bool', value: true };
  expect(typeErrorText(value, 'string', 'A.b')).toBe(
    'json: cannot unmarshal bool into Go struct field A.b of type string',
  );
});

test('what JSON.stringify writes is read as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const result = readJson(JSON.stringify(value, null, 1));
      expect('value' in result && JSON.parse(written(result.value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed },
  );
});

test('a text is accepted exactly when JSON.parse accepts it', () => {
  const token = fc.constantFrom(...'{}[],:"\\-+.eE01 tn', 'true', 'null', '"a"', '1', '\n', '\\u0041', '/');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 10 }), (tokens) => {
      const text = tokens.join('');
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect('value' in readJson(text)).toBe(isJson);
    }),
    { seed, numRuns: 5000 },
  );
});

function written(value: JsonValue): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return String(value.value);
    case 'number':
      return value.text;
    case 'string':
      return JSON.stringify(value.value);
    case 'array':
      return `[${value.items.map(written).join(',')}]`;
    case 'object':
      return `{${value.members.map(([key, member]) => `${JSON.stringify(key)}:${written(member)}`).join(',')}}`;
  }
}
