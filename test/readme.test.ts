// Every command of README.md that needs no cluster is run, and prints what is shown below it.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, installCommand, shownCommands } from './readme.js';
import { cli, cliWithStdin, deployment, emptyFolder, folderOf, type Ran } from './support.js';

const apps = {
  'apps/team-a/web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web:v3', 'nginx:1.29']),
  'apps/team-a/worker.yaml': deployment('team-a', 'worker', ['ghcr.io/acme/worker:v3']),
  'apps/team-b/api.yaml': deployment('team-b', 'api', ['ghcr.io/acme/api:v1']),
  'apps/web/front.yaml': deployment('web', 'front', ['nginx:1.29']),
};
const teamC = { 'apps/team-c/web.yaml': deployment('team-c', 'web', ['ghcr.io/acme/web:v3']) };
const [config = '', object = ''] = blocksOf('yaml');

const dockerConfig = { auths: { 'quay.io/acme-labs/': { username: 'acme+robot', password: 'token' } } };
const live = [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'quay-pull', namespace: 'team-a' },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify(dockerConfig)).toString('base64') },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-7c9d', namespace: 'team-a' },
    spec: { imagePullSecrets: [{ name: 'quay-pull' }], containers: [{ name: 'web', image: 'quay.io/acme/web:v4' }] },
  },
];

/** The repository's own config, in a folder of its own, as nothing may be written here. */
function ownConfig(): string {
  const folder = emptyFolder();
  for (const path of ['image-pull.yaml', 'dist', 'examples/three-teams'])
    cpSync(path, join(folder, path), { recursive: true });
  return folder;
}

async function verified(): Promise<Ran> {
  const folder = folderOf({ 'image-pull.yaml': config, ...apps });
  await cli(folder, 'synth');
  return cli(folder, 'verify', '--all');
}

async function checkOfTeamC(): Promise<Ran> {
  const folder = folderOf({ 'image-pull.yaml': config, ...apps });
  await cli(folder, 'synth');
  cpSync(join(folderOf(teamC), 'apps'), join(folder, 'apps'), { recursive: true });
  return cli(folder, 'synth', '--check');
}

/** How each command is run, or that it is run elsewhere. */
const runs: Readonly<Record<string, (() => Promise<Ran>) | 'elsewhere'>> = {
  'npm ci && npm run synth': () => cli(ownConfig(), 'synth'),
  // This is it.
  'npm ci && npm test': 'elsewhere',
  // By package-support.ts.
  [installCommand()]: 'elsewhere',
  'npx cdk8s-image-pull synth': () => cli(folderOf({ 'image-pull.yaml': config, ...apps }), 'synth'),
  'npx cdk8s-image-pull verify --all': verified,
  'npx cdk8s-image-pull init': () => cli(folderOf(apps), 'init'),
  'npx cdk8s-image-pull synth --check': checkOfTeamC,
  'kubectl get secrets,serviceaccounts,pods -A -o yaml | npx cdk8s-image-pull explain pod/web-7c9d -n team-a -': () =>
    cliWithStdin(
      emptyFolder(),
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: live }),
      ...['explain', 'pod/web-7c9d', '-n', 'team-a', '-'],
    ),
};

test.each(shownCommands())('$command prints what README.md shows', async ({ command, prints }) => {
  const run = runs[command];
  expect(run).toBeDefined();
  if (typeof run === 'function') expect((await run()).out).toBe(prints);
});

test('`npm run synth` is the command synth', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  expect(scripts.synth).toBe('npm run --silent build && node lib/cli/bin.js synth');
});

test('the ten lines give the objects that README.md shows', async () => {
  const folder = folderOf({ 'image-pull.yaml': config, ...apps });
  await cli(folder, 'synth');
  expect(readFileSync(join(folder, 'dist/prod/namespaces/team-a.yaml'), 'utf8').endsWith(`---\n${object}`)).toBe(true);
});
