// A policy that lists 10,000 namespaces is larger than the annotation in which client-side apply keeps what it applied: both
// engines apply it as it is written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { namespace } from '../cluster/objects.js';
import { configOf, workloadsOf } from '../gitops/fleet.js';
import { GitOpsCluster } from '../gitops/gitops-cluster.js';
import { gitopsEngines } from '../gitops/gitops-engines.js';
import { noteResult } from '../results.js';

/** The limit of all annotations of an object, in bytes. */
const limit = 256 * 1024;
const many = Array.from({ length: 10_000 }, (_, index) => `team-of-many-people-${String(index).padStart(6, '0')}`);

describe.each(gitopsEngines)('on $engine', (engine) => {
  let cluster: GitOpsCluster;

  beforeAll(async () => {
    cluster = await GitOpsCluster.start(engine);
  });

  afterAll(() => cluster?.stop());

  test('a policy for 10,000 namespaces', async () => {
    const settings = `${engine.settings}, kubernetes: "1.36", attachment: { podPolicy: native }`;
    await cluster.push({ 'image-pull.yaml': configOf(`{ ${settings} }`), ...workloadsOf('team-a') });
    // The namespaces are added behind the back of synth, which would make 30,000 objects for them.
    const file = 'dist/prod/policies/ghcr-pull.yaml';
    const text = readFileSync(join(cluster.repository.folder, file), 'utf8');
    const larger = text.replaceAll(/^( *- )team-a$/gm, (line, indent: string) =>
      [line, ...many.map((name) => `${indent}${name}`)].join('\n'),
    );
    expect(larger.length).toBeGreaterThan(limit);
    const commit = await cluster.repository.commit({ [file]: larger });
    await cluster.stage.bootstrap(cluster.emitted);
    await cluster.stage.untilApplied(commit);
    const [policy] = (await cluster.api.list('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy')).filter(
      (each) => JSON.stringify(each).includes(many.at(-1)!),
    );
    expect(JSON.stringify(policy).length).toBeGreaterThan(limit);
    expect(await cluster.api.find(namespace('team-a'))).toBeDefined();
    const subject = 'a policy that lists 10,000 namespaces';
    noteResult({ subject, engine: engine.engine, property: 'is applied', result: 'whole' });
  });
});
