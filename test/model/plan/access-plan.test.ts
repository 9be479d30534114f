import { InventoryBuilder } from '../../../src/model/inventory/inventory.js';
import { planAccess } from '../../../src/model/plan/access-plan.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { readDocuments } from '../../../src/yaml/documents.js';
import { deployment, inventoryOf, prod } from '../../support.js';

const source = { external: { store: 'vault', key: 'k' } };
const spec: Partial<ImagePullSpec> = {
  registries: { a: { host: 'a.example.com' }, b: { host: 'b.example.com' }, internal: { preset: 'openshift' } },
  pullSecrets: {
    'a-pull': { registries: ['a'], source },
    'b-pull': { registries: ['b'], source: { existing: {} } },
  },
};
const imageA = 'a.example.com/x';
const imageB = 'b.example.com/x';

function plan(yaml: string, change: Partial<ImagePullSpec> = {}, cluster: ImagePullSpec['clusters'][string] = {}) {
  return planAccess(inventoryOf(yaml), prod({ ...spec, ...change }, cluster));
}

/** As {@link plan}, of a text with comments. */
function planYaml(yaml: string, change: Partial<ImagePullSpec> = {}, cluster: ImagePullSpec['clusters'][string] = {}) {
  const builder = new InventoryBuilder();
  readDocuments({ file: 'a.yaml', text: yaml }, (object) => builder.add(object));
  return planAccess(builder.build(), prod({ ...spec, ...change }, cluster));
}

const account = (namespace: string, name: string, list = '') =>
  `---\n{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: ${namespace} }${list && `, imagePullSecrets: [${list}]`} }\n`;

test('a namespace gets one object per pull secret, with the registries that are needed there', () => {
  const pullSecrets = {
    both: { registries: ['a', 'b'], source: { external: { store: 'v', keys: { a: '1', b: '2' } } } },
  };
  const yaml = `${deployment('n', 'x', [imageA])}---\n${deployment('m', 'x', [imageB, imageA])}`;
  expect(plan(yaml, { pullSecrets }).secrets).toEqual([
    { namespace: 'm', pullSecret: 'both', registries: ['a', 'b'], write: true },
    { namespace: 'n', pullSecret: 'both', registries: ['a'], write: true },
  ]);
});

test('source existing is listed and not written', () => {
  const { secrets, accounts } = plan(deployment('n', 'x', [imageB]));
  expect(secrets).toMatchObject([{ pullSecret: 'b-pull', write: false }]);
  expect(accounts).toMatchObject([{ name: 'default', pullSecrets: ['b-pull'], owner: 'write' }]);
});

test('the list of an account holds everything that any of its pods needs, sorted', () => {
  const yaml = `${deployment('n', 'y', [imageB])}---\n${deployment('n', 'x', [imageA])}`;
  expect(plan(yaml).accounts).toMatchObject([{ namespace: 'n', name: 'default', pullSecrets: ['a-pull', 'b-pull'] }]);
});

test('an overlap has its own order on the list', () => {
  expect(plan(deployment('n', 'x', [imageA]), { overlap: ['b-pull', 'a-pull'] }).accounts).toMatchObject([
    { pullSecrets: ['b-pull', 'a-pull'] },
  ]);
});

test('names to keep come behind the pull secrets', () => {
  const change: Partial<ImagePullSpec> = {
    pullSecrets: { 'a-pull': { registries: ['a'], source, keep: ['aaa', 'a-pull'] } },
    namespaces: { n: { serviceAccounts: { default: { keep: ['old'] } } } },
  };
  expect(plan(deployment('n', 'x', [imageA]), change).accounts).toMatchObject([
    { pullSecrets: ['a-pull'], keep: ['aaa', 'old'] },
  ]);
});

describe('an account other than default', () => {
  const yaml = deployment('n', 'x', [imageA], 'serviceAccountName: builder,');

  test('that nobody declares is a finding, and not written', () => {
    const { accounts, problems } = plan(yaml);
    expect(accounts).toMatchObject([{ owner: 'undeclared' }]);
    expect(problems.map((problem) => problem.code)).toEqual(['account-undeclared']);
  });

  test('is written when asked for', () => {
    const { accounts, problems } = plan(yaml, {
      namespaces: { n: { serviceAccounts: { builder: { create: true } } } },
    });
    expect(accounts).toMatchObject([{ owner: 'write' }]);
    expect(problems).toEqual([]);
  });

  test('that a manifest declares is edited there', () => {
    expect(plan(yaml + account('n', 'builder', '{ name: other }')).accounts).toMatchObject([
      { owner: 'declared', missing: ['a-pull'] },
    ]);
    expect(plan(yaml + account('n', 'builder', '{ name: a-pull }')).accounts).toMatchObject([
      { owner: 'declared', missing: [] },
    ]);
    expect(plan(yaml + account('m', 'builder')).accounts).toMatchObject([{ owner: 'undeclared' }]);
  });
});

