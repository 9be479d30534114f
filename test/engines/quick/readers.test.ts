// The readers of kubectl and kustomize judge how we read and write YAML.
// The same cases again: SEED=<the seed in the title> npm run test:engines -- --quick readers
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { toYaml } from '../../../src/yaml/yaml.js';
import { Readers, type Reading } from '../engines/readers.js';
import { ourReading, shapeOf } from '../readers/ours.js';
import { difficultText, yamlText } from '../readers/texts.js';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const cases = Number(process.env.CASES ?? 20_000);
/** Manifests of others that a workplace may have, beside the repository; they are never copied into it. */
const corpora = ['examples', 'dist', '../shared/real-input', ...(process.env.CORPUS ?? '').split(':')].filter(
  (folder) => folder !== '' && existsSync(folder),
);

/** What we refuse, and kubectl passes over: the rest of the document, or what another reader takes otherwise. */
const ownRefusals = /byte order mark|directives|"<<"|tag "!"|without end|not a map or a list/;

let readers: Readers;

beforeAll(() => {
  readers = Readers.start();
});

afterAll(() => readers?.stop());

/** What kubectl refuses is refused, what it reads is read the same, and a refusal of ours has a reason. */
async function agree(bytes: Uint8Array): Promise<void> {
  const { kubectl, kustomize } = await readers.read(bytes);
  const ours = ourReading(bytes);
  // kubectl reads a first value in braces as JSON, and may not be able to go on behind it as YAML.
  const isBrace = /^\s*\{/.test(Buffer.from(bytes).toString());
  if (kubectl.error !== undefined && isBrace && kustomize.error === undefined) return;
  if (kubectl.error !== undefined) {
    expect({ problems: ours.problems.length > 0, kubectl: kubectl.error }).toMatchObject({ problems: true });
    return;
  }
  const theirs = shapes(kubectl);
  if (ours.problems.length > 0 && !isSame(ours.documents, theirs)) {
    const isNamed = ours.problems.some((problem) => ownRefusals.test(problem));
    expect(isNamed || kustomize.error !== undefined || !isSame(shapes(kustomize), theirs)).toBe(true);
    return;
  }
  expect(ours.documents).toEqual(theirs);
}

function shapes({ documents }: Reading): readonly unknown[] {
  return (documents ?? []).map(shapeOf);
}

function isSame(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
}

test(`kubectl reads ${cases} generated texts as we do (SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(yamlText, (text) => agree(Buffer.from(text))),
    { seed, numRuns: cases, endOnFailure: false },
  );
}, 1_800_000);

test(`kubectl and kustomize read ${cases} texts as we write them (SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(difficultText, async (text) => {
      const value = { [text === '__proto__' ? 'a' : text]: text, list: [text, { key: text }] };
      const { kubectl, kustomize } = await readers.read(Buffer.from(toYaml(value)));
      expect(kubectl).toEqual({ documents: [value] });
      // kustomize drops a key "<<" even where it is in quotes, and writes some block scalars otherwise than it read them.
      if (text !== '<<' && !text.includes('\n')) expect(kustomize).toEqual({ documents: [value] });
    }),
    { seed, numRuns: cases, endOnFailure: false },
  );
}, 1_800_000);

test.each(corpora)('kubectl reads the manifests of %s as we do', async (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) await agree(readFileSync(join(folder, file)));
}, 1_800_000);

// Each of these was read otherwise, or not at all, before.
test.each([
  ['a merge behind a key that it has, too', 'a: &a {x: one}\nb: {x: two, <<: *a}\n'],
  ['two merges of one key', 'a: &a {x: one}\nb: &b {x: two}\nc:\n  <<: *a\n  <<: *b\n'],
  ['merges in merges', 'a: &a {x: one}\nb: &b {<<: *a, z: two}\nc: {x: three, <<: *b}\n'],
  ['a list of merges', 'a: &a {x: one}\nb: &b {x: two}\nc:\n  <<: [*a, *b]\n'],
  ['"<<" with a tag of text', 'a: {!!str <<: b}\n'],
  ['bytes', '!!binary aGk=: !!binary aGk=\n'],
  ['"..." without "---"', 'a: b\n...\nc: d\n'],
  ['a byte order mark at a second document', 'a: b\n---\n\ufeffc: d\n'],
  ['carriage returns', 'a: b\rc:\r- d\r'],
  ['next lines', 'a: b\u0085c: "d\u0085e"\n'],
  ['the least number', 'a: -0x8000000000000000\nb: -0x8000000000000001\n'],
  ['brackets at the indentation of their key', 'a:\n  b: [\n  c\n  ]\nd: {\n}\n'],
  ['equal keys', 'a: 1\na: 2\n'],
  ['keys that are no text', 'yes: 1\n010: 2\n1.50: 3\n1_0: 4\n1e7: 5\n'],
])('agree on %s', async (_what, text) => {
  await agree(Buffer.from(text));
});
