import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeCertificate } from '../sealing/certificates.js';
import { openValue } from '../sealing/open-value.js';
import { cli, cliWithStdin, deployment, filesOf, folderOf, type Ran } from '../support.js';

const prod = makeCertificate();
const secrets = ['hunter2-of-ghcr', 'hunter2-of-quay', 'another-of-ghcr', 'another-of-quay'];
const [ghcr, quay, newGhcr, newQuay] = secrets as [string, string, string, string];

const dockerConfig = (passwords: Readonly<Record<string, string>>) =>
  JSON.stringify({
    auths: Object.fromEntries(
      Object.entries(passwords).map(([host, password]) => [host, { username: 'robot', password }]),
    ),
  });
const both = dockerConfig({ 'ghcr.io': ghcr, 'quay.io': quay });
const rotated = dockerConfig({ 'ghcr.io': newGhcr, 'quay.io': newQuay });

const config = (source = 'sealed: {}', cluster = '') => `version: 1
registries:
  ghcr: { preset: ghcr, path: acme }
  quay: { host: quay.io, path: acme }
pullSecrets:
  pull: { registries: [ghcr, quay], source: { ${source} } }
workloads: [apps]
clusters:
  prod: { sealing: { certificate: prod.pem }, ${cluster} }
`;

function repository(files: Readonly<Record<string, string>> = {}): string {
  return folderOf({
    'image-pull.yaml': config(),
    'prod.pem': prod.pem,
    'apps/a.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']),
    'apps/b.yaml': deployment('team-b', 'web', ['ghcr.io/acme/web', 'quay.io/acme/db']),
    ...files,
  });
}

const fileOf = (namespace: string) => `sealed/prod/pull/${namespace}.yaml`;

interface Sealed {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: { readonly encryptedData: Readonly<Record<string, string>> };
}

function sealedIn(folder: string, namespace: string): Sealed {
  return parse(readFileSync(join(folder, fileOf(namespace)), 'utf8')) as Sealed;
}

/** What the controller would make of an entry. */
function opened(folder: string, namespace: string, entry: string, label = `${namespace}/pull`): unknown {
  const text = sealedIn(folder, namespace).spec.encryptedData[entry] ?? '';
  return JSON.parse(openValue(prod.privateKey, text, label));
}

function seal(folder: string, stdin: string, ...argv: string[]): Promise<Ran> {
  return cliWithStdin(folder, stdin, 'seal', 'pull', ...argv);
}

/** Everything that runs printed, and every file that they left. */
function traces(folder: string, ...ran: Ran[]): string {
  return [...ran.map(({ out, err }) => out + err), ...Object.values(filesOf(folder))].join('\n');
}

test('a pull secret is sealed for the namespaces that need it, entry by entry, and synth places it', async () => {
  const folder = repository();
  const { code, out, err } = await seal(folder, both, '--from', '-');
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(
    'prod   pull   2 namespaces sealed (ghcr, quay)\n2 files in sealed: 2 new, 0 changed. Run synth to place them.\n',
  );
  expect(Object.keys(sealedIn(folder, 'team-a').spec.encryptedData)).toEqual(['ghcr']);
  expect(opened(folder, 'team-b', 'quay')).toEqual({
    auth: Buffer.from(`robot:${quay}`).toString('base64'),
    password: quay,
    username: 'robot',
  });
  expect(() => opened(folder, 'team-b', 'quay', 'team-a/pull')).toThrow();

  const synth = await cli(folder, 'synth');
  expect([synth.code, synth.err]).toEqual([0, '']);
  const written = filesOf(folder)['dist/prod/namespaces/team-b.yaml'] ?? '';
  const placed = written.split('---\n').find((text) => text.includes('kind: SealedSecret')) ?? '';
  const { spec } = parse(placed) as { spec: Sealed['spec'] & { template: Record<string, unknown> } };
  expect(spec.encryptedData).toEqual(sealedIn(folder, 'team-b').spec.encryptedData);
  expect(spec.template).toEqual({
    data: { '.dockerconfigjson': '{"auths":{"ghcr.io/acme/":{{ .ghcr }},"quay.io/acme/":{{ .quay }}}}' },
    metadata: { name: 'pull', namespace: 'team-b' },
    type: 'kubernetes.io/dockerconfigjson',
  });
  for (const secret of secrets) expect(traces(folder, synth, { code, out, err })).not.toContain(secret);
  expect((await cli(folder, 'synth', '--check')).code).toBe(0);
});