test('a default account that a manifest declares is not written', () => {
  expect(plan(deployment('n', 'x', [imageA]) + account('n', 'default')).accounts).toMatchObject([
    { owner: 'declared', missing: ['a-pull'] },
  ]);
});

describe('a pod with a list of its own', () => {
  const own = (names: string) => deployment('n', 'x', [imageA], `imagePullSecrets: [${names}],`);

  test('takes nothing from its account, so its need moves to the template', () => {
    const { accounts, templates } = plan(own('{ name: other }'));
    expect(accounts).toEqual([]);
    expect(templates).toMatchObject([{ pullSecrets: ['a-pull'], missing: ['a-pull'] }]);
  });

  test('that names what it needs lacks nothing', () => {
    expect(plan(own('{ name: a-pull }')).templates).toMatchObject([{ missing: [] }]);
  });

  test('blocks its account even with an empty name', () => {
    expect(plan(own('{ name: "" }')).templates).toMatchObject([{ missing: ['a-pull'] }]);
  });

  test('still has its Secret written into the namespace', () => {
    expect(plan(own('{ name: a-pull }')).secrets).toMatchObject([
      { namespace: 'n', pullSecret: 'a-pull', write: true },
    ]);
  });
});

describe('attachment podTemplate', () => {
  const cluster = { attachment: 'podTemplate' } as const;

  test('adds to an empty template everything its account would have given', () => {
    const yaml = deployment('n', 'x', [imageA]) + account('n', 'default', '{ name: other }');
    const { templates, accounts } = plan(yaml, {}, cluster);
    expect(accounts).toEqual([]);
    expect(templates).toMatchObject([{ pullSecrets: ['a-pull'], missing: ['a-pull', 'other'] }]);
  });

  test('moves all needs of a pod once one of them is on the template', () => {
    const pullSecrets = {
      'a-pull': { registries: ['a'], source, attachment: 'podTemplate' as const },
      'b-pull': { registries: ['b'], source },
    };
    const { templates, accounts } = plan(deployment('n', 'x', [imageA, imageB]), { pullSecrets });
    expect(accounts).toEqual([]);
    expect(templates).toMatchObject([{ missing: ['a-pull', 'b-pull'] }]);
  });

  test('is the default on OpenShift, where no account list is written', () => {
    const { templates, accounts } = plan(deployment('n', 'x', [imageA]), {}, { openshift: '4.20' });
    expect(accounts).toEqual([]);
    expect(templates).toHaveLength(1);
  });

  test('would cut a pod on OpenShift off from the internal registry: an error', () => {
    const internal = 'image-registry.openshift-image-registry.svc:5000/n/api';
    expect(
      plan(deployment('n', 'x', [imageA, internal]), {}, { openshift: '4.20' }).problems.map(({ code }) => code),
    ).toEqual(['dockercfg-needed']);
  });
});

test('what helps a pod that needs its generated secret too is a policy, and the hint names it', () => {
  const internal = 'image-registry.openshift-image-registry.svc:5000/n/api';
  const { problems } = plan(deployment('n', 'x', [imageA, internal]), {}, { openshift: '4.20' });
  expect(problems[0]?.hint).toContain('attachment: { podPolicy: kyverno }');
});

test('an image stream that is pulled through its own repository needs the generated secret, one that leads outside does not', () => {
  const stream = (policy: string) =>
    `---\n{ apiVersion: image.openshift.io/v1, kind: ImageStream, metadata: { name: api, namespace: n }, spec: { lookupPolicy: { local: true }, tags: [{ name: latest, from: { kind: DockerImage, name: ${imageB} }, referencePolicy: { type: ${policy} } }] } }\n`;
  const codes = (policy: string) =>
    plan(deployment('n', 'x', [imageA, 'api']) + stream(policy), {}, { openshift: '4.20' }).problems.map(
      ({ code }) => code,
    );
  expect(codes('Local')).toEqual(['dockercfg-needed']);
  expect(codes('Source')).toEqual([]);
});

