import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { decodeAuth, decodeBase64 } from '../../../src/model/go/go-base64.js';
import { anyCharacter } from '../../any-character.js';

const seed = Number(process.env.FC_SEED ?? 1);

interface AuthVector {
  readonly auth: string;
  readonly username: string;
  readonly password: string;
  readonly error?: string;
}

const vectors: AuthVector[] = JSON.parse(readFileSync('test/vectors/units.json', 'utf8')).decodeAuth;

test.each(vectors)('the kubelet decodes auth $auth', ({ auth, username, password, error }) => {
  expect(decodeAuth(auth)).toEqual(error === undefined ? { username, password } : { error });
});

const illegal = (offset: number) => ({ error: `illegal base64 data at input byte ${offset}` });

test.each([
  ['A', illegal(0)],
  ['AA=', illegal(3)],
  ['AA=\n', illegal(4)],
  ['AA=A', illegal(2)],
  ['AAA=A', illegal(4)],
  ['AAAA=', illegal(4)],
  ['=', illegal(0)],
  ['AAAAA=', illegal(5)],
  ['Zm9v\u00e9', illegal(4)],
  ['Zm9v Zm9v', illegal(4)],
  ['Zm8_', illegal(3)],
  ['Zm9', illegal(0)],
])('padded base64 %j is refused', (text, error) => {
  expect(decodeBase64(text, 'std')).toEqual(error);
});

test.each([
  ['', ''],
  ['\r\n', ''],
  ['Zm9v', 'foo'],
  ['Z\nm9\r\nv', 'foo'],
  ['Zm8=', 'fo'],
  ['Zm8\n=\r\n', 'fo'],
  ['Zg=\n=', 'f'],
  ['Zh==', 'f'],
])('padded base64 %j is read as %j', (text, decoded) => {
  expect(decodeBase64(text, 'std')).toEqual(new Uint8Array(Buffer.from(decoded)));
});

test.each([
  ['Zg', 'f'],
  ['Zm8', 'fo'],
  ['Zm8\n', 'fo'],
])('unpadded base64 %j is read as %j', (text, decoded) => {
  expect(decodeBase64(text, 'raw')).toEqual(new Uint8Array(Buffer.from(decoded)));
});

test.each([
  ['Zg==', illegal(2)],
  ['Z', illegal(0)],
  ['Zm9vZ', illegal(4)],
])('unpadded base64 %j is refused', (text, error) => {
  expect(decodeBase64(text, 'raw')).toEqual(error);
});

test.each([
  ['a next line counts as space, so the field is taken for padded', 'Zm9vOmJhcg==\u0085', illegal(12)],
  ['a byte order mark does not, so the field is taken for unpadded', 'Zm9vOmJhcg==\uFEFF', illegal(10)],
])('%s', (_, auth, error) => {
  expect(decodeAuth(auth)).toEqual(error);
});

test('bytes that are not UTF-8 survive as lone surrogates, one for each byte', () => {
  const auth = Buffer.from([0x75, 0xff, 0x3a, 0xe2, 0x28, 0xc3, 0xa9]).toString('base64');
  expect(decodeAuth(auth)).toEqual({ username: 'u\uDCFF', password: '\uDCE2(é' });
});

test('what Node encodes is decoded to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      expect(decodeBase64(text, 'std')).toEqual(bytes);
      expect(decodeBase64(text.replace(/=+$/, ''), 'raw')).toEqual(bytes);
    }),
    { seed },
  );
});

test('user name and password come back, whatever the password holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), (user, password) => {
      const username = user.replaceAll(':', '');
      const auth = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
      expect(decodeAuth(auth)).toEqual({ username, password });
    }),
    { seed },
  );
});
