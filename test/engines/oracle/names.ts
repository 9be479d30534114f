import fc from 'fast-check';

// Keys and images are made of the same hosts and paths, so that many match; the rest is what parsers stumble over.

const hosts = [
  'quay.io',
  'QUAY.io',
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'prefix.docker.io',
  'reg:5000',
  'reg.example.com',
  'reg.example.com:443',
  'localhost',
  'localhost:5000',
  '[::1]:5000',
  'a_b.io',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
];

const keyHosts = [
  ...hosts,
  '*',
  '*.io',
  '*.*',
  'q*y.io',
  'q*.*',
  'docker.*',
  '*.docker.io',
  '*.example.com',
  '*.dkr.ecr.*.amazonaws.com',
  '*:5000',
  'r*g:5000',
  're?.example.com',
  '[q-r]uay.io',
  '[^a]uay.io',
  'qu\\ay.io',
  '[::1]',
  '[fe80::1%25eth0]:5000',
  '[fe80::1%eth0]:5000',
  'quay.io:',
  'quay.io:abc',
  'quay.io:*',
  'user:pass@quay.io',
  'user@quay.io',
  'b%ff.io',
  'q%75ay.io',
  'm\u00fcnchen.io',
  ' quay.io',
  'quay.io ',
  '',
];

const paths = ['', '/', '/org', '/org/', '/org/app', '/organisation/app', '/library', '/library/busybox', '/a__b/c-d'];

const keyPaths = [
  ...paths,
  '/v1',
  '/v1/',
  '/v2/',
  '/v1/org',
  '/v2/org/',
  '/v3/',
  '/or',
  '//org',
  '/%6frg',
  '/org%2Fapp',
  '/org%zz',
  '/org%',
  '/org?scope=x',
  '/org#part',
  '/org:v1',
  '/org/../app',
  '/o*g',
  '/\u00f6rg',
  '/org ',
];

const schemes = ['', '', '', 'https://', 'http://', 'HTTPS://', 'oci://', '//', 'https:', 'https:///'];

/** Often drawn, so that keys and images meet, and two keys of one document too. */
const popularHosts = ['quay.io', 'docker.io', 'reg:5000', 'prefix.docker.io'];
const popularKeyHosts = [
  ...popularHosts,
  ...popularHosts,
  'index.docker.io',
  '*.io',
  'q*.io',
  'docker.*',
  '*:5000',
  '*.docker.io',
  'prefix.*.io',
];
const popularKeyPaths = ['', '', '', '/', '/v1/', '/v2/', '/org', '/org/', '/org/app', '/v1/org', '/or', '/library'];
const popularPaths = ['/org/app', '/org', '/organisation/app', '/library/busybox'];

/** Characters that mean something to some parser. */
const awkward = fc.constantFrom(
  ...'/:.*?[]@%#\\-_^"\'<>&+ \t\n\r\x00\x7f',
  '%2f',
  '%00',
  '\u00e9',
  '\u0130',
  '\u212a',
  '\u0085',
  '\u{1f600}',
  '\ufeff',
);

/** A text with one more character somewhere, now and then. */
function disturbed(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const inserted = fc
    .tuple(text, fc.nat(), awkward)
    .map(([whole, at, char]) => whole.slice(0, at % (whole.length + 1)) + char + whole.slice(at % (whole.length + 1)));
  return fc.oneof({ weight: 6, arbitrary: text }, { weight: 1, arbitrary: inserted });
}

const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

/** A key that is likely to match an image. */
export const usualKey: fc.Arbitrary<string> = joined(
  fc.constantFrom('', '', '', 'https://', 'http://'),
  fc.constantFrom(...popularKeyHosts),
  fc.constantFrom(...popularKeyPaths),
);

/** A key of `auths`. */
export const registryKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: disturbed(usualKey) },
  {
    weight: 12,
    arbitrary: disturbed(
      joined(fc.constantFrom(...schemes), fc.constantFrom(...keyHosts), fc.constantFrom(...keyPaths)),
    ),
  },
  { weight: 1, arbitrary: fc.array(awkward, { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

const hex = (length: number) => 'a1b2c3d4'.repeat(length / 8);

const tags = ['', '', ':v1', ':latest', ':_X.y-z', ':-bad', ':', `:${'t'.repeat(128)}`, `:${'t'.repeat(129)}`];

const digests = [
  '',
  '',
  '',
  `@sha256:${hex(64)}`,
  `@sha384:${hex(96)}`,
  `@sha512:${hex(128)}`,
  `@sha256:${hex(64).toUpperCase()}`,
  `@sha256:${hex(32)}`,
  `@md5:${hex(32)}`,
  `@sha256+b64u.x:${hex(64)}`,
  '@sha256:',
];

const repositories = [
  ...paths,
  '/org/App',
  '/a---b/c',
  '/a___b',
  '/a..b',
  '/a.b_c/d',
  `/${'p'.repeat(255)}`,
  '//a',
  '/-a',
];

/** An image of a pod: mostly one that parses. */
export const image: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: joined(
      fc.constantFrom(...popularHosts),
      fc.constantFrom(...popularPaths),
      fc.constantFrom('', ':v1', `@sha256:${hex(64)}`),
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom('busybox', 'org/app', 'busybox:1', 'library/busybox', 'localhost', 'reg') },
  {
    weight: 6,
    arbitrary: disturbed(
      joined(
        fc.constantFrom('', ...hosts, ...keyHosts),
        fc.constantFrom(...repositories),
        fc.constantFrom(...tags),
        fc.constantFrom(...digests),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.array(awkward, { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.constantFrom(hex(64), `library/${hex(64)}`, `docker.io/${hex(64)}`, hex(64).slice(1)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
