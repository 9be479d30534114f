// attach on manifests that kustomize renders: their sources are edited where that is right for all that is made of them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../src/run/find-program.js';
import { cli, filesOf, folderOf } from '../support.js';

/** Tests that need a program, skipped with the reason in their title where it is not on PATH. */
function withProgram(name: string, tests: () => void): void {
  const isThere = findProgram(name, process.env.PATH) !== undefined;
  const title = isThere ? `with ${name} on PATH` : `${name} is not on PATH, so that these are skipped`;
  (isThere ? describe : describe.skip)(title, tests);
}

type Files = Readonly<Record<string, string>>;

const cluster = (entry: string, attachment = 'podTemplate') => `{ attachment: ${attachment}, workloads: [${entry}] }`;
const config = (clusters: Files, access = 'private') => `version: 1
registries: { k8s: { host: registry.k8s.io, access: public }, ghcr: { preset: ghcr, path: acme, access: ${access} } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { external: { store: vault, key: ghcr } } } }
clusters:
${Object.entries(clusters)
  .map(([name, text]) => `  ${name}: ${text}\n`)
  .join('')}`;

const pod = `    spec:
      containers:
        - name: main # the only one
          image: ghcr.io/acme/web:v1
`;
const listed = pod.replace(
  '      containers',
  '      imagePullSecrets:\n        - name: ghcr-pull # image-pull\n      containers',
);
const workload = (name: string, spec = pod) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
${spec}`;
const overlay = (namespace: string, rest = '') =>
  `namespace: ${namespace}\nnamePrefix: ${namespace}-\nresources: [../base]\n${rest}`;
const tree = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': workload('web'),
  'prod/kustomization.yaml': overlay('prod'),
  'stage/kustomization.yaml': overlay('stage'),
};
const both = { prod: cluster('{ kustomize: prod }'), stage: cluster('{ kustomize: stage }') };

/** What differs from the files that there were. */
function changed(folder: string, before: Files): Record<string, string | undefined> {
  const after = filesOf(folder);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]),
  );
}

const attachIn = (folder: string, ...options: string[]) => cli(folder, 'attach', ...options);

withProgram('kustomize', () => {
  test('a base is edited where all overlays want the same, once, and is as it was when nothing needs it', async () => {
    const files = { 'image-pull.yaml': config(both), ...tree };
    const folder = folderOf(files);
    expect(await attachIn(folder, '--check')).toMatchObject({
      code: 1,
      out: 'base/web.yaml:1:1: Deployment prod/prod-web lacks ghcr-pull\nRun attach and commit what it writes.\n',
    });
    expect(await attachIn(folder)).toMatchObject({ code: 0, err: '' });
    expect(changed(folder, files)).toEqual({ 'base/web.yaml': workload('web', listed) });
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 0, out: '', err: '' });
    writeFileSync(join(folder, 'image-pull.yaml'), config(both, 'public'));
    expect((await attachIn(folder)).out).toContain('- ghcr-pull');
    expect(changed(folder, { ...files, 'image-pull.yaml': config(both, 'public') })).toEqual({});
  });

  test.each<[string, Files, Files, Files]>([
    [
      'one overlay that includes a base twice',
      { prod: cluster('{ kustomize: all }') },
      {
        ...tree,
        'all/kustomization.yaml': 'resources: [../prod, ../stage]\n',
      },
      { 'base/web.yaml': workload('web', listed) },
    ],
    [
      'a service account of a base',
      { prod: cluster('{ kustomize: prod }', 'serviceAccount') },
      {
        ...tree,
        'base/kustomization.yaml': 'resources: [web.yaml, sa.yaml]\n',
        'base/web.yaml': workload('web', pod.replace('spec:', 'spec:\n      serviceAccountName: web')),
        'base/sa.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n',
      },
      {
        'base/sa.yaml':
          'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\nimagePullSecrets:\n- name: ghcr-pull # image-pull\n',
      },
    ],
    [
      'a manifest of the overlay itself',
      { prod: cluster('{ kustomize: prod }') },
      {
        ...tree,
        'base/web.yaml': workload('web').replace('ghcr.io/acme', 'registry.k8s.io'),
        'prod/kustomization.yaml': overlay('prod').replace('[../base]', '[../base, own.yaml]'),
        'prod/own.yaml': workload('own'),
      },
      { 'prod/own.yaml': workload('own', listed) },
    ],
    [
      'the overlay of an Application',
      { prod: cluster('{ argocd: argo }') },
      {
        ...tree,
        '.git/config': '[remote "origin"]\n\turl = https://github.com/acme/platform.git\n',
        'argo/web.yaml':
          '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: web, namespace: argocd }, spec: { source: { repoURL: "https://github.com/acme/platform", path: prod, kustomize: { nameSuffix: -blue } }, destination: { server: "https://kubernetes.default.svc", namespace: shop } } }\n',
      },
      { 'base/web.yaml': workload('web', listed) },
    ],
    [
      'a folder without kustomization that Flux builds',
      { prod: cluster('{ flux: flat }') },
      { 'flat/web.yaml': workload('web').replace('name: web }', 'name: web, namespace: shop }') },
      { 'flat/web.yaml': workload('web', listed).replace('name: web }', 'name: web, namespace: shop }') },
    ],
  ])('%s', async (_, clusters, sources, expected) => {
    const files = { 'image-pull.yaml': config(clusters), ...sources };
    const folder = folderOf(files);
    const { code, err } = await attachIn(folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(changed(folder, files)).toEqual(expected);
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 0, out: '' });
  });
});
