import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { parseConfig } from '../../src/config/load.js';
import { Cluster, ImagePullApp, PullSecret } from '../../src/index.js';
import { cli, cliWithStdin, emptyFolder, folderOf, where } from '../support.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const marker = 'hunter2';
const encoded = base64(marker).replace(/=+$/, '');

const config = (auths: object) => JSON.stringify({ auths });
const credential = { username: 'bot', password: marker, auth: base64(`bot:${marker}`) };
const secret = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: a }\n${data}\n`;

test('neither a config that was read nor a construct shows its password to util.inspect or JSON', () => {
  const source = { plaintext: { acceptPlaintextInGit: true, username: 'bot', password: marker } };
  const text = { version: 1, registries: { r: { host: 'r.io' } }, clusters: { prod: {} } };
  for (const accepted of [source, { plaintext: { ...source.plaintext, acceptPlaintextInGit: undefined } }]) {
    const given = { ...text, pullSecrets: { p: { registries: ['r'], source: accepted } } };
    const { spec } = parseConfig(JSON.stringify(given), 'image-pull.yaml', '.');
    expect(spec.pullSecrets?.p?.source.plaintext?.password).toBe(marker);
    expect(inspect(spec, { depth: 20 }) + JSON.stringify(spec)).not.toContain(marker);
  }
  const cluster = new Cluster(new ImagePullApp(), 'prod', {});
  const registry = cluster.registry('r', { host: 'r.io' });
  const { spec } = new PullSecret(cluster, 'p', { registries: [registry], source });
  expect(spec.source.plaintext?.password).toBe(marker);
  expect(inspect(spec, { depth: 20 }) + JSON.stringify(spec)).not.toContain(marker);
});

const files: Readonly<Record<string, string>> = {
  'd/broken.json': `{"auths":{"r.io":{"password":"${marker}"}}`,
  'd/word.json': `{"auths":{"r.io":{"password":${marker}}}}`,
  'd/values.yaml': `image: x\npassword: ${marker}\n`,
  'd/broken.yaml': `apiVersion: v1\nkind: secret\nstringData:\n  a: "${marker}\n`,
  'd/alias.yaml': `apiVersion: v1\nkind: ConfigMap\ndata: { a: *${marker} }\n`,
  'd/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: 5, env: [{ name: a, value: ${marker} }] }] }\n`,
  'd/sealed.yaml': `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: 5 }\nspec: { template: { data: { a: ${marker} } } }\n`,
};

test.each(Object.entries(files))('neither init nor explain nor synth shows text of %s', async (name, text) => {
  const folder = folderOf({
    [name]: text,
    'image-pull.yaml': 'version: 1\nclusters: { prod: {} }\nworkloads: [d]\n',
  });
  for (const argv of [
    ['init', '-c', 'new.yaml'],
    ['init', 'd', '-c', 'other.yaml'],
    ['synth'],
    ['explain', 'r.io/x'],
    ['explain', 'r.io/x', name],
    ['explain', 'secret/s', 'd'],
    ['explain', 'pod/p', 'd'],
  ]) {
    const { out, err } = await cli(folder, ...argv);
    expect(out + err).not.toContain(marker);
  }
  for (const subject of ['r.io/x', 'secret/s']) {
    const { out, err } = await cliWithStdin(folder, text, 'explain', subject, '-');
    expect(out + err).not.toContain(marker);
  }
});

const keys = [
  `bob:${marker}@r.io`,
  `r.io/x?token=${marker}`,
  `r.io#${marker}`,
  `https://${marker}@r.io/?a=b@${marker}`,
];
const configs: Readonly<Record<string, string>> = {
  'a whole docker config': config({ 'r.io': credential }),
  'keys that hold a credential': config(Object.fromEntries(keys.map((key) => [key, credential]))),
  'keys that hold one and do not parse': config(Object.fromEntries(keys.map((key) => [`${key}%zz`, credential]))),
  'an entry of the wrong type': config({ [keys[0] ?? '']: marker }),
  'an auth that is none': config({ [keys[1] ?? '']: { auth: `${marker}!` } }),
  'a list': `["${marker}"]`,
};

