// What Microsoft's own validator says of the SARIF that `verify` writes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, deployment, folderOf } from '../../support.js';
import { sarifErrors } from '../engines/sarif-multitool.js';

const config = (password: string) => JSON.stringify({ auths: { 'ghcr.io': { username: 'bot', password } } });
const secret = (text: string, type = 'kubernetes.io/dockerconfigjson') =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull', namespace: 'team-a' },
    type,
    stringData: { '.dockerconfigjson': text },
  });
const accepted = 'annotations: { cdk8s-image-pull/ignore: "access-unknown: a mirror serves it" }';
const listing = 'imagePullSecrets: [{ name: pull }]';

const repositories: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
  ['nothing to find', { 'web.yaml': deployment('team-a', 'web', ['nginx']) }],
  ['a credential that is missing', { 'web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']) }],
  [
    'several findings in files with spaces and other letters',
    {
      'my apps/ünïcode/web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web', 'GHCR.io/Acme/Web']),
      'my apps/pull.json': secret('{"auths":{"ghcr.io":{"auth":"pants"}}}'),
      'account.yaml': `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: team-a }\n${listing}\n`,
    },
  ],
  [
    'what is suppressed',
    {
      'web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web']).replace('name: web,', `name: web, ${accepted},`),
      'pull.json': secret(config('hunter2'), 'Opaque'),
    },
  ],
];

async function logOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = folderOf(files);
  await cli(folder, 'verify', '.', '--format', 'sarif=out.sarif');
  return join(folder, 'out.sarif');
}

test.each(repositories)('a log of a repository with %s has no error', async (_what, files) => {
  expect(await sarifErrors(await logOf(files))).toEqual([]);
});

test('a log that breaks a rule is told from one that does not', async () => {
  const log = await logOf(repositories[1]![1]);
  writeFileSync(log, readFileSync(log, 'utf8').replace('"startLine": ', '"startLine": -'));
  expect(await sarifErrors(log)).not.toEqual([]);
});