test('what is sealed stays byte for byte, and a further namespace touches one file', async () => {
  const folder = repository();
  await seal(folder, both, '--from', '-');
  const before = filesOf(folder);
  expect((await seal(folder, both, '--from', '-')).out).toContain('2 namespaces unchanged');
  expect((await seal(folder, '')).code).toBe(0);
  expect(filesOf(folder)).toEqual(before);
  writeFileSync(join(folder, 'apps/c.yaml'), deployment('team-c', 'web', ['quay.io/acme/web']));
  expect((await seal(folder, both, '--from', '-')).out).toContain('1 file in sealed: 1 new, 0 changed');
  const { [fileOf('team-c')]: added, 'apps/c.yaml': _workload, ...rest } = filesOf(folder);
  expect(added).toContain('quay: AQ');
  expect(rest).toEqual(before);
});

test('a registry that a namespace needs besides is added, and the ciphertext that is there stays', async () => {
  const folder = repository();
  await seal(folder, both, '--from', '-');
  const before = sealedIn(folder, 'team-a').spec.encryptedData;
  writeFileSync(join(folder, 'apps/a2.yaml'), deployment('team-a', 'db', ['quay.io/acme/db']));
  const stale = await cli(folder, 'synth');
  expect(stale.code).toBe(1);
  expect(stale.err).toContain('pull secret pull has no ciphertext for namespace team-a (quay) [sealed-missing]');
  expect((await seal(folder, quay, '--username', 'robot', '--password-stdin', '--registry', 'quay')).code).toBe(0);
  expect(sealedIn(folder, 'team-a').spec.encryptedData).toMatchObject(before);
  expect(opened(folder, 'team-a', 'quay')).toMatchObject({ password: quay });
  expect((await cli(folder, 'synth')).code).toBe(0);
});

test('--rotate replaces what was given, and nothing else', async () => {
  const folder = repository();
  await seal(folder, both, '--from', '-');
  const before = sealedIn(folder, 'team-b').spec.encryptedData;
  await seal(folder, dockerConfig({ 'quay.io': newQuay }), '--rotate', '--from', '-');
  const after = sealedIn(folder, 'team-b').spec.encryptedData;
  expect(after.ghcr).toBe(before.ghcr);
  expect(opened(folder, 'team-b', 'quay')).toMatchObject({ password: newQuay });
  await seal(folder, rotated, '--rotate', '--from', '-');
  expect(opened(folder, 'team-a', 'ghcr')).toMatchObject({ password: newGhcr });
});

test('by a key outside of Git a credential that changed is known, and one that did not stays', async () => {
  const folder = repository();
  const key = join(folderOf({ 'seal.key': 'f3a91c77d05be2846a1b9c3d7e8f0a2b4c6d8e1f3a5b7c9d' }), 'seal.key');
  await seal(folder, both, '--from', '-', '--checksum-key', key);
  const before = filesOf(folder);
  const same = await seal(folder, both, '--from', '-', '--checksum-key', key);
  expect([same.code, same.err]).toEqual([0, '']);
  expect(filesOf(folder)).toEqual(before);
  await seal(folder, dockerConfig({ 'ghcr.io': ghcr, 'quay.io': newQuay }), '--from', '-', '--checksum-key', key);
  const { [fileOf('team-b')]: changed, ...rest } = filesOf(folder);
  const { [fileOf('team-b')]: was, ...others } = before;
  expect(rest).toEqual(others);
  expect(changed).not.toBe(was);
  expect(opened(folder, 'team-b', 'quay')).toMatchObject({ password: newQuay });
});

