import fc from 'fast-check';
import { parseUrl, splitHostPort } from '../../../src/model/go/go-url.js';

const seed = Number(process.env.FC_SEED ?? 1);

test.each([
  ['https://quay.io', 'quay.io', ''],
  ['http://quay.io/', 'quay.io', '/'],
  ['https://reg:5000/a/b', 'reg:5000', '/a/b'],
  ['https://reg:/a', 'reg:', '/a'],
  ['https://', '', ''],
  ['https:///a', '', '/a'],
  ['https://user:p%41@quay.io/a', 'quay.io', '/a'],
  ['https://a@b@quay.io', 'quay.io', ''],
  ['https://quay.io?x', 'quay.io', ''],
  ['https://quay.io/a?%zz#f', 'quay.io', '/a'],
  ['https://quay.io#a/b?c', 'quay.io', ''],
  ['https://quay.io/a%2Fb%41', 'quay.io', '/a/bA'],
  ['https://b%C3%BC.io', 'b\xc3\xbc.io', ''],
  ['https://b%25.io', 'b%.io', ''],
  ['https://*.a"b<c>.io', '*.a"b<c>.io', ''],
  ['https://[::1]:5000/a', '[::1]:5000', '/a'],
  ['https://[::ffff:1.2.3.4]', '[::ffff:1.2.3.4]', ''],
  ['https://[fe80::1%25et%20h0]:80', '[fe80::1%et h0]:80', ''],
])('%s has host %j and path %j', (url, host, path) => {
  expect(parseUrl(url)).toEqual({ host, path });
});

test.each([
  ['https://quay.io:abc', 'invalid port ":abc" after host'],
  ['https://a:1:2', 'invalid port ":1:2" after host'],
  ['https://reg.io:*', 'invalid port ":*" after host'],
  ['https:// quay.io', 'invalid character " " in host name'],
  ['https://a\\b', 'invalid character "\\\\" in host name'],
  ['https://quay.io/%zz', 'invalid URL escape "%zz"'],
  ['https://quay.io/a%2', 'invalid URL escape "%2"'],
  ['https://b%41.io', 'invalid URL escape "%41"'],
  ['https://us er@quay.io', 'net/url: invalid userinfo'],
  ['https://%zz@quay.io', 'invalid URL escape "%zz"'],
  ['https://quay.io/\n', 'net/url: invalid control character in URL'],
  ['https://a[b]', 'invalid IP-literal'],
  ['https://[1.2.3.4]', 'invalid IP-literal'],
  ['https://[::1', "missing ']' in host"],
  ['https://[::1]x', 'invalid port "x" after host'],
  ['https://[a-z]*.io', 'invalid port "*.io" after host'],
  ['https://[]', 'invalid host: ParseAddr(""): unable to parse IP'],
  ['https://[::g]', 'invalid host: ParseAddr("::g"): each colon-separated field must have at least one digit (at "g")'],
  ['https://[1:2]', 'invalid host: ParseAddr("1:2"): address string too short'],
  ['https://[::1%25]', 'invalid host: ParseAddr("::1%"): zone must be a non-empty string'],
  ['https://[::1%25%2f]', 'invalid URL escape "%2f"'],
])('%j is refused: %s', (url, reason) => {
  expect(parseUrl(url)).toMatchObject({ reason });
});

test.each([
  ['https://a b#f', 'parse "https://a b": invalid character " " in host name'],
  ['https://a.io#%zz', 'parse "https://a.io#%zz": invalid URL escape "%zz"'],
  ['https://a.io/"\xff%', 'parse "https://a.io/\\"\\xff%": invalid URL escape "%"'],
])('the error of %j is %s', (url, error) => {
  expect(parseUrl(url)).toMatchObject({ error });
});

test.each([
  ['1:2:3:4:5:6:7:8:9', 'trailing garbage after address (at "9")'],
  ['1::2::3', 'multiple :: in address (at ":3")'],
  ['1:2:3:4:5:6:7::8', 'the :: must expand to at least one field of zeros'],
  ['12345::', 'each group must have 4 or less digits (at "12345::")'],
  ['1:2:', 'colon must be followed by more characters (at ":")'],
  ['1:2x', 'unexpected character, want colon (at "x")'],
  ['1:1.2.3.4', 'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")'],
  ['1:2:3:4:5:6:7:1.2.3.4', 'embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")'],
  ['1::2:3:4:5:6:7:1.2.3.4', 'too many hex fields to fit an embedded IPv4 at the end of the address (at "1.2.3.4")'],
  ['::1.2.3', 'IPv4 address too short'],
  ['::01.2.3.4', 'IPv4 field has octet with leading zero'],
  ['::256.2.3.4', 'IPv4 field has value >255'],
  ['::1.2.3.4.5', 'IPv4 address too long'],
  ['::1..3.4', 'IPv4 field must have at least one digit (at ".3.4")'],
  ['::1.2.x.4', 'unexpected character (at "x.4")'],
])('the address %s is refused: %s', (address, error) => {
  expect(parseUrl(`https://[${address}]`)).toMatchObject({ reason: `invalid host: ParseAddr("${address}"): ${error}` });
});

test.each([
  ['reg.io', 'reg.io', ''],
  ['reg.io:5000', 'reg.io', '5000'],
  ['reg.io:', 'reg.io', ''],
  ['[::1]:80', '::1', '80'],
  ['[::1]', '[::1]', ''],
  ['a]:80', 'a]:80', ''],
  ['', '', ''],
])('%j splits into host %j and port %j', (hostPort, host, port) => {
  expect(splitHostPort(hostPort)).toEqual({ host, port });
});

test('no text makes the parser throw', () => {
  const part = fc.constantFrom(...'a:/@[]%?#*.', '%25', '%41', '::1', '1.2.3.4', '\xff', ' ');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const result = parseUrl(`https://${parts.join('')}`);
      expect('host' in result || result.error.endsWith(result.reason)).toBe(true);
    }),
    { seed, numRuns: 3000 },
  );
});
