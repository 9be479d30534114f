// What the quick reader takes, the whole reader reads the same; everything else it leaves to that.
import fc from 'fast-check';
import { plainMaps } from '../../src/yaml/plain-maps.js';
import { plainObject } from '../../src/yaml/plain-object.js';
import { sourceOf } from '../../src/yaml/source.js';
import { toYaml } from '../../src/yaml/yaml.js';
import { yamlDocuments } from '../../src/yaml/yaml-documents.js';
import { YamlError } from '../../src/yaml/yaml-error.js';

const seed = Number(process.env.FC_SEED ?? 1);

function read(text: string): unknown {
  const documents = [...yamlDocuments(sourceOf({ file: '', text }))];
  if (documents.length !== 1) return `${documents.length} documents`;
  const [root] = documents;
  return !root || root instanceof YamlError ? 'an error' : plainObject(root);
}

const sealed = `# Written by cdk8s-image-pull
# Do not edit
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  annotations:
    cdk8s-image-pull/sealed: ghcr=2026-11-28 quay=2026-11-28
    sealedsecrets.bitnami.com/cluster-wide: "true"
  name: pull
spec:
  encryptedData:
    ghcr: AgAzJst+/qtmb8e9UkUmlf==
  template:
    data:
      .dockerconfigjson: '{"auths":{"ghcr.io/acme/":{{ .ghcr }}}}'
    type: kubernetes.io/dockerconfigjson
`;

test('a SealedSecret is read as it stands', () => {
  expect(plainMaps(sealed)).toEqual(read(sealed));
  expect(plainMaps(sealed)).toMatchObject({ spec: { encryptedData: { ghcr: 'AgAzJst+/qtmb8e9UkUmlf==' } } });
});

test.each([
  ['a list', 'a:\n  - b\n'],
  ['a number', 'a: 1\n'],
  ['a version', 'a: 3.9.0\n'],
  ['a boolean', 'a: true\n'],
  ['a boolean of YAML 1.1', 'a: Yes\n'],
  ['such a key', 'on: a\n'],
  ['a float as key', '.inf: a\n'],
  ['null', 'a: Null\n'],
  ['a key without a value', 'a:\nb: c\n'],
  ['one at the end', 'a: b\nc:\n'],
  ['a block text', 'a: |\n  b\n'],
  ['a text of two lines', 'a: b\n  c\n'],
  ['a key twice', 'a: b\na: c\n'],
  ['a comment behind a value', 'a: b # c\n'],
  ['a comment between lines', 'a: b\n# c\nd: e\n'],
  ['an anchor', 'a: &x b\n'],
  ['an alias', 'a: *x\n'],
  ['a tag', 'a: !!str b\n'],
  ['an escape', 'a: "\\n"\n'],
  ['a quote in quotes', "a: 'it''s'\n"],
  ['a map on one line', 'a: { b: c }\n'],
  ['a colon in a text', 'a: b: c\n'],
  ['two documents', 'a: b\n---\na: c\n'],
  ['a directive', '%YAML 1.2\n---\na: b\n'],
  ['three spaces', 'a:\n   b: c\n'],
  ['a level left out', 'a:\n    b: c\n'],
  ['a line deeper than its text', 'a: b\n  c: d\n'],
  ['conflict markers', '<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n'],
  ['no end of the line', 'a: b'],
  ['carriage returns', 'a: b\r\n'],
  ['a mark of the order of bytes', '\ufeffa: b\n'],
  ['a blank at the end', 'a: b \n'],
  ['nothing', ''],
  ['a comment alone', '# a'],
])('%s is left to the whole reader', (_what, text) => {
  expect(plainMaps(text)).toBeUndefined();
});

const word = fc.oneof(
  fc.constantFrom(
    'true',
    'no',
    'y',
    'null',
    '.inf',
    '1e3',
    '0x1F',
    '2026-11-28',
    'a=b c=d',
    '- a',
    'a: b',
    '"',
    "'",
    '~',
  ),
  fc.string({ unit: fc.constantFrom(...'aZ0.-_/+= :#\'"{}\\\t\u00e9\u2028') }),
);
const maps = fc.letrec<{ map: Record<string, unknown> }>((tie) => ({
  map: fc.dictionary(word, fc.oneof({ weight: 3, arbitrary: word }, tie('map')), { maxKeys: 4, noNullPrototype: true }),
})).map;

test('whatever it takes, the whole reader reads the same: of texts of ours, and of such with a letter changed', () => {
  let taken = 0;
  const same = (text: string) => {
    const plain = plainMaps(text);
    if (!plain) return;
    taken++;
    expect(plain).toEqual(read(text));
  };
  const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'\n :#\'"-|&*!a0\t{}[]~', '')), { maxLength: 3 });
  fc.assert(
    fc.property(maps, changes, (map, edits) => {
      for (const start of [toYaml(map), sealed]) {
        same(start);
        same(
          edits.reduce((text, [at, letter]) => {
            const place = at % (text.length + 1);
            return text.slice(0, place) + letter + text.slice(place + 1);
          }, start),
        );
      }
    }),
    { seed, numRuns: 1500 },
  );
  expect(taken).toBeGreaterThan(2000);
});