test('what an image stream imports puts the Secret into its namespace, on no list', () => {
  const stream = `{ apiVersion: image.openshift.io/v1, kind: ImageStream, metadata: { name: api, namespace: n }, spec: { tags: [{ name: "1", from: { kind: DockerImage, name: ${imageA} } }] } }\n`;
  const { secrets, accounts, templates, namespaces } = plan(stream, {}, { openshift: '4.20' });
  expect({ accounts, templates, namespaces }).toEqual({ accounts: [], templates: [], namespaces: ['n'] });
  expect(secrets).toEqual([{ namespace: 'n', pullSecret: 'a-pull', registries: ['a'], write: true }]);
});

test('a build has no list: the finding names the field of its one pull secret', () => {
  const build = (rest = '') =>
    `{ apiVersion: build.openshift.io/v1, kind: BuildConfig, metadata: { name: x, namespace: n }, spec: { strategy: { dockerStrategy: { from: { kind: DockerImage, name: ${imageA} }${rest} } } } }\n`;
  const { problems } = plan(build(), {}, { openshift: '4.20' });
  expect(problems).toMatchObject([{ code: 'template-unknown' }]);
  expect(problems[0]?.hint).toContain('in spec.strategy.dockerStrategy.pullSecret.name by hand: a-pull');
  expect(plan(build(', pullSecret: { name: a-pull }'), {}, { openshift: '4.20' }).problems).toEqual([]);
});

describe('pods whose account an operator makes', () => {
  const object = (apiVersion: string, kind: string, objectSpec: string) =>
    `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x, namespace: n }, spec: ${objectSpec} }\n`;
  const postgres = (rest: string) => object('postgresql.cnpg.io/v1', 'Cluster', `{ imageName: ${imageA}${rest} }`);

  test('get their pull secret on the list of their object, although the attachment is another', () => {
    const { accounts, templates, problems } = plan(postgres(''));
    expect({ accounts, problems }).toEqual({ accounts: [], problems: [] });
    expect(templates).toMatchObject([
      { list: { workload: { listPath: 'spec.imagePullSecrets', serviceAccount: 'x' } }, missing: ['a-pull'] },
    ]);
  });

  test('get it by their account where the object names one of the user', () => {
    const { accounts, templates } = plan(postgres(', serviceAccountName: mine') + account('n', 'mine'));
    expect(templates).toEqual([]);
    expect(accounts).toMatchObject([{ name: 'mine', missing: ['a-pull'] }]);
  });

  test.each([
    [
      'kubevirt.io/v1',
      'VirtualMachineInstance',
      '{ volumes: [{ containerDisk: { image: %, imagePullSecret: other } }] }',
      'name one pull secret that opens all it needs in spec.volumes[].containerDisk.imagePullSecret by hand: a-pull',
    ],
    ['operators.coreos.com/v1alpha1', 'CatalogSource', '{ image: % }', 'add to spec.secrets by hand: a-pull'],
    [
      'cdi.kubevirt.io/v1beta1',
      'DataVolume',
      '{ source: { registry: { url: "docker://%" } } }',
      'name one pull secret that opens all it needs in spec.source.registry.secretRef by hand: a-pull',
    ],
    [
      'postgresql.cnpg.io/v1',
      'Pooler',
      '{ pgbouncer: { image: % } }',
      'add to spec.template.spec.imagePullSecrets by hand: a-pull',
    ],
  ])('and name it otherwise than by a list of objects are a finding: %s %s', (apiVersion, kind, objectSpec, hint) => {
    const { problems } = plan(object(apiVersion, kind, objectSpec.replace('%', imageA)));
    expect(problems).toMatchObject([{ code: 'template-unknown', hint }]);
  });

  test('have nothing to find where the name is there', () => {
    expect(
      plan(object('operators.coreos.com/v1alpha1', 'CatalogSource', `{ image: ${imageA}, secrets: [a-pull] }`))
        .problems,
    ).toEqual([]);
  });
});

test('a Secret that a manifest declares is not written a second time', () => {
  const secret =
    '---\n{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: a-pull, namespace: n } }\n';
  const { secrets, problems } = plan(deployment('n', 'x', [imageA]) + secret);
  expect(secrets).toMatchObject([{ write: false }]);
  expect(problems.map(({ code }) => code)).toEqual(['declared-elsewhere']);
});

describe('a namespace that a manifest declares', () => {
  const yaml = `${deployment('n', 'x', [imageA])}---\n{ apiVersion: v1, kind: Namespace, metadata: { name: n } }\n`;

  test('may come too late for a central tree', () => {
    expect(plan(yaml).problems.map(({ code }) => code)).toEqual(['namespace-later']);
  });

  test("is nobody else's business where the user says so", () => {
    expect(plan(yaml, {}, { declareNamespaces: false }).problems).toEqual([]);
  });
});