test('without that key nothing is guessed: it is said, and stays', async () => {
  const folder = repository();
  await seal(folder, both, '--from', '-');
  const before = filesOf(folder);
  const { code, err } = await seal(folder, rotated, '--from', '-');
  expect(code).toBe(0);
  expect(err).toContain('nothing tells whether what was given is the same [credential-not-compared]');
  expect(filesOf(folder)).toEqual(before);
});

test.each([
  ['namespace-wide', 'team-a'],
  ['cluster-wide', ''],
])('scope %s is sealed and said in both places', async (scope, label) => {
  const folder = repository({ 'image-pull.yaml': config(`sealed: { scope: ${scope} }`) });
  await seal(folder, both, '--from', '-');
  expect(opened(folder, 'team-a', 'ghcr', label)).toMatchObject({ password: ghcr });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(0);
  expect(err.includes('for whoever may write a SealedSecret')).toBe(scope === 'cluster-wide');
  const written = filesOf(folder)['dist/prod/namespaces/team-a.yaml'] ?? '';
  expect(written.match(new RegExp(`sealedsecrets.bitnami.com/${scope}: "true"`, 'g'))).toHaveLength(2);
});

test('another scope in the config is a finding until it is sealed again', async () => {
  const folder = repository();
  await seal(folder, both, '--from', '-');
  writeFileSync(join(folder, 'image-pull.yaml'), config('sealed: { scope: namespace-wide }'));
  const stale = await cli(folder, 'synth');
  expect(stale.code).toBe(1);
  expect(stale.err).toContain(
    'sealed/prod/pull/team-a.yaml has scope strict, the config says namespace-wide [sealed-stale]',
  );
  await seal(folder, both, '--from', '-');
  expect((await cli(folder, 'synth')).err).toBe('');
});

test('the day on which a token expires is recorded and said', async () => {
  const exp = Date.UTC(2031, 4, 6) / 1000;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ alg: 'none' })}.${part({ exp })}.c2ln`;
  const folder = repository();
  const { out } = await seal(folder, dockerConfig({ 'ghcr.io': token, 'quay.io': quay }), '--from', '-');
  expect(out).toContain('Expires: 2031-05-06.');
  const { annotations } = sealedIn(folder, 'team-b').metadata;
  expect(annotations['cdk8s-image-pull/expires']).toBe('ghcr=2031-05-06');
});

const kubesealed = (change: string) => `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: pull, namespace: team-a }
spec:
  encryptedData: { .dockerconfigjson: ${Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(560, 7)]).toString('base64')} }
  template: { type: kubernetes.io/dockerconfigjson, ${change} }
`;

test('what kubeseal sealed is placed as it is', async () => {
  const folder = repository({ [fileOf('team-a')]: kubesealed('data: { extra: plain, gone: null }') });
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain('sealed/prod/pull/team-a.yaml: what is in it is not known [sealed-unrecorded]');
  const written = filesOf(folder)['dist/prod/namespaces/team-a.yaml'] ?? '';
  expect(written).toContain('.dockerconfigjson: AgAHBw');
  expect(written).toContain('data:\n      extra: plain\n      gone: null\n');
});

test('ciphertext is none of the manifests, wherever workloads are read from', async () => {
  const folder = repository({
    'image-pull.yaml': config().replace('[apps]', '["**/*.yaml"]'),
    [fileOf('team-a')]: kubesealed(''),
  });
  expect((await cli(folder, 'synth')).err).not.toContain('declared-elsewhere');
});

const broken: readonly (readonly [string, (text: string) => string, string])[] = [
  ['is cut short', (text) => text.replace(/(ghcr: .{300}).*/, '$1'), 'spec.encryptedData.ghcr is cut short'],
  [
    'was edited',
    (text) => text.replace(/(ghcr: .{380})(.)/, (_all, kept, one) => `${kept}${one === 'A' ? 'B' : 'A'}`),
    'spec.encryptedData.ghcr is not what was sealed',
  ],
  ['is in a merge', (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`, 'it has conflict markers'],
  ['is no YAML', (text) => text.replace('spec:', 'spec: ['), 'is not valid YAML'],
  ['is empty', () => '', 'does not hold exactly one object'],
  ['is for another namespace', (text) => text.replaceAll('team-a', 'team-b'), 'is sealed for team-b/pull'],
  [
    'is a plain Secret',
    () => `apiVersion: v1\nkind: Secret\nmetadata: { name: pull, namespace: team-a }\nstringData: { a: ${ghcr} }\n`,
    'a Secret that nobody encrypted',
  ],
];

