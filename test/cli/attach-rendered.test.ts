// attach on manifests that kustomize renders: their sources are edited where that is right for all that is made of them.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli, filesOf, folderOf, withProgram } from '../support.js';

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
      out: 'base/web.yaml:1:1: Deployment prod/prod-web (and stage/stage-web) lacks ghcr-pull\nRun attach and commit what it writes.\n',
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

  test('placement beside extends the resources of the same kustomization', async () => {
    const beside = (text: string) => text.replace('{ attachment', '{ placement: beside, attachment');
    const sources = { ...tree, 'prod/kustomization.yaml': 'namespace: prod\nresources:\n  - ../base\n' };
    const files = { 'image-pull.yaml': config({ prod: beside(both.prod), stage: differing.stage }), ...sources };
    const folder = folderOf(files);
    expect((await cli(folder, 'synth')).code).toBe(0);
    expect(await attachIn(folder)).toMatchObject({ code: 0, err: '' });
    expect(filesOf(folder)['prod/kustomization.yaml']).toBe(
      `${sources['prod/kustomization.yaml']}  - image-pull-prod.yaml # image-pull\npatches:\n${entry('web', '  ')}`,
    );
    expect(await cli(folder, 'synth', '--check')).toMatchObject({ code: 0, out: '' });
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 0, out: '' });
  });

  const differing = { ...both, stage: cluster('{ kustomize: stage }', 'serviceAccount') };
  const entry = (names: string, indent = '') =>
    `${indent}- {path: image-pull.deployment.yaml, target: {group: apps, kind: Deployment, name: ${names}}} # image-pull\n`;
  const patch = `# Written by cdk8s-image-pull for a kustomization. Do not edit: run attach.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: any
spec:
  template:
    spec:
      imagePullSecrets:
        - name: ghcr-pull
`;

  test('overlays that want different names get a patch where it is needed, which goes when nothing needs it', async () => {
    const files = { 'image-pull.yaml': config(differing), ...tree };
    const folder = folderOf(files);
    expect((await attachIn(folder, '--check')).out).toBe(
      'prod/kustomization.yaml:1:1: the kustomization of prod lacks image-pull.deployment.yaml\nRun attach and commit what it writes.\n',
    );
    expect(await attachIn(folder)).toMatchObject({ code: 0, err: '' });
    expect(changed(folder, files)).toEqual({
      'prod/kustomization.yaml': `${tree['prod/kustomization.yaml']}patches:\n${entry('web')}`,
      'prod/image-pull.deployment.yaml': patch,
    });
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 0, out: '', err: '' });
    writeFileSync(join(folder, 'image-pull.yaml'), config(both));
    await attachIn(folder);
    expect(changed(folder, files)).toMatchObject({ 'base/web.yaml': workload('web', listed) });
    writeFileSync(join(folder, 'image-pull.yaml'), config(differing));
    await attachIn(folder);
    expect(filesOf(folder)['base/web.yaml']).toBe(tree['base/web.yaml']);
    writeFileSync(join(folder, 'image-pull.yaml'), config(differing, 'public'));
    await attachIn(folder);
    expect(changed(folder, { ...files, 'image-pull.yaml': config(differing, 'public') })).toEqual({});
  });

  test('a patch that somebody has edited is written again', async () => {
    const files = { 'image-pull.yaml': config(differing), ...tree };
    const folder = folderOf(files);
    await attachIn(folder);
    writeFileSync(join(folder, 'prod/image-pull.deployment.yaml'), `${patch}# mine\n`);
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 1 });
    await attachIn(folder);
    expect(filesOf(folder)['prod/image-pull.deployment.yaml']).toBe(patch);
  });

  const overlaid = (rest: string) => ({ ...tree, 'prod/kustomization.yaml': overlay('prod', rest) });
  const replacing = `patches:\n  - target: { kind: Deployment }\n    patch: '[{"op":"add","path":"/spec/template/spec/imagePullSecrets","value":[{"name":"theirs"}]}]'\n`;
  const json = `${JSON.stringify({
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
    spec: { selector: {}, template: { spec: { containers: [{ name: 'main', image: 'ghcr.io/acme/web:v1' }] } } },
  })}\n`;

  test.each<[string, Files, Files, Files]>([
    [
      'one entry for all objects of a kind',
      differing,
      { ...tree, 'base/web.yaml': ['web', 'api', 'a.b'].map((name) => workload(name)).join('---\n') },
      {
        'prod/kustomization.yaml': `${tree['prod/kustomization.yaml']}patches:\n${entry('"a\\\\.b|api|web"')}`,
        'prod/image-pull.deployment.yaml': patch,
      },
    ],
    [
      'a base in JSON, which can hold no mark',
      { prod: both.prod },
      { ...tree, 'base/kustomization.yaml': 'resources: [web.json]\n', 'base/web.json': json },
      {
        'prod/kustomization.yaml': `${tree['prod/kustomization.yaml']}patches:\n${entry('web')}`,
        'prod/image-pull.deployment.yaml': patch,
      },
    ],
    [
      'an overlay that replaces the list, behind its own patch',
      { prod: both.prod },
      overlaid(replacing),
      {
        'prod/kustomization.yaml': `${overlay('prod', replacing)}${entry('web', '  ')}`,
        'prod/image-pull.deployment.yaml': `${patch.split('\n')[0]}\n- op: add\n  path: /spec/template/spec/imagePullSecrets/-\n  value:\n    name: ghcr-pull\n`,
      },
    ],
  ])('a patch is written for %s', async (_, clusters, sources, expected) => {
    const files = { 'image-pull.yaml': config(clusters), ...sources };
    const folder = folderOf(files);
    expect(await attachIn(folder)).toMatchObject({ code: 0, err: '' });
    expect(changed(folder, files)).toEqual(expected);
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 0, out: '' });
  });

  test.each<[string, Files]>([
    ['patches in brackets', overlaid('patches: []\n')],
    [
      'a kustomization in JSON',
      { ...tree, 'prod/kustomization.yaml': '{"namespace":"prod","namePrefix":"prod-","resources":["../base"]}\n' },
    ],
    ['a file of the user with the name of the patch', { ...tree, 'prod/image-pull.deployment.yaml': 'mine: true\n' }],
  ])('the patch is printed for %s', async (_, sources) => {
    const files = { 'image-pull.yaml': config(differing), ...sources };
    const folder = folderOf(files);
    const { code, out } = await attachIn(folder);
    expect(code).toBe(0);
    expect(out).toContain(
      '\nprod/kustomization.yaml\n  patches:\n    - target:\n        group: apps\n        kind: Deployment\n        name: web\n',
    );
    expect(changed(folder, files)).toEqual({});
  });
});