test('an application that syncs earlier may declare one namespace', () => {
  const yaml = `${deployment('n', 'x', [imageA])}---\n{ apiVersion: v1, kind: Namespace, metadata: { name: n } }\n`;
  expect(plan(yaml, { namespaces: { n: { declare: false } } }).problems).toEqual([]);
});

test('an account that is written into a declared namespace may come too early as well', () => {
  const yaml = `${deployment('n', 'x', [imageB])}---\n{ apiVersion: v1, kind: Namespace, metadata: { name: n } }\n`;
  expect(plan(yaml).problems.map(({ code }) => code)).toEqual(['namespace-later']);
});

test('what is asked for by hand goes to the account on OpenShift too', () => {
  const namespaces = { n: { serviceAccounts: { builder: { pullSecrets: ['a-pull'], create: true } } } };
  expect(plan('', { namespaces }, { openshift: '4.20' }).accounts).toMatchObject([
    { name: 'builder', owner: 'write', pullSecrets: ['a-pull'] },
  ]);
});

test('a pod on OpenShift that has what it needs on its own list is left alone', () => {
  const internal = 'image-registry.openshift-image-registry.svc:5000/n/api';
  const yaml = deployment('n', 'x', [imageA, internal], 'imagePullSecrets: [{ name: a-pull }],');
  expect(plan(yaml, {}, { openshift: '4.20' }).problems).toEqual([]);
});

test('an empty template gets what its account keeps, too', () => {
  const pullSecrets = {
    'a-pull': { registries: ['a'], source, attachment: 'podTemplate' as const },
    'b-pull': { registries: ['b'], source: { existing: {} }, keep: ['kept'] },
  };
  const yaml = `${deployment('n', 'x', [imageA])}---\n${deployment('n', 'y', [imageB])}`;
  expect(plan(yaml, { pullSecrets }).templates).toMatchObject([{ missing: ['a-pull', 'b-pull', 'kept'] }]);
});

describe('pods of one object that share a list', () => {
  const workflow = (spec: string) =>
    `{ apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: { name: w, namespace: n }, spec: { ${spec}, templates: [
      { name: one, container: { image: ${imageA} } },
      { name: two, serviceAccountName: other, container: { image: ${imageB} } }] } }\n`;

  test('need one list between them, and move to it together', () => {
    const pullSecrets = {
      'a-pull': { registries: ['a'], source, attachment: 'podTemplate' as const },
      'b-pull': { registries: ['b'], source },
    };
    const { templates, accounts } = plan(workflow('serviceAccountName: runner'), { pullSecrets });
    expect(accounts).toEqual([]);
    expect(templates).toMatchObject([{ pullSecrets: ['a-pull', 'b-pull'], missing: ['a-pull', 'b-pull'] }]);
  });

  test('get on it what any of their accounts would have given', () => {
    const yaml =
      workflow('serviceAccountName: runner') +
      account('n', 'runner', '{ name: of-runner }') +
      account('n', 'other', '{ name: of-other }');
    expect(plan(yaml, {}, { attachment: 'podTemplate' }).templates).toMatchObject([
      { wanted: ['a-pull', 'b-pull', 'of-other', 'of-runner'] },
    ]);
  });
});

