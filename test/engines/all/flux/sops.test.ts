// Flux decrypts what `seal` encrypted for it, and takes up a rotation. The identity that examples/sops-flux was sealed for is
// nobody's, so it is sealed anew here.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from '../../../support.js';
import { manifestsIn } from '../../cluster/manifest-files.js';
import { secretRef } from '../../cluster/objects.js';
import { FluxStage } from '../../gitops/flux-stage.js';
import { noteResult } from '../../results.js';

const { generateX25519Identity, identityToRecipient } =
  require('age-encryption') as typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

const example = 'examples/sops-flux';
const namespaces = ['cart', 'search', 'stock'];

let stage: FluxStage;

beforeAll(async () => {
  stage = await FluxStage.start();
});

afterAll(() => stage?.stop());

const folder = () => join(stage.repository.folder, example);

async function run(...args: string[]): Promise<void> {
  const { code, err } = await cli(folder(), ...args);
  if (code !== 0) throw new Error(err);
}

/** Seals a credential of this password, and pushes what `synth` makes of it. */
async function push(password: string, ...flags: string[]): Promise<string> {
  const entry = { username: 'robot', password };
  const auths = { 'ghcr.io': entry, 'quay.io': entry };
  stage.repository.change({ 'config.json': JSON.stringify({ auths }) });
  await run('seal', 'acme-pull', '--from', '../../config.json', ...flags);
  stage.repository.change({ 'config.json': undefined });
  await run('synth');
  return stage.repository.commit();
}

async function passwordsIn(namespace: string): Promise<Set<unknown>> {
  const { data } = await stage.api.get(secretRef(namespace, 'acme-pull'));
  const config = JSON.parse(Buffer.from(data?.['.dockerconfigjson'] ?? '', 'base64').toString());
  return new Set(Object.values(config.auths as Record<string, { password: string }>).map((each) => each.password));
}

test('what was sealed for its identity arrives, and so does its rotation', async () => {
  const identity = await generateX25519Identity();
  stage.repository.add(example, example);
  for (const each of ['sealed', 'dist']) rmSync(join(folder(), each), { recursive: true });
  const rules = readFileSync(join(folder(), '.sops.yaml'), 'utf8');
  const recipient = await identityToRecipient(identity);
  stage.repository.change({ [`${example}/.sops.yaml`]: rules.replace(/age: \S+/, `age: ${recipient}`) });

  const commit = await push('first');
  const key = {
    ...secretRef('flux-system', 'sops-age'),
    data: { 'age.agekey': Buffer.from(identity).toString('base64') },
  };
  await stage.api.create(key);
  await stage.bootstrap(manifestsIn(join(folder(), 'dist/prod/bootstrap')).map(({ object }) => object));
  await stage.untilApplied(commit);
  for (const each of namespaces) expect(await passwordsIn(each)).toEqual(new Set(['first']));
  const note = (property: string, result: string) =>
    noteResult({ subject: 'sops-flux, sealed anew', engine: 'Flux', property, result });
  note('from an empty cluster', 'Ready');

  await stage.untilApplied(await push('second', '--rotate'));
  for (const each of namespaces) expect(await passwordsIn(each)).toEqual(new Set(['second']));
  note('rotated', 'arrives');
});