test.each(
  broken,
)('ciphertext that %s is a finding and not placed; the rest is written', async (_what, change, message) => {
  const folder = repository();
  await seal(folder, both, '--from', '-');
  const file = join(folder, fileOf('team-a'));
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  const { code, err } = await cli(folder, 'synth');
  expect(code).toBe(1);
  expect(err).toContain(message);
  expect(err).not.toContain(ghcr);
  const files = filesOf(folder);
  expect(files['dist/prod/namespaces/team-a.yaml']).not.toContain('SealedSecret');
  expect(files['dist/prod/namespaces/team-b.yaml']).toContain('SealedSecret');
  const again = await seal(folder, both, '--from', '-');
  const isForeign = again.code === 2 && again.err.includes('output-foreign-file');
  expect([again.code === 0 || isForeign, again.err.includes(ghcr)]).toEqual([true, false]);
});

const refused: readonly (readonly [string, readonly string[], string, Readonly<Record<string, string>>, string])[] = [
  ['a password on the command line', [`--password=${ghcr}`], '', {}, 'seen by everybody on the machine'],
  ['a password behind a blank', ['--password', ghcr], '', {}, 'seen by everybody on the machine'],
  ['no credential', [], '', {}, 'credential-missing'],
  [
    'a credential for other registries',
    ['--from', '-'],
    dockerConfig({ 'r.io': ghcr }),
    {},
    'what was given has none for it',
  ],
  ['--rotate without a credential', ['--rotate'], '', {}, 'credential-missing'],
  ['--from and --username', ['--from', '-', '--username', 'a'], both, {}, 'exclude each other'],
  ['--username without a password', ['--username', 'a'], both, {}, 'standard input is no terminal'],
  ['a user name with a colon', ['--username', `a:${ghcr}`, '--password-stdin'], 'x', {}, 'holds a ":"'],
  ['an empty password', ['--username', 'a', '--password-stdin'], '\n', {}, 'is empty'],
  ['a password of several lines', ['--username', 'a', '--password-stdin'], `${ghcr}\n${quay}`, {}, 'several lines'],
  ['a broken docker config', ['--from', '-'], both.slice(0, -4), {}, 'docker-config-invalid'],
  ['a docker config in place of its file', ['--from', both], '', {}, 'docker-config-invalid'],
  ['a file that is not there', ['--from', 'no.json'], '', {}, 'does not exist'],
  ['ten megabytes', ['--from', '-'], `${both}${' '.repeat(10 * 1024 * 1024)}`, {}, 'larger than a Secret may be'],
  [
    'a cluster without certificate',
    ['--from', '-'],
    both,
    { 'image-pull.yaml': config().replace(/sealing: \{.*?\},/, '') },
    'sealing-incomplete',
  ],
  [
    'a certificate that is not there',
    ['--from', '-'],
    both,
    { 'image-pull.yaml': config().replace('prod.pem', 'no.pem') },
    'no.pem does not exist',
  ],
  [
    'an expired certificate',
    ['--from', '-'],
    both,
    { 'prod.pem': makeCertificate({ to: new Date(0) }).pem },
    'expired on 1970-01-01',
  ],
  [
    'a private key for a certificate',
    ['--from', '-'],
    both,
    { 'prod.pem': prod.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    'holds a private key',
  ],
  ['a checksum key that is not there', ['--from', '-', '--checksum-key', 'no.key'], both, {}, 'checksum-key-invalid'],
  [
    'a short checksum key',
    ['--from', '-', '--checksum-key', 'short.key'],
    both,
    { 'short.key': ghcr },
    'less than 32 bytes',
  ],
  [
    'manifests and a credential on one stdin',
    ['--from', '-'],
    both,
    { 'image-pull.yaml': config().replace('[apps]', '["-"]') },
    'cannot be both',
  ],
  [
    'a pull secret of another source',
    ['--from', '-'],
    both,
    { 'image-pull.yaml': config('existing: {}') },
    'has source existing',
  ],
];

test.each(
  refused,
)('%s is refused: nothing is written, and no value is said', async (_what, argv, stdin, files, message) => {
  const folder = repository(files);
  const before = filesOf(folder);
  const { code, out, err } = await seal(folder, stdin, ...argv);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
  for (const secret of secrets) expect(err).not.toContain(secret);
  expect(filesOf(folder)).toEqual(before);
});

test('a pull secret that is not there is refused, with those that are', async () => {
  const { code, err } = await cli(repository(), 'seal', 'pul');
  expect(code).toBe(2);
  expect(err).toContain('pull secret pul does not exist [name-dangling]');
  expect(err).toContain('sealed are: pull');
});

test('a registry that the pull secret does not have is refused, with those that it has', async () => {
  const { code, err } = await seal(repository(), both, '--from', '-', '--registry', 'quya');
  expect(code).toBe(2);
  expect(err).toContain('pull secret pull has no registry quya [name-dangling]');
  expect(err).toContain('its registries are: ghcr, quay');
});

test('nothing to seal is a finding', async () => {
  const folder = repository({ 'apps/a.yaml': deployment('a', 'x', ['docker.io/library/x']), 'apps/b.yaml': '' });
  const { code, err } = await seal(folder, both, '--from', '-');
  expect(code).toBe(1);
  expect(err).toContain('no namespace needs it, so nothing is sealed');
});

describe('--status', () => {
  const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  test('says scope, entries, certificate and days of each place, and what is missing', async () => {
    const folder = repository();
    await seal(folder, dockerConfig({ 'ghcr.io': ghcr }), '--from', '-', '--registry', 'ghcr').catch(() => undefined);
    await seal(folder, both, '--from', '-');
    writeFileSync(join(folder, 'apps/c.yaml'), deployment('team-c', 'web', ['quay.io/acme/web']));
    const { code, out, err } = await cli(folder, 'seal', '--status');
    expect(code).toBe(1);
    expect(out.replace(/[0-9a-f]{16}/g, '<fingerprint>').replace(/\d{4}-\d{2}-\d{2}/g, '<today>')).toBe(
      [
        'CLUSTER   PULL SECRET   NAMESPACE   SCOPE     ENTRIES      CERTIFICATE        SEALED       EXPIRES',
        'prod      pull          team-a      strict    ghcr         <fingerprint>   <today>   -',
        'prod      pull          team-b      strict    ghcr, quay   <fingerprint>   <today>   -',
        'prod      pull          team-c      missing',
        '',
      ]
        .join('\n')
        .replaceAll('<fingerprint>   <today>', '<fingerprint>   <today>'),
    );
    expect(err).toContain('sealed-missing');
  });

  test.each([
    ['expires in time', 20, 0, undefined],
    ['is due', 10, 1, 'rotation-due'],
    ['has expired', -1, 1, 'rotation-overdue'],
  ])('a credential that %s', async (_what, days, expected, said) => {
    const exp = Math.floor(Date.now() / 1000) + days * 86_400;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ exp })}.c2ln`;
    const folder = repository();
    await seal(folder, dockerConfig({ 'ghcr.io': token, 'quay.io': quay }), '--from', '-');
    const { code, err } = await cli(folder, 'seal', 'pull', '--status');
    expect([code, /rotation-\w+/.exec(err)?.[0]]).toEqual([expected, said]);
    expect((await cli(folder, 'synth')).code).toBe(0);
  });

  test('a day and a number of days in the config count', async () => {
    const text = config().replace(
      'registries: [ghcr, quay],',
      `registries: [ghcr, quay], expires: "${soon(40)}", rotateBefore: 60d,`,
    );
    const folder = repository({ 'image-pull.yaml': text });
    await seal(folder, both, '--from', '-');
    expect((await cli(folder, 'seal', '--status')).err).toContain(
      `the credential of pull secret pull expires on ${soon(40)}`,
    );
  });

  test('takes no credential', async () => {
    expect((await seal(repository(), both, '--status', '--from', '-')).err).toContain('takes no credential');
  });
});

describe("OpenShift's global pull secret", () => {
  const dump = JSON.stringify({
    auths: {
      'cloud.openshift.com': { auth: Buffer.from(`u:${quay}`).toString('base64'), email: 'a@b.c' },
      'quay.io/acme': { auth: Buffer.from(`old:${newGhcr}`).toString('base64') },
    },
  });
  const text = `version: 1
registries: { quay: { host: quay.io, path: acme } }
pullSecrets: { node-pull: { registries: [quay], distribution: globalPullSecret, source: { sealed: {} } } }
workloads: [apps]
clusters:
  ocp:
    openshift: "4.20"
    sealing: { certificate: prod.pem }
    globalPullSecret: { current: { sealed: {} } }
`;
  const path = 'sealed/ocp/pull-secret/openshift-config.yaml';
  const ours = dockerConfig({ 'quay.io': newQuay });
  const run = (folder: string, ...argv: string[]) =>
    cliWithStdin(folder, ours, 'seal', 'node-pull', '--from', '-', ...argv);
  const withDump = (extra: Readonly<Record<string, string>> = {}) =>
    repository({
      'image-pull.yaml': text,
      'dump.json': dump,
      'apps/a.yaml': deployment('team-a', 'web', ['quay.io/acme/web']),
      'apps/b.yaml': '',
      ...extra,
    });

  test('is the document of the cluster with entries of ours in it, and the names of the others beside', async () => {
    const folder = withDump();
    const { code, err } = await run(folder, '--merge-from', 'dump.json');
    expect([code, err]).toEqual([0, '']);
    const written = parse(readFileSync(join(folder, path), 'utf8')) as Sealed;
    const document = openValue(
      prod.privateKey,
      written.spec.encryptedData['.dockerconfigjson'] ?? '',
      'openshift-config/pull-secret',
    );
    expect(JSON.parse(document)).toMatchObject({
      auths: { 'cloud.openshift.com': { email: 'a@b.c' }, 'quay.io/acme': { password: newQuay } },
    });
    expect(written.metadata.annotations).toMatchObject({
      'cdk8s-image-pull/others': 'cloud.openshift.com',
      'cdk8s-image-pull/keys': 'quay=quay.io/acme',
    });
    const synth = await cli(folder, 'synth');
    expect(synth.code).toBe(0);
    const placed = filesOf(folder)['dist/ocp/sources/global-pull-secret.yaml'] ?? '';
    expect(placed).toContain('sealedsecrets.bitnami.com/managed: "true"');
    expect(placed).toContain('sealedsecrets.bitnami.com/skip-set-owner-references: "true"');
    const { 'dump.json': _dump, ...files } = filesOf(folder);
    for (const secret of secrets) expect(Object.values(files).join()).not.toContain(secret);
  });

  test('stays byte for byte until the names in it change', async () => {
    const folder = withDump();
    await run(folder, '--merge-from', 'dump.json');
    const before = filesOf(folder)[path];
    expect((await run(folder, '--merge-from', 'dump.json')).err).toContain('credential-not-compared');
    expect(filesOf(folder)[path]).toBe(before);
    writeFileSync(
      join(folder, 'dump.json'),
      dump.replace('"quay.io/acme"', '"registry.redhat.io":{"auth":"dTpw"},"quay.io/acme"'),
    );
    expect((await run(folder, '--merge-from', 'dump.json')).code).toBe(0);
    expect(filesOf(folder)[path]).toContain('cdk8s-image-pull/others: cloud.openshift.com registry.redhat.io');
  });

  test('is refused without the document, which would be taken away', async () => {
    const { code, err } = await run(withDump());
    expect(code).toBe(2);
    expect(err).toContain('nothing says what else is in it [global-pull-secret-incomplete]');
  });

  test('--merge-from is for nothing else', async () => {
    const folder = repository({ 'dump.json': dump });
    expect((await seal(folder, both, '--from', '-', '--merge-from', 'dump.json')).err).toContain(
      'for the global pull secret',
    );
  });
});