describe('names that attach put on a list', () => {
  const marked = (list: string) => `    spec:
      template:
        spec:
          imagePullSecrets:
${list}
          containers:
            - { name: c, image: ${imageA} }
`;
  const workload = (list: string) =>
    `    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: x, namespace: team }\n${marked(list)}`.replace(
      /^ {4}/gm,
      '',
    );

  test('are surplus once nothing needs them', () => {
    const yaml = workload('            - name: old # image-pull\n            - name: a-pull # image-pull');
    expect(planYaml(yaml, {}, { attachment: 'podTemplate' }).templates).toMatchObject([
      { wanted: ['a-pull'], missing: [], surplus: ['old'] },
    ]);
  });

  test('do not make it a list of the pod that its account must yield to', () => {
    const yaml = workload('            - name: a-pull # image-pull');
    const { templates, accounts } = planYaml(yaml);
    expect(accounts).toMatchObject([{ name: 'default', pullSecrets: ['a-pull'], owner: 'write' }]);
    expect(templates).toMatchObject([{ wanted: [], surplus: ['a-pull'] }]);
  });

  test('stay where the account gives them, though somebody added a name since', () => {
    const list = ['a-pull # image-pull', 'given # image-pull', 'theirs'].map((name) => `            - name: ${name}`);
    const yaml = `${workload(list.join('\n'))}${account('team', 'default', '{ name: given }')}`;
    expect(planYaml(yaml, {}, { attachment: 'podTemplate' }).templates).toMatchObject([
      { wanted: ['a-pull', 'given'], missing: [], surplus: [] },
    ]);
  });

  test('stay while there is a finding about an image: nobody knows what it needs', () => {
    const yaml = workload('            - name: a-pull # image-pull');
    const builder =
      '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: team }\nimagePullSecrets:\n- name: a-pull # image-pull\n';
    const { templates, accounts, problems } = planYaml(yaml + builder, { pullSecrets: {} });
    expect(problems.map(({ code }) => code)).toEqual(['pull-secret-missing']);
    expect(templates).toMatchObject([{ wanted: ['a-pull'], surplus: [] }]);
    expect(accounts).toMatchObject([{ surplus: [] }]);
  });

  test('are surplus on an account that needs nothing any more', () => {
    const yaml =
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: builder, namespace: team }\nimagePullSecrets:\n- name: theirs\n- name: a-pull # image-pull\n';
    expect(planYaml(yaml).accounts).toMatchObject([
      { name: 'builder', owner: 'declared', pullSecrets: [], missing: [], surplus: ['a-pull'] },
    ]);
  });
});

test('an account that needs something and is declared twice is a finding', () => {
  const yaml = deployment('n', 'x', [imageA], 'serviceAccountName: b,') + account('n', 'b') + account('n', 'b');
  expect(plan(yaml).problems.map(({ code }) => code)).toEqual(['account-declared-twice']);
  expect(plan(account('n', 'b') + account('n', 'b')).problems).toEqual([]);
});

describe('a list that is asked for by hand on OpenShift', () => {
  const namespaces = { n: { pullSecrets: ['a-pull'] }, m: { pullSecrets: ['a-pull', 'b-pull'] } };
  const warnings = (...[change, cluster]: [Partial<ImagePullSpec>, ImagePullSpec['clusters'][string]]) =>
    plan('', change, cluster).problems.filter(({ code }) => code === 'combination-warned');

  test('is warned about once for each pull secret, where it is asked for', () => {
    expect(warnings({ namespaces }, { openshift: '4.20' })).toMatchObject([
      {
        message: expect.stringMatching(
          /^pull secret a-pull on cluster prod, on a list by hand: .*a sync of Argo CD that writes the account/,
        ),
        at: { path: ['namespaces', 'm', 'pullSecrets', 0] },
      },
      { message: expect.stringMatching(/^pull secret b-pull /) },
    ]);
    expect(warnings({ namespaces }, { openshift: '4.20', gitops: 'flux' })[0]?.message).toMatch(/Flux takes it off/);
  });

  test.each<[string, Partial<ImagePullSpec>, ImagePullSpec['clusters'][string]]>([
    ['on kubernetes', { namespaces }, {}],
    ['where the attachment has been warned about', { namespaces }, { openshift: '4.20', attachment: 'serviceAccount' }],
    ['where nothing is asked for', {}, { openshift: '4.20' }],
  ])('is no warning %s', (_, change, cluster) => {
    expect(warnings(change, cluster)).toEqual([]);
  });
});

describe('an account that the spec creates', () => {
  const namespaces = { n: { serviceAccounts: { builder: { create: true } } } };
  const asBuilder = (image: string) => deployment('n', 'x', [image], 'serviceAccountName: builder,');
  const isPublic = { registries: { a: { host: 'a.example.com', access: 'public' as const } }, pullSecrets: {} };

  test('is written as long as pods run as it, also where they need nothing', () => {
    expect(plan(asBuilder(imageA), { ...isPublic, namespaces }).accounts).toMatchObject([
      { namespace: 'n', name: 'builder', owner: 'write', pullSecrets: [], keep: [] },
    ]);
  });

  test.each([
    ['no pods run as it', deployment('n', 'x', [imageA]), {}],
    ['a manifest declares it', asBuilder(imageA) + account('n', 'builder'), {}],
    ['the platform is OpenShift, which owns every list', asBuilder(imageA), { openshift: '4.20' }],
  ])('is not written where %s', (_, yaml, cluster) => {
    expect(plan(yaml, { ...isPublic, namespaces }, cluster).accounts).toEqual([]);
  });
});
