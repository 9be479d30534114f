// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Flux.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { HelmTemplate, KustomizeBuild } from '../../../src/model/topology/rendering.js';
import { Workspace } from './workspace.js';

const deployment = (name: string, image: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${more}spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: "${image}" }] }
`;

/** The files of a repository that its renderings are about. */
const repository = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('web', 'acme/web:v1'),
  'prod/kustomization.yaml': `# what production has
resources: [../base, cron.yaml]
namePrefix: prod-
namespace: shop
images:
- { name: acme/web, newName: ghcr.io/acme/web, newTag: v2 }
- { name: acme/cron, digest: "sha256:${'a'.repeat(64)}" }
replicas: [{ name: web, count: 0x3 }]
commonAnnotations: { team: a }
configMapGenerator: [{ name: settings, files: [settings.txt] }]
patches:
- path: patch.yaml
`,
  'prod/cron.yaml': deployment('cron', 'acme/cron:v1'),
  'prod/settings.txt': 'a=1\n',
  'prod/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {minReadySeconds: 5}\n',
  'part/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
- { patch: "- {op: add, path: /spec/paused, value: true}", target: { kind: Deployment } }
`,
  'loose/a.yaml': deployment('a', 'acme/a:v1'),
  'loose/b.yml': deployment('b', 'acme/b:v1'),
  'loose/notes.txt': 'nothing',
  'loose/sub/c.yaml': deployment('c', 'acme/c:v1'),
  'loose/overlay/kustomization.yaml': 'resources: [../../base]\nnamePrefix: sub-\n',
  'outer/kustomization.yaml': 'resources: [../base/web.yaml]\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'chart/values.yaml': 'image: acme/web\ntag: v1\nlevel: chart\n',
  'chart/prod.yaml': 'level: prod\n',
  'chart/crds/crd.yaml':
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.acme.com}\n',
  'chart/templates/web.yaml': deployment('{{ .Release.Name }}', '{{ .Values.image }}:{{ .Values.tag }}').replace(
    'spec:\n',
    '  namespace: {{ .Release.Namespace }}\n  annotations: { level: {{ .Values.level | quote }} }\nspec:\n',
  ),
  'chart/templates/hook.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: { name: hook, annotations: { helm.sh/hook: pre-install } }\nspec: { containers: [{ name: a, image: acme/hook }] }\n',
  'values.yaml': 'tag: v2\nlevel: file\n',
};

/**
 * What real programs make of renderings, held against the same done by hand.
 *
 * @param searchPath the PATH that they are on, known when the tests run
 */
