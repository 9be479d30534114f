import { type Ciphertext, readCiphertext } from '../../../src/model/sealing/ciphertext.js';
import { recordAnnotations, recordsOf } from '../../../src/model/sealing/entry-record.js';

const text = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512, 7), Buffer.alloc(40, 9)]).toString('base64');
const digest = (value: string) => `${value.length.toString(16)}0000000000000000`.slice(0, 16);

const sealedSecret = (spec: object = { encryptedData: { ghcr: text } }, annotations: object = {}) => ({
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  metadata: { name: 'pull', namespace: 'team-a', annotations },
  spec,
});

const value = `ENC[AES256_GCM,data:AAAA,iv:${Buffer.alloc(32).toString('base64')},tag:${Buffer.alloc(16).toString('base64')},type:str]`;
const block = {
  mac: value,
  lastmodified: '2026-11-28T12:00:00Z',
  mac_only_encrypted: true,
  age: [{ recipient: 'age1x' }],
};
const sopsSecret = (change: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'pull', namespace: 'team-a' },
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': value },
  sops: block,
  ...change,
});

function read(manifest: unknown): Ciphertext {
  const found = readCiphertext(manifest, digest);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

test('a SealedSecret says what it is for', () => {
  expect(read(sealedSecret())).toMatchObject({ source: 'sealed', name: 'pull', namespace: 'team-a', scope: 'strict' });
});

test.each([
  ['namespace-wide', { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
  ['cluster-wide', { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
  [
    'cluster-wide',
    { 'sealedsecrets.bitnami.com/cluster-wide': 'true', 'sealedsecrets.bitnami.com/namespace-wide': 'true' },
  ],
  ['strict', { 'sealedsecrets.bitnami.com/cluster-wide': 'yes' }],
])('scope %s is read as the controller reads it', (scope, annotations) => {
  expect(read(sealedSecret(undefined, annotations))).toMatchObject({ scope });
});

test('plain data and keys that are left out stand in templates since sealed-secrets 0.37', () => {
  const template = { data: { ghcr: null, '.dockerconfigjson': '{{ .ghcr }}', plain: 'text' } };
  expect(read(sealedSecret({ encryptedData: { ghcr: text }, template }))).toMatchObject({
    templateData: template.data,
  });
});

test('a Secret that SOPS encrypted says for whom', () => {
  expect(read(sopsSecret())).toMatchObject({ source: 'sops', name: 'pull', recipients: ['age1x'] });
});

test.each([
  ['a plain Secret', { kind: 'Secret', data: {} }, /nobody encrypted/],
  ['another kind', { kind: 'ConfigMap' }, /neither a SealedSecret nor a Secret/],
  ['nothing', undefined, /neither/],
  ['no name', { ...sealedSecret(), metadata: { namespace: 'a' } }, /no metadata.name/],
  ['no namespace', { ...sealedSecret(), metadata: { name: 'a' } }, /no metadata.namespace/],
  ['another group', { ...sealedSecret(), apiVersion: 'v1' }, /no SealedSecret of bitnami.com/],
  ['the field of old SealedSecrets', sealedSecret({ data: 'AgA=' }), /old SealedSecrets/],
  ['no ciphertext', sealedSecret({}), /no spec.encryptedData/],
  ['a ciphertext that is a number', sealedSecret({ encryptedData: { a: 5 } }), /no spec.encryptedData/],
  [
    'a template that is no text',
    sealedSecret({ encryptedData: { a: text }, template: { data: { a: 5 } } }),
    /not a map of texts/,
  ],
  ['a ciphertext that is cut short', sealedSecret({ encryptedData: { a: text.slice(0, 400) } }), /cut short/],
  ['plain text in place of ciphertext', sealedSecret({ encryptedData: { a: 'hunter2' } }), /not base64/],
  [
    'an edited ciphertext',
    sealedSecret(undefined, { 'cdk8s-image-pull/digests': 'ghcr=0123456789abcdef' }),
    /edited since/,
  ],
  ['a SOPS value that is plain', sopsSecret({ data: { a: 'hunter2' } }), /not encrypted/],
  ['a SOPS value that is cut short', sopsSecret({ data: { a: value.replace(/iv:A+/, 'iv:AAAA') } }), /cut short/],
  ['a SOPS Secret without data', sopsSecret({ data: {} }), /has no data/],
  ['a SOPS Secret without checksum', sopsSecret({ sops: { ...block, mac: undefined } }), /no checksum/],
  ['a SOPS Secret without date', sopsSecret({ sops: { ...block, lastmodified: 'x' } }), /no date/],
  [
    'a SOPS Secret with a checksum over everything',
    sopsSecret({ sops: { ...block, mac_only_encrypted: false } }),
    /mac_only_encrypted/,
  ],
])('%s is refused, and no value is said', (_what, manifest, reason) => {
  const found = readCiphertext(manifest, digest);
  expect(found).toMatch(reason);
  expect(found).not.toContain('hunter2');
});

test('records stand in annotations and come back', () => {
  const records = new Map([
    ['hub', { sealed: '2026-11-28', digest: '0123456789abcdef' }],
    [
      'ghcr',
      { sealed: '2026-11-27', expires: '2027-01-02', checksum: `01234567.${'a'.repeat(32)}`, key: 'ghcr.io/acme/' },
    ],
  ]);
  const annotations = recordAnnotations(records);
  expect(annotations['cdk8s-image-pull/sealed']).toBe('ghcr=2026-11-27 hub=2026-11-28');
  expect(recordsOf(annotations)).toEqual(records);
});

test('what is no record is left out', () => {
  expect(recordsOf({ 'cdk8s-image-pull/sealed': 'ghcr=yesterday ../x=2026-01-01 =', other: 'a=b' })).toEqual(new Map());
  expect(recordsOf(undefined)).toEqual(new Map());
});
