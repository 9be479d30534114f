// Charts are rendered for the cluster that they go to.
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { makeManifests } from '../../src/app/made-clusters.js';
import type { ImagePullSpec } from '../../src/model/vocabulary/spec.js';
import { folderOf } from '../support.js';

const url = 'https://github.com/acme/platform';
const application = (name: string, destination: string, helm = '{}') =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec: { source: { repoURL: ${url}, path: chart, helm: ${helm} }, destination: ${destination} }
`;

/** The arguments after the release's namespace, by the name of the release, for each cluster. */
async function argumentsOf(spec: Omit<ImagePullSpec, 'version'>, files: Record<string, string> = {}) {
  const base = folderOf({
    '.git/config': `[remote "origin"]\n\turl = ${url}\n`,
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    // Prints an object with its arguments in it.
    'programs/helm':
      '#!/bin/sh\nif [ "$1" = version ]; then echo v3.22.0; exit; fi\necho "kind: Args"\necho "said: $*" | sed "s/ -- / /; s/ [^ ]*chart$//"\n',
    ...files,
  });
  const programs = path.join(base, 'programs');
  chmodSync(path.join(programs, 'helm'), 0o755);
  const PATH = `${programs}:${process.env.PATH}`;
  const made = await makeManifests({ spec: { version: 1, ...spec }, base }, { environment: { PATH } });
  return Object.fromEntries(
    [...made].map(([cluster, { manifests, problems }]) => [
      cluster,
      [
        ...problems.map(({ message }) => message),
        ...manifests.flatMap(({ text }) => /said: template (?:--namespace=\S+ )?(.*)/.exec(text)?.[1] ?? []),
      ].sort(),
    ]),
  );
}

const helm = { helm: 'chart', release: 'web', namespace: 'shop' };

test('a chart is rendered for each cluster that has it', async () => {
  const workloads = [helm];
  const clusters = { old: { kubernetes: '1.29' }, new: { kubernetes: '1.35' }, other: {} };
  expect(await argumentsOf({ workloads, clusters })).toEqual({
    old: ['--include-crds --kube-version=1.29.0 web'],
    new: ['--include-crds --kube-version=1.35.0 web'],
    other: ['--include-crds web'],
  });
});

test('OpenShift has kinds of its own', async () => {
  const { ocp } = await argumentsOf({ workloads: [helm], clusters: { ocp: { openshift: '4.20' } } });
  expect(ocp).toEqual([
    expect.stringMatching(/ --kube-version=1\.33\.0 .* --api-versions=route\.openshift\.io\/v1\/Route /),
  ]);
});

test('what Applications apply is rendered for their destination, unless they name another version', async () => {
  const spec = {
    workloads: [{ argocd: 'apps' }],
    clusters: {
      hub: { kubernetes: '1.34', match: { name: 'in-cluster' } },
      edge: { kubernetes: '1.29', match: { server: 'https://edge.example.com' } },
    },
  };
  const files = {
    'apps/a.yaml': application('a', '{ server: "https://edge.example.com", namespace: a }'),
    'apps/b.yaml': application('b', '{ name: in-cluster, namespace: b }'),
    'apps/c.yaml': application(
      'c',
      '{ name: in-cluster, namespace: c }',
      '{ kubeVersion: v1.31.2, apiVersions: [a/v1] }',
    ),
  };
  expect(await argumentsOf(spec, files)).toEqual({
    hub: ['--include-crds --kube-version=1.34.0 b', '--include-crds --kube-version=v1.31.2 --api-versions=a/v1 c'],
    edge: ['--include-crds --kube-version=1.29.0 a'],
  });
});
