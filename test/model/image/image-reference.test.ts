import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ImageReference } from '../../../src/model/image/image-reference.js';
import { ImagePullError } from '../../../src/model/problem/problem.js';

const seed = Number(process.env.FC_SEED ?? 1);
const hex = (length: number) => 'a1'.repeat(length / 2);

interface ReferenceVector {
  readonly input: string;
  readonly error?: string;
  readonly domain?: string;
  readonly path?: string;
  readonly name?: string;
  readonly tag?: string;
}

const vectors: ReferenceVector[] = JSON.parse(readFileSync('test/vectors/units.json', 'utf8')).reference;

test.each(vectors)('the grammar of distribution reads $input', ({ input, error, domain, path, name, tag }) => {
  const result = ImageReference.tryParse(input);
  if ('error' in result) expect(result.error).toBe(error);
  else
    expect({ domain: result.domain, path: result.path, name: result.name, tag: result.tag }).toEqual({
      domain,
      path,
      name,
      tag,
    });
});

test.each([
  ['busybox', 'docker.io/library/busybox', 'latest', undefined],
  ['index.docker.io/user/app:V1', 'docker.io/user/app', 'V1', undefined],
  ['localhost', 'docker.io/library/localhost', 'latest', undefined],
  ['localhost:5000', 'docker.io/library/localhost', '5000', undefined],
  ['localhost/app', 'localhost/app', 'latest', undefined],
  ['Docker/docker', 'Docker/docker', 'latest', undefined],
  ['[::1]:5000/a', '[::1]:5000/a', 'latest', undefined],
  ['[2001:db8::1]/repo', '[2001:db8::1]/repo', 'latest', undefined],
  ['test_a.com/foo', 'test_a.com/foo', 'latest', undefined],
  ['reg.io:0/a:_x', 'reg.io:0/a', '_x', undefined],
  [`reg.io/a@sha256:${hex(64)}`, 'reg.io/a', undefined, `sha256:${hex(64)}`],
  [`reg.io/a@sha384:${hex(96)}`, 'reg.io/a', undefined, `sha384:${hex(96)}`],
  [`reg.io/a:1@sha512:${hex(128)}`, 'reg.io/a', '1', `sha512:${hex(128)}`],
  [`docker.io/${hex(64)}`, `docker.io/library/${hex(64)}`, 'latest', undefined],
  [`reg.io/${'a'.repeat(255)}`, `reg.io/${'a'.repeat(255)}`, 'latest', undefined],
  [`reg.io/a:${'t'.repeat(128)}`, 'reg.io/a', 't'.repeat(128), undefined],
])('the kubelet takes %s for %s with tag %s and digest %s', (input, name, kubeletTag, digest) => {
  const reference = ImageReference.parse(input);
  expect([reference.name, reference.kubeletTag, reference.digest]).toEqual([name, kubeletTag, digest]);
  expect(reference.text).toBe(input);
});

test('a host that only the path grammar allows leaves the domain empty', () => {
  const reference = ImageReference.parse('test_a.com/foo');
  expect([reference.domain, reference.path]).toEqual(['', 'test_a.com/foo']);
});

test.each([
  ['', 'invalid reference format'],
  [' a', 'invalid reference format'],
  ['$REG/app', 'invalid reference format'],
  ['https://reg.io/a', 'invalid reference format'],
  ['reg.io/a:b:c', 'invalid reference format'],
  [`reg.io/a:${'t'.repeat(129)}`, 'invalid reference format'],
  ['reg.io:abc/a', 'invalid reference format'],
  ['[::1', 'invalid reference format'],
  ['[fe80::1%eth0]:5000/a', 'invalid reference format'],
  ['dock_.er/docker', 'invalid reference format'],
  ['reg.io/a---_b', 'invalid reference format'],
  ['reg.io/é', 'invalid reference format'],
  ['\u{16EA0}', 'invalid reference format'],
  ['reg.io/\uA7DC', 'invalid reference format'],
  ['reg.io/App:v1', 'invalid reference format: repository name (App) must be lowercase'],
  ['UPPER', 'invalid reference format: repository name (library/UPPER) must be lowercase'],
  ['\u212A.io/a', 'repository name must be lowercase'],
  ['reg.io/a:\u0130', 'repository name must be lowercase'],
  [`reg.io/${'a'.repeat(256)}`, 'repository name must not be more than 255 characters'],
  [hex(64), `invalid repository name (${hex(64)}), cannot specify 64-byte hexadecimal strings`],
  [`a@md5:${hex(32)}`, 'unsupported digest algorithm'],
  [`a@sha256+b64:${hex(64)}`, 'unsupported digest algorithm'],
  [`a:1@SHA256:${hex(64)}`, 'invalid checksum digest format'],
  [`a@sha256:${hex(64).toUpperCase()}`, 'invalid checksum digest format'],
  [`a@sha256:${hex(32)}`, 'invalid checksum digest length'],
  [`a@sha512:${hex(64)}`, 'invalid checksum digest length'],
  ['a@sha256:abc', 'invalid reference format'],
])('%j is refused: %s', (input, error) => {
  expect(ImageReference.tryParse(input)).toEqual({ error });
});

