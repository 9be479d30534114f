// Judging a change alone finds whatever is new since before it, and says nothing that judging everything does not say.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { VerifiedSpec } from '../../src/app/verified-spec.js';
import { type Verification, verify } from '../../src/app/verify.js';
import { verifyChanged } from '../../src/app/verify-changed.js';
import { parseConfig } from '../../src/config/load.js';
import { type Problem, problemText } from '../../src/model/problem/problem.js';
import { emptyFolder } from '../support.js';

const seed = Number(process.env.FC_SEED ?? 1);

const config = `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
clusters: { prod: { kubernetes: "1.35", workloads: [apps, { path: placed, namespace: a }] } }
`;

const auths = (host: string) =>
  Buffer.from(JSON.stringify({ auths: { [host]: { username: 'u', password: 'p' } } })).toString('base64');

const namespaces = fc.constantFrom('a', 'b', 'c');
const names = fc.constantFrom('s', 't');
const types = fc.constantFrom('kubernetes.io/dockerconfigjson', 'Opaque');
const listed = fc.subarray(['s', 't', 'nowhere']);
const marks = fc.constantFrom('', '', '', '', '  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n');

function head(apiVersion: string, kind: string, name: string, namespace: string | undefined, annotations = ''): string {
  const own = namespace === undefined ? '' : `  namespace: ${namespace}\n`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${own}${annotations}`;
}

function list(secrets: readonly string[], indent = ''): string {
  return `${indent}imagePullSecrets: [${secrets.map((name) => `{ name: ${name} }`).join(', ')}]\n`;
}

const maybe = fc.option(namespaces, { nil: undefined, freq: 6 });
const objects = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(names, maybe, types, fc.constantFrom('ghcr.io', 'quay.io'))
      .map(
        ([name, namespace, type, host]) =>
          `${head('v1', 'Secret', name, namespace)}type: ${type}\ndata:\n  .dockerconfigjson: ${auths(host)}\n`,
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('default', 'robot'), maybe, listed, marks)
      .map(([name, namespace, secrets, mark]) => head('v1', 'ServiceAccount', name, namespace, mark) + list(secrets)),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('web', 'api'),
        maybe,
        listed,
        fc.constantFrom('default', 'robot'),
        fc.constantFrom('ghcr.io/acme/x:1', 'quay.io/y:2', 'registry.k8s.io/z:3'),
      )
      .map(
        ([name, namespace, secrets, account, image]) =>
          `${head('apps/v1', 'Deployment', name, namespace)}spec:\n  template:\n    spec:\n      serviceAccountName: ${account}\n${secrets.length > 0 ? list(secrets, '      ') : ''}      containers:\n        - name: c\n          image: ${image}\n`,
      ),
  },
  { weight: 1, arbitrary: namespaces.map((name) => head('v1', 'Namespace', name, undefined)) },
  { weight: 1, arbitrary: maybe.map((namespace) => `${head('v1', 'ConfigMap', 'c', namespace)}data:\n  a: b\n`) },
  {
    weight: 1,
    arbitrary: maybe.map((namespace) => `${head('x.io/v1', 'Odd', 'o', namespace)}spec:\n  image: ghcr.io/acme/x:1\n`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'replicas: 3\n',
      'a: [\n',
      `${head('v1', 'Secret', 'r', 'a', '  annotations:\n    reflector.v1.k8s.emberstack.com/reflection-auto-enabled: "true"\n    reflector.v1.k8s.emberstack.com/reflection-allowed: "true"\n')}type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${auths('quay.io')}\n`,
    ),
  },
);
const texts = fc.array(objects, { minLength: 1, maxLength: 3 }).map((all) => all.join('---\n'));
const files = fc.dictionary(
  fc.constantFrom('apps/1.yaml', 'apps/2.yaml', 'apps/3.yaml', 'apps/x/4.yaml', 'placed/5.yaml', 'placed/6.yaml'),
  texts,
  { minKeys: 2, noNullPrototype: true },
);
const edits = fc.dictionary(
  fc.constantFrom('apps/1.yaml', 'apps/2.yaml', 'apps/new.yaml', 'placed/5.yaml'),
  fc.option(texts, { freq: 4, nil: undefined }),
  { minKeys: 1, maxKeys: 2, noNullPrototype: true },
);

function said({ problems }: Verification): string[] {
  return problems.map(problemText);
}

/** A finding by its object: where else a Secret lies is no news of the pod that lacks it. */
function identity({ code, about, at, message }: Problem): string {
  return JSON.stringify([code, about ?? message, about && at]);
}

function verdicts({ clusters }: Verification): string[] {
  return clusters.flatMap(({ proof }) =>
    proof.images.map(({ pod, use, verdict, credentials }) =>
      JSON.stringify([
        pod.namespace,
        pod.workload.kind,
        pod.workload.name,
        pod.workload.place,
        use.image,
        verdict,
        credentials,
      ]),
    ),
  );
}

function write(folder: string, all: Readonly<Record<string, string | undefined>>): void {
  for (const [file, text] of Object.entries(all)) {
    if (text === undefined) rmSync(join(folder, file), { force: true });
    else {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
  }
}

test(`what is new since a change is found, and nothing else is said (seed ${seed})`, async () => {
  const base = emptyFolder();
  const environment = { PATH: process.env.PATH };
  let narrow = 0;
  let fresh = 0;
  await fc.assert(
    fc.asyncProperty(files, edits, async (before, change) => {
      for (const each of ['apps', 'placed']) rmSync(join(base, each), { recursive: true, force: true });
      const verified: VerifiedSpec = parseConfig(config, 'image-pull.yaml', base);
      write(base, before);
      const former = await verify({ verified, environment });
      write(base, change);
      const full = await verify({ verified, environment });
      const changed = Object.entries(change).map(([file, present]) => ({
        path: join(base, file),
        former: before[file],
        present,
      }));
      const answer = await verifyChanged({ verified, environment, changes: { count: changed.length, files: changed } });
      const [is, all] = [said(answer), said(full)];
      const known = new Set(former.problems.map(identity));
      const isNew = full.problems.filter((each) => !known.has(identity(each))).map(problemText);
      expect(is).toEqual(expect.arrayContaining(isNew));
      if (answer.clusters[0]?.change?.everything === undefined) narrow++;
      fresh += isNew.length;
      // A file elsewhere that cannot be read hides what nothing needs, as nobody knows what is in it.
      const isHidden = all.some((each) => each.includes('[manifest-invalid]') || each.includes('[kind-unknown]'));
      expect(isHidden ? [] : is.filter((each) => !all.includes(each))).toEqual([]);
      expect(verdicts(answer).filter((each) => !verdicts(full).includes(each))).toEqual([]);
    }),
    { seed, numRuns: 120 },
  );
  expect(Math.min(narrow, fresh)).toBeGreaterThan(40);
});
