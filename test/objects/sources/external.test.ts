import { Testing } from 'cdk8s';
import { Cluster, PullSecret, type PullSecretProps, type RegistrySpec } from '../../../src/index.js';
import { templateKey, templateString, templateText } from '../../../src/objects/sources/go-template.js';

interface ExternalSecretObject {
  readonly kind: string;
  readonly spec: {
    readonly data: readonly {
      readonly secretKey: string;
      readonly remoteRef: { readonly key: string; readonly property: string };
    }[];
    readonly target: {
      readonly template: {
        readonly data: Record<string, string>;
        readonly metadata?: Record<string, Record<string, string>>;
      };
    };
  };
}

function rendered(
  registries: Readonly<Record<string, RegistrySpec>>,
  props: Omit<PullSecretProps, 'registries'>,
): ExternalSecretObject['spec'] {
  const chart = Testing.chart();
  const cluster = new Cluster(chart, 'prod');
  const pull = new PullSecret(cluster, 'p', {
    ...props,
    registries: Object.entries(registries).map(([name, spec]) => cluster.registry(name, spec)),
  });
  cluster.namespace('n').serviceAccount('default').attach(pull);
  const object = (Testing.synth(chart) as ExternalSecretObject[]).find(({ kind }) => kind === 'ExternalSecret');
  if (!object) throw new Error('no ExternalSecret');
  return object.spec;
}

const config = (spec: ExternalSecretObject['spec']) => spec.target.template.data['.dockerconfigjson'] ?? '';

/** Fills the few actions that are written, as Go's text/template with the functions of the operator would. */
function filled(template: string, values: Readonly<Record<string, string>>): string {
  const valueFor = (text: string): string => {
    const key = /^\.(\w+)$/.exec(text)?.[1] ?? /^\(index \. "([^"]+)"\)$/.exec(text)?.[1];
    return key === undefined ? (JSON.parse(text) as string) : (values[key] ?? `<no value ${key}>`);
  };
  return template
    .replace(
      /\{\{ printf "%s:%s" (\S+|\(index \. "[^"]+"\)|"(?:[^"\\]|\\.)*") (\S+|\(index \. "[^"]+"\)) \| b64enc \}\}/g,
      (_, user: string, password: string) => Buffer.from(`${valueFor(user)}:${valueFor(password)}`).toString('base64'),
    )
    .replace(/\{\{ ([^{}]*?) \| toJson \}\}/g, (_, value: string) => JSON.stringify(valueFor(value)))
    .replace(/\{\{ "\{\{" \}\}/g, '{{');
}

test('one registry: user name and password are read from the store', () => {
  const spec = rendered({ ghcr: { preset: 'ghcr', path: 'acme' } }, { source: { external: { store: 'v', key: 'k' } } });
  expect(spec.data.map(({ secretKey, remoteRef }) => [secretKey, remoteRef.key, remoteRef.property])).toEqual([
    ['username', 'k', 'username'],
    ['password', 'k', 'password'],
  ]);
  const text = filled(config(spec), { username: 'bot', password: 'a"b\\c' });
  expect(JSON.parse(text)).toEqual({
    auths: {
      'ghcr.io/acme/': { auth: Buffer.from('bot:a"b\\c').toString('base64'), password: 'a"b\\c', username: 'bot' },
    },
  });
});

test('one key for a registry and its auth host: one credential in two entries', () => {
  const registries = { sso: { host: 'sso.redhat.com' }, redhat: { host: 'registry.redhat.io', auth: 'sso' } };
  const spec = rendered(registries, { source: { external: { store: 'v', key: 'k' } } });
  expect(spec.data.map(({ secretKey, remoteRef }) => [secretKey, remoteRef.key])).toEqual([
    ['username', 'k'],
    ['password', 'k'],
  ]);
  const { auths } = JSON.parse(filled(config(spec), { username: 'bot', password: 'p' })) as { auths: object };
  const entry = { auth: Buffer.from('bot:p').toString('base64'), password: 'p', username: 'bot' };
  expect(auths).toEqual({ 'registry.redhat.io': entry, 'sso.redhat.com': entry });
});

test('several registries: each has keys of its own, and entries are sorted', () => {
  const registries = { 'quay-b': { preset: 'quay', path: 'b' }, 'quay-a': { preset: 'quay', path: 'a' } } as const;
  const spec = rendered(registries, { source: { external: { store: 'v', keys: { 'quay-a': '1', 'quay-b': '2' } } } });
  expect(spec.data.map(({ secretKey }) => secretKey)).toEqual([
    'quay_b_username',
    'quay_b_password',
    'quay_a_username',
    'quay_a_password',
  ]);
  const values = { quay_a_username: 'a', quay_a_password: '1', quay_b_username: 'b', quay_b_password: '2' };
  const { auths } = JSON.parse(filled(config(spec), values)) as { auths: Record<string, { username: string }> };
  expect(Object.entries(auths).map(([key, { username }]) => [key, username])).toEqual([
    ['quay.io/a/', 'a'],
    ['quay.io/b/', 'b'],
  ]);
});

test('a registry whose name begins with a digit goes through index', () => {
  const registries = { '1st': { host: 'a.io' }, '2nd': { host: 'b.io' } };
  const spec = rendered(registries, { source: { external: { store: 'v', keys: { '1st': '1', '2nd': '2' } } } });
  expect(config(spec)).toContain('(index . "1st_username")');
  const values = { '1st_username': 'a', '1st_password': '1', '2nd_username': 'b', '2nd_password': '2' };
  expect(JSON.parse(filled(config(spec), values))).toMatchObject({
    auths: { 'a.io': { username: 'a' }, 'b.io': { username: 'b' } },
  });
});

test.each([
  '_json_key',
  '$oauthtoken',
  'robot$shop+bot',
  'a"b',
  'a\\b',
  'a{{b}}',
  '{{ .password }}',
  'ü',
])('the fixed user name %j stands for itself', (username) => {
  const email = `${username}@example.com`;
  const spec = rendered(
    { gcr: { preset: 'gcr' } },
    { source: { external: { store: 'v', key: 'k', username, email } } },
  );
  expect(spec.data.map(({ secretKey }) => secretKey)).toEqual(['password']);
  const { auths } = JSON.parse(filled(config(spec), { password: 'p' })) as {
    auths: Record<string, Record<string, string>>;
  };
  expect(auths['gcr.io']).toEqual({
    auth: Buffer.from(`${username}:p`).toString('base64'),
    email,
    password: 'p',
    username,
  });
});

test('ECR has its user name by itself', () => {
  const spec = rendered(
    { ecr: { preset: 'ecr', account: '123456789012', region: 'eu-west-1' } },
    { source: { external: { store: 'v', key: 'k' } } },
  );
  expect(config(spec)).toContain('"username":"AWS"');
});

test('labels and annotations of the Secret cannot be templates', () => {
  const metadata = { labels: { b: '1', a: '2' }, annotations: { x: '{{ .password }}' } };
  const spec = rendered({ ghcr: { preset: 'ghcr' } }, { source: { external: { store: 'v', key: 'k' } }, metadata });
  expect(spec.target.template.metadata).toEqual({
    annotations: { x: '{{ "{{" }} .password }}' },
    labels: { a: '2', b: '1' },
  });
});

test('text, strings and keys of a template', () => {
  expect(templateText('a {{ b }}')).toBe('a {{ "{{" }} b }}');
  expect(templateString('a"\\\n')).toBe('"a\\"\\\\\\n"');
  expect([templateKey('ok_1'), templateKey('not-ok')]).toEqual(['.ok_1', '(index . "not-ok")']);
});