test('parse throws with the words of the kubelet and a hint', () => {
  expect.assertions(3);
  try {
    ImageReference.parse('reg.io/App');
  } catch (error) {
    expect(ImagePullError.is(error) && error.problems[0]?.code).toBe('image-reference-invalid');
    const problem = (error as ImagePullError).problems[0];
    expect(problem?.message).toBe(
      'couldn\'t parse image name "reg.io/App": invalid reference format: repository name (App) must be lowercase',
    );
    expect(problem?.hint).toBe('Write the repository in lower case');
  }
});

test.each([
  ['', 'Name an image'],
  ['$REG/app', 'Substitute the variables before the manifest is read'],
  ['https://reg.io/a', 'Leave out the scheme'],
  ['reg.io/a b', 'Remove the white space'],
  [`a@md5:${hex(32)}`, 'Write the digest as sha256: and 64 lower-case hexadecimal digits'],
])('the hint for %j is: %s', (input, hint) => {
  expect(() => ImageReference.parse(input)).toThrow(hint);
});

test('a huge text is refused with a message of readable length', () => {
  expect.assertions(1);
  try {
    ImageReference.parse('A'.repeat(1_000_000));
  } catch (error) {
    expect((error as Error).message.length).toBeLessThan(1200);
  }
});

const letters = fc.constantFrom(...'aA0._-/:@[]%é\u212A', 'sha256', 'docker.io', 'localhost', 'library/', ' ');
const referenceLike = fc.oneof(
  fc.string(),
  fc.array(letters, { maxLength: 12 }).map((parts) => parts.join('')),
);

test('parse throws nothing but an ImagePullError', () => {
  fc.assert(
    fc.property(referenceLike, (text) => {
      try {
        ImageReference.parse(text);
      } catch (error) {
        expect(ImagePullError.is(error)).toBe(true);
      }
    }),
    { seed, numRuns: 2000 },
  );
});

test('the text of a reference is read as the same reference', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,5}$/);
  const reference = fc
    .tuple(
      fc.constantFrom('', 'reg.io/', 'reg:5000/', 'Reg/', '[::1]:80/', 'localhost/', 'index.docker.io/', 'a_b.io/'),
      fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
      fc.constantFrom('', ':v1', ':_X.y-z'),
      fc.constantFrom('', `@sha256:${hex(64)}`, `@sha512:${hex(128)}`),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(reference, (text) => {
      const once = ImageReference.parse(text);
      const twice = ImageReference.parse(once.toString());
      expect(twice.toString()).toBe(once.toString());
      expect([twice.domain, twice.path, twice.tag, twice.digest]).toEqual([
        once.domain,
        once.path,
        once.tag,
        once.digest,
      ]);
    }),
    { seed },
  );
});

test.each([
  ['letters', 'a'.repeat(1_000_000)],
  ['upper-case letters as host', `${'A'.repeat(1_000_000)}/b`],
  ['dots', 'a.'.repeat(500_000)],
  ['dashes', `${'a-'.repeat(500_000)}/x`],
  ['slashes', '/'.repeat(1_000_000)],
  ['colons', ':'.repeat(1_000_000)],
  ['brackets', '['.repeat(1_000_000)],
  ['segments', `reg.io/${'a/'.repeat(500_000)}`],
  ['a tag', `reg.io/a:${'x'.repeat(1_000_000)}`],
  ['an algorithm', `reg.io/a@${'a+'.repeat(500_000)}`],
])('a megabyte of %s has an answer before the test runs out of time', (_, text) => {
  expect(typeof ImageReference.tryParse(text)).toBe('object');
});