describe.each(Object.entries(configs))('explain shows nothing of %s', (_what, text) => {
  test.each([
    ['data', `type: kubernetes.io/dockerconfigjson\ndata: { .dockerconfigjson: ${base64(text)} }`],
    ['stringData', `type: kubernetes.io/dockerconfigjson\nstringData: { .dockerconfigjson: ${JSON.stringify(text)} }`],
    ['a dockercfg', `type: kubernetes.io/dockercfg\ndata: { .dockercfg: ${base64(text)} }`],
  ])('in %s', async (_where, data) => {
    const folder = folderOf({ 's.yaml': secret(data) });
    for (const subject of ['secret/s', 'r.io/x', 'r.io/x/y:1']) {
      for (const { out, err } of [
        await cli(folder, 'explain', subject, 's.yaml'),
        await cliWithStdin(folder, secret(data), 'explain', subject, '-'),
      ]) {
        expect(out + err).not.toContain(marker);
        expect(out + err).not.toContain(encoded);
      }
    }
  });

  test('as a file, in a folder and as standard input', async () => {
    const folder = folderOf({ 'c.json': text });
    for (const { out, err } of [
      await cli(folder, 'explain', 'r.io/x', 'c.json'),
      await cli(folder, 'explain', 'r.io/x', '.'),
      await cliWithStdin(folder, text, 'explain', 'r.io/x', '-'),
    ]) {
      expect(out + err).not.toContain(marker);
      expect(out + err).not.toContain(encoded);
    }
  });
});

test('a file of the output that somebody wrote a credential into is not shown by --diff', async () => {
  const folder = folderOf({ 'image-pull.yaml': 'version: 1\nclusters: { prod: {} }\n' });
  const header = '# Written by cdk8s-image-pull for cluster prod\n';
  const stale = folderOf({
    'image-pull.yaml': 'version: 1\nclusters: { prod: {} }\n',
    'dist/prod/namespaces/a.yaml': `${header}apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: ${marker} }\n`,
    'dist/prod/namespaces/b.yaml': `${header}# ${marker}\napiVersion: v1\nkind: Namespace\nmetadata: { name: b }\n`,
    'dist/prod/namespaces/c.yaml': `${header}? { ${marker}: x }\n: y\n`,
  });
  for (const each of [folder, stale]) {
    const { out, err } = await cli(each, 'synth', '--diff');
    expect(out + err).not.toContain(marker);
  }
});

test('a docker config that may not be read is a problem of the config', async () => {
  const folder = folderOf({
    'd.json': config({ 'r.io': credential }),
    'image-pull.yaml':
      'version: 1\nregistries: { r: { host: r.io } }\npullSecrets: { p: { registries: [r], source: { plaintext: { acceptPlaintextInGit: true, file: d.json } } } }\nclusters: { prod: {} }\n',
  });
  chmodSync(join(folder, 'd.json'), 0o000);
  const { out, err } = await cli(folder, 'synth');
  expect(out + err).not.toContain(marker);
  expect(err).not.toContain('unexpected');
});

test('names of arguments and manifests neither steer the terminal nor forge a line', async () => {
  const folder = folderOf({
    'a.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: "p\\nerror: forged\\u001b[31m" }\nspec: { containers: [{ image: 5 }] }\n',
  });
  for (const argv of [
    ['sch\u001b[31mema'],
    ['--\u001b[31mx'],
    ['init', 'x\u001b[31m\nerror: forged'],
    ['init', '-c', 'x\u001b[31m\nerror: forged'],
    ['explain', 'pod/x\u001b[31m\nerror: forged', '.'],
    ['explain', 'pod/y', '.'],
    ['synth', '-c', 'x\nerror: forged'],
  ]) {
    const { out, err } = await cli(folder, ...argv);
    expect(out + err).not.toContain('\u001b');
    expect(out + err).not.toMatch(/^error: forged/m);
  }
});

/** Runs the command in a shell, with its redirections. */
function shell(command: string) {
  const program = `"${process.execPath}" "${resolve('lib/cli/bin.js')}"`;
  return spawnSync('bash', ['-c', `set -o pipefail; ${command.replace('image-pull', program)}`], {
    cwd: emptyFolder(),
    encoding: 'utf8',
  });
}

where(existsSync('/dev/full'), 'with a device that is full', '/dev/full is not there', () => {
  test.each([
    ['image-pull schema >/dev/full', 2],
    ['image-pull synth 2>/dev/full', 2],
    ['image-pull schema | head -c 1 >/dev/null', 0],
    ['image-pull explain x - </', 2],
    ['image-pull explain x - <&-', 2],
  ])('%s ends with %i and without a stack trace', (command, code) => {
    const { status, stdout, stderr } = shell(command);
    expect(stdout + stderr).not.toMatch(/ {4}at |unexpected|node:/);
    expect(status).toBe(code);
  });
});
