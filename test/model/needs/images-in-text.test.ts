import fc from 'fast-check';
import { InventoryBuilder } from '../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../src/model/inventory/tree.js';
import { imagesInText } from '../../../src/model/needs/images-in-text.js';
import { needs } from '../../../src/model/needs/needs.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { prod } from '../../support.js';

const source = { external: { store: 'vault', key: 'k' } };
const spec: Partial<ImagePullSpec> = {
  registries: {
    acme: { host: 'r.acme.io', path: 'apps' },
    open: { host: 'open.io', access: 'public' },
    limited: { host: 'limited.io', access: 'optional' },
    internal: { preset: 'openshift' },
  },
  pullSecrets: { 'acme-pull': { registries: ['acme'], source } },
};

const metadata = { name: 'x', namespace: 'shop' };
const configMap = (data: Record<string, unknown>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
const pod = (container: object, podSpec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata,
  spec: { ...podSpec, containers: [{ name: 'c', image: 'open.io/c', ...container }] },
});

function warnings(objects: readonly unknown[], change: Partial<ImagePullSpec> = {}) {
  const builder = new InventoryBuilder();
  for (const object of objects) builder.add(plainTree(object));
  const inventory = builder.build();
  const cluster = prod({ ...spec, ...change });
  return imagesInText(inventory, cluster, needs(inventory, cluster).needs);
}

describe('an image of a private registry in a text is warned about', () => {
  test.each<[string, unknown, string]>([
    ['the whole value of a ConfigMap', configMap({ image: 'r.acme.io/apps/web:v1\n' }), 'data.image'],
    ['a word of a ConfigMap', configMap({ 'a.yaml': 'jobs:\n  - image: "r.acme.io/apps/web:v1"\n' }), 'data["a.yaml"]'],
    ['a word of a ConfigMap before a template', configMap({ a: 'x=r.acme.io/apps/web:{{ .Tag }}' }), 'data.a'],
    ['an argument', pod({ args: ['run', 'r.acme.io/apps/web'] }), 'spec.containers[0].args[1]'],
    [
      'what stands behind the = of an argument',
      pod({ args: ['--image=r.acme.io/apps/web'] }),
      'spec.containers[0].args[0]',
    ],
    ['a command', pod({ command: ['r.acme.io/apps/web'] }), 'spec.containers[0].command[0]'],
    ['a variable', pod({ env: [{ name: 'IMAGE', value: 'r.acme.io/apps/web' }] }), 'spec.containers[0].env[0].value'],
    [
      'an init container',
      pod({}, { initContainers: [{ name: 'i', image: 'open.io/i', args: ['r.acme.io/apps/web'] }] }),
      'spec.initContainers[0].args[0]',
    ],
    [
      'a template of another kind',
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Workflow',
        metadata,
        spec: { templates: [{ name: 't', container: { image: 'open.io/c', args: ['--image=r.acme.io/apps/web'] } }] },
      },
      'spec.templates[0].container.args[0]',
    ],
    [
      'what an object injects into pods of others',
      {
        apiVersion: 'opentelemetry.io/v1alpha1',
        kind: 'Instrumentation',
        metadata,
        spec: { java: { image: 'r.acme.io/apps/web' } },
      },
      'spec.java.image',
    ],
  ])('%s', (_what, object, path) => {
    const [warning, ...more] = warnings([object]);
    expect(more).toEqual([]);
    expect(warning).toMatchObject({
      code: 'image-in-text',
      message: expect.stringContaining(`shop/x names r.acme.io/apps/web in ${path}: `),
      hint: 'if it runs as the default account there: namespaces: { shop: { pullSecrets: [acme-pull] } }',
    });
  });

  test('once for each image and namespace, whatever its tag, with the number of places', () => {
    const found = warnings([configMap({ a: 'r.acme.io/apps/web:v1', b: 'r.acme.io/apps/web:v2 r.acme.io/apps/db' })]);
    expect(found.map(({ message }) => message.replace(/: a pod.*/, ''))).toEqual([
      'ConfigMap shop/x names r.acme.io/apps/web in data.a, and 1 more',
      'ConfigMap shop/x names r.acme.io/apps/db in data.b',
    ]);
  });

  test('for the first twenty images, then by number', () => {
    const found = warnings([configMap({ a: Array.from({ length: 50 }, (_, i) => `r.acme.io/apps/a${i}`).join(' ') })]);
    expect(found).toHaveLength(21);
    expect(found.at(-1)?.message).toBe('30 more images are named in texts');
  });

  test('of an object of the cluster, for a namespace that its reader must know', () => {
    const object = {
      apiVersion: 'apps.kruise.io/v1alpha1',
      kind: 'SidecarSet',
      metadata: { name: 'x' },
      spec: { containers: [{ name: 's', image: 'r.acme.io/apps/web' }] },
    };
    expect(warnings([object])[0]?.hint).toContain('namespaces: { <namespace>: ');
  });

  test('with a registry that no pull secret opens, for which one is asked', () => {
    const [warning] = warnings([configMap({ a: 'r.acme.io/apps/web' })], { pullSecrets: {} });
    expect(warning?.hint).toBe('pullSecrets: { <name>: { registries: [acme], source: … } }');
  });
});

describe('nothing is said about', () => {
  test.each<[string, unknown]>([
    ['an image of a public registry', configMap({ a: 'open.io/x' })],
    ['an image of a registry with an optional credential', configMap({ a: 'limited.io/x' })],
    ['an image of a registry that is not declared', configMap({ a: 'other.io/x' })],
    ['another path of the host', configMap({ a: 'r.acme.io/charts/x' })],
    ["OpenShift's own registry", configMap({ a: 'image-registry.openshift-image-registry.svc:5000/a/b' })],
    ['a URL', configMap({ a: 'https://r.acme.io/apps/x and oci://r.acme.io/apps/x' })],
    ['a text without a host', configMap({ a: 'apps/x web' })],
    ['an image inside the words of an argument', pod({ args: ['docker pull r.acme.io/apps/web'] })],
    ['what is no text', configMap({ a: 3, b: null, c: ['r.acme.io/apps/web'] })],
    ['a ConfigMap of another group', { ...configMap({ a: 'r.acme.io/apps/web' }), apiVersion: 'acme.io/v1' }],
  ])('%s', (_what, object) => {
    expect(warnings([object])).toEqual([]);
  });

  test('a namespace that was given the pull secret by hand, as the hint says', () => {
    const namespaces = { shop: { pullSecrets: ['acme-pull'] } };
    expect(warnings([configMap({ a: 'r.acme.io/apps/web' })], { namespaces })).toEqual([]);
  });

  test('a namespace whose default account has it anyway', () => {
    const objects = [configMap({ a: 'r.acme.io/apps/web' }), pod({ image: 'r.acme.io/apps/other' })];
    expect(warnings(objects)).toEqual([]);
    const special = pod({ image: 'r.acme.io/apps/other' }, { serviceAccountName: 'special' });
    expect(warnings([configMap({ a: 'r.acme.io/apps/web' }), special])).toHaveLength(1);
  });
});

test('no text of a ConfigMap is too strange', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      (text) => warnings([configMap({ a: text })]).length === 0,
    ),
    {
      seed: 11,
    },
  );
});
