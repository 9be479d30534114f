import fc from 'fast-check';
import { type ByteString, bytesOf } from '../../../src/model/go/byte-string.js';
import { registryKey, usualKey } from './names.js';

// Documents are texts of bytes, one char each, because they need not be UTF-8.

const weighted = <T>(...choices: readonly [number, fc.Arbitrary<T>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const among = fc.constantFrom;

/** What JSON strings may hold besides plain text, as it stands between the quotes. */
const stringParts = among(
  'user',
  'pass',
  ':',
  '\\u0000',
  '\\n',
  '\\/',
  '\\"',
  '\\\\',
  '\\ud83d\\ude00',
  '\\ud800',
  '\\udc00x',
  '\\ud800\\u0041',
  '\xff',
  '\xc3\xa9',
  '\xc3',
  '\xed\xa0\x80',
  '\xf0\x9f\x98\x80',
  '\x7f',
  '<&>',
);
const badStringParts = among('\n', '\t', '\x00', '\\x', '\\u12', '\\', '"');

const plainString = (text: string): ByteString => bytesOf(JSON.stringify(text));
const awkwardString = fc.array(stringParts, { maxLength: 4 }).map((parts) => `"${parts.join('')}"`);
const brokenString = fc.tuple(awkwardString, badStringParts).map(([text, bad]) => `${text.slice(0, -1)}${bad}"`);

/** A value where a text belongs. */
const notText = among(
  'null',
  'true',
  '5',
  '-0.5e+3',
  '1e999',
  '123456789012345678901234567890',
  '[]',
  '["a"]',
  '{}',
  '{"a":{"b":[1,2]}}',
  '01',
  '+1',
  '.5',
  '1.',
  'nul',
  'True',
  "'a'",
  'NaN',
);

const base64 = (bytes: ByteString) => Buffer.from(bytes, 'latin1').toString('base64');

/** What stands in `auth`: mostly base64 of `user:password`, spoiled in the ways that people and tools spoil it. */
const auth: fc.Arbitrary<string> = weighted<string>(
  [
    6,
    among('foo:bar', 'foo:b:a', ':bar', 'foo:', ':', 'f\u00fc:b\u00e4r', 'foo:-?/~~').map((text) =>
      base64(bytesOf(text)),
    ),
  ],
  [2, fc.uint8Array({ maxLength: 9 }).map((bytes) => base64(`${Buffer.from(bytes).toString('latin1')}:x`))],
  [1, fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64'))],
  [
    1,
    among(
      'pants',
      'cGFudHM=',
      'Zm9vOi0_Lw==',
      'Zm9v OmJhcg==',
      '====',
      '=',
      'Zm9vOmJhcg===',
      'Zh==',
      'Zm9vOmJhcg==\u00a0',
    ),
  ],
);
const spoilers: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text,
  (text) => text.replace(/=+$/, ''),
  (text) => text.replace(/=$/, ''),
  (text) => `${text} `,
  (text) => ` ${text}`,
  (text) => `${text}\n`,
  (text) => `${text.slice(0, 3)}\r\n${text.slice(3)}`,
  (text) => `${text}\u0085`,
  (text) => `${text}\ufeff`,
  (text) => text.replaceAll('+', '-').replaceAll('/', '_'),
  (text) => `${text}=`,
];
const authString = fc.tuple(auth, among(...spoilers)).map(([text, spoil]) => plainString(spoil(text)));

const textValue = weighted(
  [10, among('foo', 'bar', 'p\u00e4ss', 'tok~en/+=', '').map(plainString)],
  [3, awkwardString],
  [1, notText],
);

/** Field names fold as Go folds: `\u017f` is an s and `\u212a` a k. */
const names = {
  username: ['username', 'username', 'username', 'Username', 'USERNAME', 'u\u017fername'],
  password: ['password', 'password', 'password', 'PassWord', 'pa\u017f\u017fword'],
  email: ['email', 'Email'],
  auth: ['auth', 'auth', 'auth', 'Auth', 'AUTH'],
  other: ['identitytoken', 'registrytoken', 'x', 'auths', ''],
} as const;

const member = (name: keyof typeof names, value: fc.Arbitrary<ByteString>) =>
  fc.tuple(among(...names[name]), value).map(([key, text]) => `${plainString(key)}:${text}`);

const userMembers = fc
  .tuple(member('username', textValue), member('password', textValue))
  .map((members) => members.join(','));

const entry: fc.Arbitrary<ByteString> = weighted(
  [6, userMembers.map((members) => `{${members}}`)],
  [5, member('auth', authString).map((text) => `{${text}}`)],
  [
    4,
    fc
      .array(
        weighted(
          [3, member('username', textValue)],
          [3, member('password', textValue)],
          [1, member('email', textValue)],
          [3, member('auth', weighted([8, authString], [1, textValue]))],
          [1, member('other', weighted([1, textValue], [1, notText]))],
        ),
        { maxLength: 5 },
      )
      .map((members) => `{${members.join(',')}}`),
  ],
  [1, among('{}', 'null')],
  [1, notText],
);

const key: fc.Arbitrary<ByteString> = weighted(
  [20, registryKey.map(plainString)],
  [1, among('"__proto__"', '"constructor"', '"credsStore"', '"quay.io\xff"', '"quay.io\\u0000"', '"\\ud800.io"')],
);

/** The map of entries; a good one more often than not, because one bad entry hides all others. */
const goodEntry = weighted(
  [3, fc.nat(3).map((n) => `{"username":"u${n}","password":"p"}`)],
  [2, fc.nat(3).map((n) => `{"auth":"${base64(`u${n}:p`)}"}`)],
  [1, among('{}', 'null', '{"username":"only"}')],
);
const entriesOf = (value: fc.Arbitrary<ByteString>) =>
  fc
    .array(fc.tuple(key, value), { maxLength: 6 })
    .map((members) => `{${members.map((each) => each.join(':')).join(',')}}`);
const entries = weighted([7, entriesOf(goodEntry)], [4, entriesOf(entry)], [1, notText]);

const headers = among('{}', '{"a":"b"}', '{"a":1}', '[]', 'null', '"x"');
const rootMembers = weighted<[name: string, value: ByteString]>(
  [6, fc.tuple(among('auths', 'auths', 'auths', 'Auths', 'AUTHS', 'auth\u017f'), entries)],
  [1, fc.tuple(among('HttpHeaders', 'httpheaders'), headers)],
  [1, fc.tuple(among('credsStore', 'credHelpers', 'currentContext', ''), notText)],
).map(([name, value]) => `${plainString(name)}:${value}`);

const configJson = weighted(
  [8, entries.map((text) => `{"auths":${text}}`)],
  [3, fc.array(rootMembers, { maxLength: 4 }).map((members) => `{${members.join(',')}}`)],
  [1, notText],
);

const space = among('', '', '', '', ' ', '\n', '\r\n\t', '\xef\xbb\xbf', '\xa0', '\x0c', 'x', ',', '\x00', '{}');
const document = (text: fc.Arbitrary<ByteString>) =>
  fc
    .tuple(weighted([8, fc.constant('')], [1, space]), text, weighted([8, fc.constant('')], [1, space]))
    .map((parts) => parts.join(''));

/** One byte left out, doubled or replaced; or the end missing. */
function damaged(text: fc.Arbitrary<ByteString>): fc.Arbitrary<ByteString> {
  const change = fc.tuple(text, fc.nat(), among('', '"', '\\', ',', ':', '{', '}', '[', ']', '\xff', '0', '-', 'e'));
  return weighted(
    [12, text],
    [1, change.map(([whole, at, char]) => replaceAt(whole, at, char))],
    [1, fc.tuple(text, fc.nat()).map(([whole, at]) => whole.slice(0, at % (whole.length + 1)))],
  );
}

function replaceAt(whole: ByteString, at: number, char: string): ByteString {
  const index = at % (whole.length + 1);
  return whole.slice(0, index) + char + whole.slice(index + 1);
}

/** A document without a fault, whose keys count. */
const tidy = fc
  .array(fc.tuple(weighted([4, usualKey], [1, registryKey]), goodEntry), { minLength: 1, maxLength: 6 })
  .map((members) => `{${members.map(([name, value]) => `${plainString(name)}:${value}`).join(',')}}`);

const broken = weighted([1, brokenString.map((text) => `{"auths":{${text}:{}}}`)], [1, deep()]);

/** Go stops at 10,000 levels. */
function deep(): fc.Arbitrary<ByteString> {
  return fc
    .tuple(among(9_990, 9_998, 9_999, 10_000, 10_001, 10_010), among('[', '{"a":'))
    .map(
      ([levels, open]) =>
        `{"x":${open.repeat(levels)}${open === '[' ? '' : '0'}${(open === '[' ? ']' : '}').repeat(levels)}}`,
    );
}

/** The content of a Secret of type kubernetes.io/dockerconfigjson, and of the older kubernetes.io/dockercfg. */
export const dockerConfigJson = weighted(
  [100, tidy.map((text) => `{"auths":${text}}`)],
  [60, damaged(document(configJson))],
  [1, broken],
);
export const dockercfg = weighted([100, tidy], [60, damaged(document(entries))], [1, broken]);
