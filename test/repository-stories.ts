// docs/repositories.md: each of its sections is gone through, command by command, and prints what the page shows.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deployment, emptyFolder, printed } from './support.js';

const page = 'docs/repositories.md';

/** What lies between two commands: an edit, which may take the next of the section's blocks of YAML. */
type Edit = (folder: string, block: () => string) => void;

/** A section of the page: the repository that it begins with, and its commands with what is done by hand between them. */
interface Story {
  readonly heading: string;
  readonly begins: Edit;
  readonly steps: readonly (string | Edit)[];
}

const put = (folder: string, path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

const replace = (folder: string, path: string, from: string | RegExp, to: string) => {
  const before = readFileSync(join(folder, path), 'utf8');
  const after = before.replace(from, () => to);
  if (after === before) throw new Error(`${path} has no ${from}`);
  writeFileSync(join(folder, path), after);
};

/** An example before anybody wrote a config for it. */
const example = (name: string) => (folder: string) => {
  cpSync(join('examples', name), folder, { recursive: true });
  for (const path of ['image-pull.yaml', 'dist', 'README.md']) rmSync(join(folder, path), { recursive: true });
};

const config = 'image-pull.yaml';
/** The next block is the config. */
const writeConfig: Edit = (folder, block) => put(folder, config, block());

const generator = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: node-agents, namespace: argocd }
spec:
  generators: [{ clusters: {} }]
  template:
    metadata: { name: "agents-{{name}}" }
    spec:
      project: default
      source: { repoURL: https://git.acme.example/platform/deploy.git, path: apps/agents }
      destination: { server: "{{server}}", namespace: agents }
`;

const stories: readonly Story[] = [
  {
    heading: 'A kustomize repository, from zero to green',
    begins: (folder) => {
      example('overlays')(folder);
      replace(folder, 'apps/base/worker.yaml', /imagePullSecrets:\n.*\n/, '');
      const overlay = 'namespace: tools\nresources:\n  - https://github.com/acme-shop/tools//deploy?ref=v3\n';
      put(folder, 'apps/overlays/tools/kustomization.yaml', overlay);
    },
    steps: [
      'init',
      'synth',
      (folder, block) => {
        put(folder, 'apps/overlays/tools/kustomization.yaml', block());
        put(folder, 'vendor/tools/kustomization.yaml', 'resources: [tools.yaml]\n');
        put(folder, 'vendor/tools/tools.yaml', deployment('x', 'tools', ['ghcr.io/acme-shop/tools:3']));
      },
      writeConfig,
      'rm -r dist',
      'synth',
      'attach',
      'synth --check',
    ],
  },
  {
    heading: 'A Helm repository, from zero to green',
    begins: (folder) => {
      cpSync('examples/app-of-apps/charts', join(folder, 'charts'), { recursive: true });
      rmSync(join(folder, 'charts/payments/values-production.yaml'));
      put(folder, 'values/production.yaml', 'replicas: 3\n');
    },
    steps: [
      'init',
      (folder, block) => replace(folder, config, /^workloads:\n(?: .*\n)*/m, block()),
      'init --update',
      (folder, block) => replace(folder, config, /^pullSecrets:\n(?: .*\n)*/m, block()),
      'synth',
      'attach',
      (folder) => put(folder, 'values/production.yaml', 'replicas: 3\nimagePullSecrets:\n  - name: harbor-pull\n'),
      'synth',
      'synth --check',
    ],
  },
  {
    heading: 'An Argo CD repository, from zero to green',
    begins: (folder) => {
      example('app-of-apps')(folder);
      put(folder, 'argocd/apps/node-agents.yaml', generator);
    },
    steps: ['init', 'synth', writeConfig, 'rm -r dist', 'synth', 'attach', 'synth --check'],
  },
  {
    heading: 'A Flux repository, from zero to green',
    begins: (folder) => {
      example('flux-fleet')(folder);
      rmSync(join(folder, 'vendor'), { recursive: true });
    },
    steps: [
      'init',
      'charts',
      (folder, block) => {
        cpSync('examples/flux-fleet/vendor', join(folder, 'vendor'), { recursive: true });
        put(folder, config, `${readFileSync(join(folder, config), 'utf8')}${block()}`);
      },
      'init --update',
      writeConfig,
      'synth',
      'attach',
      'synth --check',
    ],
  },
];

/** The lines of a section, and the text of the page around it. */
function sectionOf(
  text: string,
  heading: string,
): { readonly before: string; readonly own: string; readonly after: string } {
  const start = text.indexOf(`\n## ${heading}\n`);
  const end = text.indexOf('\n## ', start + 1);
  if (start < 0 || end < 0) throw new Error(`${page} has no section "${heading}"`);
  return { before: text.slice(0, start), own: text.slice(start, end), after: text.slice(end) };
}

/** A section with its commands, each followed by what it prints. */
function withOutputs(
  section: string,
  outputs: readonly { readonly command: string; readonly prints: string }[],
): string {
  const left = [...outputs];
  const own = section.replace(/^```console\n(.*?)^```$/gms, (_, block: string) => {
    const count = [...block.matchAll(/^\$ /gm)].length;
    return `\`\`\`console\n${left
      .splice(0, count)
      .map(({ command, prints }) => `$ ${command}\n${prints}`)
      .join('')}\`\`\``;
  });
  if (left.length > 0) throw new Error(`The page lacks ${left[0]?.command}`);
  return own;
}

/** Goes through a section. */
async function outputsOf({ begins, steps }: Story, section: string) {
  const folder = emptyFolder();
  const blocks = [...section.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const nextBlock = () => blocks.shift() ?? '';
  // As beside a package, where renderings are kept.
  mkdirSync(join(folder, 'node_modules'));
  begins(folder, nextBlock);
  const outputs: { readonly command: string; readonly prints: string }[] = [];
  for (const step of steps) {
    if (typeof step !== 'string') step(folder, nextBlock);
    else if (step === 'rm -r dist') {
      rmSync(join(folder, 'dist'), { recursive: true });
      outputs.push({ command: step, prints: '' });
    } else outputs.push({ command: `npx cdk8s-image-pull ${step}`, prints: await printed(folder, ...step.split(' ')) });
  }
  return outputs;
}

/** Tests the page; with UPDATE_GOLDEN it is renewed. */
export function testStories(): void {
  test.each(stories)('$heading', async (story) => {
    const text = readFileSync(page, 'utf8');
    const { before, own, after } = sectionOf(text, story.heading);
    const renewed = withOutputs(own, await outputsOf(story, own));
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(page, `${before}${renewed}${after}`);
    else expect(own).toBe(renewed);
  });
}