withProgram('helm', () => {
  const chart = (template: string, values: string) => ({
    'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0\n',
    'web/values.yaml': values,
    'web/templates/web.yaml': workload('web', pod.replace('      containers', `${template}      containers`)),
  });
  const maps = (value: string) =>
    `      {{- with ${value} }}\n      imagePullSecrets: {{ toYaml . | nindent 8 }}\n      {{- end }}\n`;
  const names = (value: string) =>
    `      {{- with ${value} }}\n      imagePullSecrets:\n      {{- range . }}\n        - name: {{ . }}\n      {{- end }}\n      {{- end }}\n`;
  const entry = '{ helm: web, release: web, namespace: shop';

  test.each([
    [
      'the key of values.yaml',
      maps('.Values.imagePullSecrets'),
      'imagePullSecrets: []\n',
      'imagePullSecrets:\n  - name: ghcr-pull\n',
    ],
    [
      'a nested key of names',
      names('.Values.web.pod.pullSecrets'),
      'web:\n  pod:\n    pullSecrets: []\n',
      'web:\n  pod:\n    pullSecrets:\n      - ghcr-pull\n',
    ],
    [
      'a key that values.yaml does not have',
      maps('(.Values.global).imagePullSecrets'),
      'replicas: 1\n',
      'global:\n  imagePullSecrets:\n    - name: ghcr-pull\n',
    ],
    [
      'a key that looks right and is not',
      names('(.Values.image).pullSecrets'),
      'imagePullSecrets: []\nimage: {}\n',
      'image:\n  pullSecrets:\n    - ghcr-pull\n',
    ],
  ])('the values that a chart really takes are printed: %s', async (_, template, values, expected) => {
    const files = {
      'image-pull.yaml': config({ prod: cluster(`${entry}, values: [prod.yaml] }`) }),
      'prod.yaml': 'replicas: 2\n',
      ...chart(template, values),
    };
    const folder = folderOf(files);
    const { code, out } = await attachIn(folder);
    expect(code).toBe(0);
    expect(out).toContain(`\nvalues of the chart web, for prod.yaml\n${expected.replace(/^(?=.)/gm, '  ')}`);
    expect(changed(folder, files)).toEqual({});
  });

  test('a chart that takes no pull secrets gets the patch, and is told so', async () => {
    const folder = folderOf({
      'image-pull.yaml': config({ prod: cluster(`${entry} }`) }),
      ...chart('', 'imagePullSecrets: []\n'),
    });
    const { out } = await attachIn(folder);
    expect(out).toContain(
      'no value of the chart web gives its pods pull secrets: kustomize patches for what it renders\n  patches:\n',
    );
  });

  const git = { '.git/config': '[remote "origin"]\n\turl = https://github.com/acme/platform.git\n' };
  const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  # where it is
  source:
    repoURL: https://github.com/acme/platform
    path: web
    helm:
      releaseName: web
  destination: { server: "https://kubernetes.default.svc", namespace: shop }
`;
  const severalSources = (helm: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  sources:
  - { repoURL: "https://github.com/acme/platform", ref: values }
  - repoURL: https://github.com/acme/platform
    path: web
${helm}  - { repoURL: "https://github.com/acme/platform", path: other }
  destination: { server: "https://kubernetes.default.svc", namespace: shop }
`;
  const applicationSet = (helm: string) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  goTemplate: true
  generators:
  - list: { elements: [{ space: one }, { space: two }] }
  template:
    metadata: { name: "{{ .space }}" }
    spec:
      source:
        repoURL: https://github.com/acme/platform
        path: web
${helm}      destination: { server: "https://kubernetes.default.svc", namespace: "{{ .space }}" }
`;
  const takenAway = `  templatePatch: |
    spec: { source: { helm: { valuesObject: { image: { pullSecrets: [] } } } } }
`;
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  chart: { spec: { chart: ./web, sourceRef: { kind: GitRepository, name: platform, namespace: flux-system } } }
  values:
    replicas: 2
`;
  const repository = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { url: https://github.com/acme/platform }
`;

  const ofAccount = {
    'web/templates/web.yaml': workload(
      'web',
      pod.replace('      containers', '      serviceAccountName: web\n      containers'),
    ),
    'web/templates/account.yaml': `apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: {{ .Release.Namespace }} }
{{- with .Values.image.pullSecrets }}
imagePullSecrets: {{ range . }}[{ name: {{ . }} }]{{ end }}
{{- end }}
`,
  };
  const randomPod = `apiVersion: v1
kind: Pod
metadata: { name: "test-{{ randAlphaNum 5 | lower }}", namespace: shop, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: test, image: registry.k8s.io/curl }] }
`;

  test.each<[string, string, Files, string]>([
    [
      'an Application',
      '{ argocd: apps }',
      { 'apps/web.yaml': application },
      application.replace(
        'releaseName: web\n',
        `releaseName: web\n      valuesObject:\n        image:\n          pullSecrets:\n          - ghcr-pull # image-pull\n`,
      ),
    ],
    [
      'a HelmRelease that Flux builds with its folder',
      '{ flux: apps }',
      { 'apps/web.yaml': release, 'apps/repository.yaml': repository },
      `${release}    image:\n      pullSecrets:\n      - ghcr-pull # image-pull\n`,
    ],
    [
      'a HelmRelease whose chart gives the names to the account of its pods',
      '{ flux: apps }',
      { 'apps/web.yaml': release, 'apps/repository.yaml': repository, ...ofAccount },
      `${release}    image:\n      pullSecrets:\n      - ghcr-pull # image-pull\n`,
    ],
    [
      'a HelmRelease whose chart has a pod with another name each time',
      '{ flux: apps }',
      { 'apps/web.yaml': release, 'apps/repository.yaml': repository, 'web/templates/test.yaml': randomPod },
      `${release}    image:\n      pullSecrets:\n      - ghcr-pull # image-pull\n`,
    ],
    [
      'an Application whose values are a text',
      '{ argocd: apps }',
      { 'apps/web.yaml': application.replace('releaseName: web\n', 'values: |\n        a: 1\n') },
      application.replace(
        'releaseName: web\n',
        'values: |\n        a: 1\n      parameters:\n      - {name: "image.pullSecrets[0]", value: ghcr-pull} # image-pull\n',
      ),
    ],
    [
      'one of several sources of an Application',
      '{ argocd: apps }',
      { 'apps/web.yaml': severalSources('') },
      severalSources(
        '    helm:\n      valuesObject:\n        image:\n          pullSecrets:\n          - ghcr-pull # image-pull\n',
      ),
    ],
    [
      'the template of an ApplicationSet',
      '{ argocd: apps }',
      { 'apps/web.yaml': applicationSet('') },
      applicationSet(
        '        helm:\n          valuesObject:\n            image:\n              pullSecrets:\n              - ghcr-pull # image-pull\n',
      ),
    ],
    [
      'an ApplicationSet whose patch takes the values away again',
      '{ argocd: apps }',
      { 'apps/web.yaml': `${applicationSet('')}${takenAway}` },
      `${applicationSet('')}${takenAway}`,
    ],
  ])('%s', async (_, entryText, sources, expected) => {
    const files: Files = {
      ...{ ...git, 'image-pull.yaml': config({ prod: cluster(entryText) }) },
      ...chart(names('.Values.image.pullSecrets'), 'image:\n  pullSecrets: []\n'),
      'other/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
      ...sources,
    };
    const folder = folderOf(files);
    const { code, out, err } = await attachIn(folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(filesOf(folder)['apps/web.yaml']).toBe(expected);
    if (expected === files['apps/web.yaml'])
      return expect(out).toMatch(/for Application argocd\/(?:web|one)\n {2}image:\n/);
    expect(await attachIn(folder, '--check')).toMatchObject({ code: 0, out: '' });
    writeFileSync(join(folder, 'image-pull.yaml'), config({ prod: cluster(entryText) }, 'public'));
    await attachIn(folder);
    expect(filesOf(folder)['apps/web.yaml']).toBe(files['apps/web.yaml']);
  });
});