export function describeRealRenderings(renderer: 'kustomize' | 'helm', searchPath: () => string): void {
  let space: Workspace;

  beforeEach(() => {
    space = new Workspace();
    space.write(repository);
  });

  afterEach(() => space.remove());

  const environment = () => ({ PATH: searchPath() });
  const byHand = (program: string, args: readonly string[], cwd = space.root) =>
    execFileSync(program, args, {
      cwd,
      env: { ...environment(), HOME: space.folder },
      encoding: 'utf8',
      stdio: 'pipe',
    });

  if (renderer === 'kustomize') describeKustomize();
  else describeHelm();

  function describeKustomize(): void {
    const build = async (options: Partial<KustomizeBuild>) => {
      const rendering: KustomizeBuild = { by: 'kustomize', folder: 'prod', ...options };
      const [outcome] = await space.render([rendering], { environment: environment() });
      return { ...outcome!, text: outcome!.texts[0]?.text };
    };
    const images = (text = '') => [...text.matchAll(/image: (.*)/g)].map(([, image]) => image);
    const names = (text = '') => [...text.matchAll(/^ {2}name: (.*)/gm)].map(([, name]) => name);

    test('an overlay is what kustomize builds', async () => {
      expect(await build({})).toMatchObject({ problems: [], text: byHand('kustomize', ['build', 'prod']) });
    });

    test('what Argo CD says is what `kustomize edit` makes of it', async () => {
      const before = fs.readFileSync(path.join(space.root, 'prod/kustomization.yaml'), 'utf8');
      const { text, problems } = await build({
        around: {
          namePrefix: 'other-',
          namespace: 'elsewhere',
          images: [
            { name: 'acme/web', newName: '*', newTag: 'v9' },
            { name: 'acme/cron', newName: 'ghcr.io/acme/cron' },
          ],
          replicas: [{ name: 'web', count: 7 }],
          commonAnnotations: { by: 'argocd' },
          components: ['../part'],
          labels: [{ pairs: { part: 'x' } }],
        },
      });
      expect(problems).toEqual([]);
      expect(fs.readFileSync(path.join(space.root, 'prod/kustomization.yaml'), 'utf8')).toBe(before);
      const edit = (...args: string[]) => byHand('kustomize', ['edit', ...args], path.join(space.root, 'prod'));
      edit('set', 'nameprefix', '--', 'other-');
      edit('set', 'namespace', 'elsewhere');
      edit('set', 'image', 'acme/web=*:v9', 'acme/cron=ghcr.io/acme/cron');
      edit('set', 'replicas', 'web=7');
      edit('add', 'annotation', 'by:argocd');
      edit('add', 'component', '../part');
      edit('add', 'label', 'part:x', '--without-selector');
      expect(text).toBe(byHand('kustomize', ['build', 'prod']));
      expect(images(text)).toEqual(['ghcr.io/acme/cron:v1', 'ghcr.io/acme/web:v9']);
    });

    test('what Flux says goes into the kustomization, images keep what they are not given', async () => {
      const { text } = await build({
        isFlux: true,
        around: {
          namespace: 'elsewhere',
          images: [
            { name: 'acme/web', newTag: 'v9' },
            { name: 'acme/cron', newTag: 'v3' },
          ],
          patches: [{ patch: '- {op: add, path: /spec/paused, value: true}', target: { kind: 'Deployment' } }],
        },
      });
      expect(images(text)).toEqual(['acme/cron:v3', 'ghcr.io/acme/web:v9']);
      expect([...(text ?? '').matchAll(/paused: true/g)]).toHaveLength(2);
      expect([...(text ?? '').matchAll(/namespace: (.*)/g)].map(([, name]) => name)).toEqual(
        Array(3).fill('elsewhere'),
      );
    });

    test('Flux builds a folder without kustomization of all that lies below it', async () => {
      const { text, reached } = await build({ folder: 'loose', isFlux: true, around: { namespace: 'shop' } });
      expect(names(text)).toEqual(['a', 'b', 'c', 'sub-web']);
      expect(reached).toEqual(expect.arrayContaining(['loose', 'loose/sub', 'loose/overlay', 'base/web.yaml']));
      expect(fs.existsSync(path.join(space.root, 'loose/kustomization.yaml'))).toBe(false);
      const plain = await build({ folder: 'loose' });
      expect(plain.codes).toEqual(['kustomization-invalid']);
    });

    test('what Flux leaves out of its artifact is left out', async () => {
      space.write({
        '.sourceignore': '# not for clusters\n/loose/sub\n!loose/kept.yaml\n',
        'loose/.sourceignore': '*.yml\nkept.yaml\n',
        'loose/.github/workflows/ci.yaml': 'on: push\n',
        'loose/.sops.yaml': 'creation_rules: []\n',
        'loose/kept.yaml': 'name: no manifest\n',
      });
      expect(names((await build({ folder: 'loose', isFlux: true })).text)).toEqual(['a', 'sub-web']);
    });

    test('a folder of Flux without manifests gives nothing', async () => {
      space.write({ 'bare/notes.txt': '' });
      expect((await build({ folder: 'bare', isFlux: true })).codes).toEqual(['rendering-empty']);
    });

    test('only Flux takes files from outside of the folder', async () => {
      const refused = await build({ folder: 'outer' });
      expect(refused.codes).toEqual(['rendering-failed']);
      expect(refused.problems[0]).toContain('security; file');
      expect(names((await build({ folder: 'outer', isFlux: true })).text)).toEqual(['web']);
      const around = { namePrefix: 'x-' };
      expect((await build({ folder: 'outer', around })).codes).toEqual(['rendering-failed']);
      expect(names((await build({ folder: 'outer', isFlux: true, around })).text)).toEqual(['x-web']);
    });

    test('links lead where they lead, with something around and without', async () => {
      space.link('linked/base', '../base');
      space.link('linked/prod', path.join(space.root, 'prod'));
      space.link('linked/file.yaml', 'near.yaml');
      space.write({
        'linked/kustomization.yaml': 'resources: [base, file.yaml]\n',
        'linked/near.yaml': deployment('near', 'acme/near:v1'),
      });
      const around = { namePrefix: 'x-' };
      expect(names((await build({ folder: 'linked' })).text)).toEqual(['near', 'web']);
      expect(names((await build({ folder: 'linked', around })).text)).toEqual(['x-near', 'x-web']);
      const through = await build({ folder: 'linked/prod', around: { namePrefix: 'prod-' } });
      expect(through.text).toBe(byHand('kustomize', ['build', 'prod']));
    });

    test('variables are replaced in what was built', async () => {
      space.write({ 'base/web.yaml': deployment('web', 'acme/web:${TAG:=v0}') });
      const { text } = await build({
        folder: 'base',
        isFlux: true,
        substitute: { values: new Map([['TAG', 'v7']]), unknown: new Set() },
      });
      expect(images(text)).toEqual(['acme/web:v7']);
    });

    test('a failure names its reason and nothing of a Secret that is generated', async () => {
      space.write({
        'prod/kustomization.yaml':
          'resources: [../base]\nsecretGenerator:\n- { name: s, literals: [PASS=hunter2hunter2], behavior: merge }\n',
      });
      const { problems, codes } = await build({});
      expect(codes).toEqual(['rendering-failed']);
      expect(problems.join()).toMatch(/failed \(exit code 1\): .*merge/);
      expect(problems.join()).not.toMatch(/hunter2|aHVudGVy/);
    });

    test('the same overlay gives the same bytes again, from the cache, too', async () => {
      const cache = path.join(space.folder, 'cache');
      const renderings = [{ by: 'kustomize' as const, folder: 'prod' }];
      const first = await space.render(renderings, { environment: environment(), cache });
      expect(fs.readdirSync(cache)).toHaveLength(1);
      expect(await space.render(renderings, { environment: environment(), cache })).toEqual(first);
    });
  }

  function describeHelm(): void {
    const template = async (options: Partial<HelmTemplate>, charts = 'vendor') => {
      const rendering: HelmTemplate = {
        ...{ by: 'helm', chart: { folder: 'chart' }, release: 'shop', namespace: 'prod', values: [] },
        ...options,
      };
      const [outcome] = await space.render([rendering], { environment: environment(), charts });
      return { ...outcome!, text: outcome!.texts[0]?.text };
    };

    test('a chart is what helm renders, with its hooks, and definitions only where they are asked for', async () => {
      const args = ['template', 'shop', 'chart', '--namespace', 'prod'];
      const { text, problems } = await template({});
      expect(problems).toEqual([]);
      expect(text).toBe(byHand('helm', args));
      expect(text).toContain('acme/hook');
      expect(text).not.toContain('CustomResourceDefinition');
      expect((await template({ includeCrds: true })).text).toBe(byHand('helm', [...args, '--include-crds']));
    });

    test('values are laid over each other in order, arguments over all of them', async () => {
      const values: HelmTemplate['values'] = [{ file: 'values.yaml' }, { inline: { level: 'object' } }];
      expect((await template({ values })).text).toMatch(/level: "object"[\s\S]*acme\/web:v2/);
      expect((await template({ values: [...values].reverse() })).text).toContain('level: "file"');
      expect((await template({ values: [...values, { chartFile: 'prod.yaml' }] })).text).toContain('level: "prod"');
      const set = [{ flag: '--set', text: 'level=argument' }] as const;
      expect((await template({ values, set })).text).toContain('level: "argument"');
    });

    test('a chart that helm has packed is found, with the values in it', async () => {
      byHand('helm', ['package', 'chart', '-d', 'vendor']);
      const chart = { name: 'web', version: '~1.0', repository: 'https://charts.example.com' };
      const { text, problems } = await template({ chart, values: [{ chartFile: 'prod.yaml' }] });
      expect(problems).toEqual([]);
      expect(text).toContain('level: "prod"');
    });

    test('a chart that helm refuses is a finding with its reason', async () => {
      space.write({ 'chart/templates/bad.yaml': '{{ fail "tag is needed" }}\n' });
      const { codes, problems } = await template({});
      expect(codes).toEqual(['rendering-failed']);
      expect(problems[0]).toContain('tag is needed');
      space.write({ 'chart/templates/bad.yaml': '' });
      expect((await template({ release: '--debug' })).problems[0]).toContain('release name');
    });

    test('a chart sees the version of its cluster, and refuses one that it is not for', async () => {
      space.write({
        'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: ">= 1.30.0-0 < 1.34.0-0"\n',
        'chart/templates/seen.yaml':
          'seen: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.APIVersions.Has "a.io/v1/A" }}\n',
      });
      const capabilities = { kubeVersion: '1.33', apiVersions: ['a.io/v1', 'a.io/v1/A'] };
      expect((await template({ capabilities })).text).toContain('seen: v1.33.0 true');
      expect((await template({ capabilities: { kubeVersion: 'v1.31.4' } })).text).toContain('seen: v1.31.4 false');
      const { codes, problems } = await template({ capabilities: { kubeVersion: '1.35' } });
      expect(codes).toEqual(['rendering-failed']);
      expect(problems[0]).toContain('v1.35.0');
      expect(problems[0]).toContain('say which version the cluster has: clusters.<name>.kubernetes');
    });

    test('a chart that asks the cluster gets no answer, and no error', async () => {
      space.write({ 'chart/templates/ask.yaml': '{{ if lookup "v1" "Secret" "a" "b" }}asked: yes{{ end }}\n' });
      expect(await template({})).toMatchObject({ problems: [], text: expect.not.stringContaining('asked') });
    });
  }
}
