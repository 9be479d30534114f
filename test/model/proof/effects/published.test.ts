import { account, namespace, provenImages, secret, told, workload } from './world.js';

// Policies and programs that others publish, in their shapes.

const web = workload('Deployment', 'team-a/web', 'corp.example.com/web:1');
const teams = namespace('team-a') + namespace('tools');

function clone(policySpec = '', match = 'any: [{ resources: { kinds: [Namespace] } }]'): string {
  return `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sync-secrets }
spec:
  ${policySpec}
  rules:
    - name: sync
      match: { ${match} }
      generate:
        apiVersion: v1
        kind: Secret
        name: regcred
        namespace: "{{request.object.metadata.name}}"
        synchronize: true
        clone: { namespace: tools, name: regcred }
---
`;
}

const addLegacy = (annotations = '') => `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: add-pull-secret, annotations: { ${annotations} } }
spec:
  rules:
    - name: add
      match: { any: [{ resources: { kinds: [Pod] } }] }
      mutate:
        patchStrategicMerge:
          spec:
            containers:
              - <(image): "corp.example.com/*"
            imagePullSecrets:
              - name: regcred
---
`;
const noAutogen = '"pod-policies.kyverno.io/autogen-controllers": none';

describe('a pair of ClusterPolicies that clones and adds', () => {
  test('gives pods what they need', () => {
    const images = provenImages(teams, secret('tools', 'regcred'), web, clone(), addLegacy(noAutogen));
    expect(told(images)).toEqual(['team-a/web: regcred by add-pull-secret from policy sync-secrets, covered']);
  });

  test('leaves pods with other images alone', () => {
    const other = workload('Deployment', 'team-a/other', 'nginx');
    const images = provenImages(teams, secret('tools', 'regcred'), other, clone(), addLegacy(noAutogen));
    expect(told(images)).toEqual(['team-a/other: anonymous']);
  });

  test('adds to the list that the account gives, before its names', () => {
    const images = provenImages(
      teams + secret('tools', 'regcred') + secret('team-a', 'own') + account('team-a/default', 'own'),
      web,
      clone(),
      addLegacy(noAutogen),
    );
    expect(told(images)).toEqual([
      'team-a/web: regcred by add-pull-secret from policy sync-secrets, own by account, covered',
    ]);
  });

  test('adds to templates, where nobody said otherwise, so that the list of the account does not count', () => {
    const texts = [teams, secret('tools', 'regcred'), account('team-a/default', 'own'), clone(), addLegacy()];
    expect(told(provenImages(...texts, web))).toEqual([
      'team-a/web: regcred by add-pull-secret from policy sync-secrets, covered',
    ]);
    const pod = workload('Pod', 'team-a/alone', 'corp.example.com/web:1');
    expect(told(provenImages(...texts, pod))).toEqual([
      'team-a/alone: regcred by add-pull-secret from policy sync-secrets, own by account, covered',
    ]);
    const nightly = workload('CronJob', 'team-a/nightly', 'corp.example.com/web:1');
    expect(told(provenImages(...texts, nightly))).toEqual([
      'team-a/nightly: regcred by add-pull-secret from policy sync-secrets, covered',
    ]);
  });

  test('does nothing in namespaces that Kyverno leaves out', () => {
    const system = workload('Deployment', 'kube-system/agent', 'corp.example.com/agent');
    const images = provenImages(teams, secret('tools', 'regcred'), system, clone(), addLegacy(noAutogen));
    expect(told(images)).toEqual(['kube-system/agent: missing']);
  });

  test('is one half without the other', () => {
    expect(told(provenImages(teams, secret('tools', 'regcred'), web, clone()))).toEqual(['team-a/web: missing']);
    expect(told(provenImages(teams, secret('tools', 'regcred'), web, addLegacy(noAutogen)))).toEqual([
      'team-a/web: regcred by add-pull-secret, missing',
    ]);
  });
});

test.each([
  ['any: [{ resources: { kinds: [Namespace], names: ["team-*"] } }]', 'covered'],
  ['any: [{ resources: { kinds: [Namespace], names: ["other-*"] } }]', 'missing'],
  ['any: [{ resources: { kinds: [v1/Namespace], selector: { matchLabels: { pull: "yes" } } } }]', 'covered'],
  ['any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { pull: "no*" } } } }]', 'missing'],
  [
    'any: [{ resources: { kinds: [Namespace], selector: { matchExpressions: [{ key: pull, operator: Exists }] } } }]',
    'covered',
  ],
  ['all: [{ resources: { kinds: [Namespace] } }, { resources: { kinds: [Namespace], names: [tools] } }]', 'missing'],
  ['resources: { kinds: [Namespace] }', 'covered'],
  ['resources: { kinds: [Namespace] }, any: [{ resources: { kinds: [ConfigMap] } }]', 'assumed'],
  ['any: [{ resources: { kinds: [Namespace] }, subjects: [{ kind: User, name: admin }] }]', 'assumed'],
])('a clone for { %s } gives %s', (match, verdict) => {
  const texts = [
    namespace('team-a', { pull: 'yes' }),
    secret('tools', 'regcred'),
    account('team-a/default', 'regcred'),
    web,
  ];
  const [image] = provenImages(...texts, clone('', match));
  expect(image?.verdict).toBe(verdict);
});

test('exclude of a rule takes namespaces out', () => {
  const policy = clone().replace(
    '      generate:',
    '      exclude: { any: [{ resources: { namespaces: [team-a] } }] }\n      generate:',
  );
  expect(
    told(provenImages(teams, secret('tools', 'regcred'), account('team-a/default', 'regcred'), web, policy)),
  ).toEqual(['team-a/web: regcred by account, missing']);
});

test('preconditions on the registries of images are evaluated', () => {
  const policy = (values: string) => `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: by-registry, annotations: { ${noAutogen} } }
spec:
  rules:
    - name: add
      match: { any: [{ resources: { kinds: [Pod] } }] }
      preconditions:
        any:
          - { key: corp.example.com, operator: AnyIn, value: "${values}" }
      mutate: { patchStrategicMerge: { spec: { imagePullSecrets: [{ name: regcred }] } } }
`;
  const texts = [teams, secret('team-a', 'regcred'), web];
  const of = (values: string) => told(provenImages(...texts, policy(values)));
  expect(of('{{ images.containers.*.registry }}')).toEqual(['team-a/web: regcred by by-registry, covered']);
  expect(of('{{ images.initContainers.*.registry || `[]` }}')).toEqual(['team-a/web: missing']);
  // A key that is not there fails the rule, and whether the pod is refused then is the cluster's business.
  expect(of('{{ images.initContainers.*.registry }}')).toEqual(['team-a/web: missing']);
  expect(of('{{ request.userInfo.groups }}')).toEqual(['team-a/web: ? by-registry, assumed']);
});

const controllers = ['deployments', 'daemonsets', 'statefulsets'];

function mutating(spec: string, rules: readonly string[] = ['pods']): string {
  const resourceRules = JSON.stringify([
    { apiGroups: ['', 'apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: rules },
  ]);
  return `
apiVersion: policies.kyverno.io/v1
kind: MutatingPolicy
metadata: { name: add-in-cel }
spec:
  matchConstraints: { resourceRules: ${resourceRules} }
${spec}
---
`;
}

const byKind = `
  matchConditions:
    - name: private
      expression: >-
        (object.kind == "Pod" && object.spec.containers.exists(c, c.image.startsWith("corp.example.com/"))) ||
        (object.kind in ["Deployment", "DaemonSet"] && object.spec.template.spec.containers.exists(c, c.image.startsWith("corp.example.com/")))
  mutations:
    - patchType: JSONPatch
      jsonPatch:
        expression: >-
          object.kind == "Pod" && object.spec.containers.exists(c, image(c.image).registry() == "corp.example.com")
          && !(has(object.spec.imagePullSecrets) && object.spec.imagePullSecrets.exists(s, s.name == "regcred")) ?
          (has(object.spec.imagePullSecrets)
          ? [JSONPatch{op: "add", path: "/spec/imagePullSecrets/0", value: {"name": "regcred"}}]
          : [JSONPatch{op: "add", path: "/spec/imagePullSecrets", value: [{"name": "regcred"}]}]) : []
    - patchType: JSONPatch
      jsonPatch:
        expression: >-
          object.kind in ["Deployment", "DaemonSet"] ?
          [JSONPatch{op: "add", path: "/spec/template/spec/imagePullSecrets", value: [{"name": "regcred"}]}] : []
`;

test('a MutatingPolicy for pods and for templates adds to both', () => {
  const texts = [
    teams,
    secret('team-a', 'regcred'),
    account('team-a/default', 'own'),
    mutating(byKind, ['pods', ...controllers]),
  ];
  expect(told(provenImages(...texts, web))).toEqual(['team-a/web: regcred by add-in-cel, covered']);
  const pod = workload('Pod', 'team-a/alone', 'corp.example.com/web:1');
  expect(told(provenImages(...texts, pod))).toEqual(['team-a/alone: regcred by add-in-cel, own by account, covered']);
});

const applied = `
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration:
        expression: 'Object{spec: Object.spec{imagePullSecrets: [Object.spec.imagePullSecrets{name: "regcred"}]}}'
`;

test('an ApplyConfiguration is merged by name, and rewritten for templates unless that is off', () => {
  const texts = [teams, secret('team-a', 'regcred'), account('team-a/default', 'own'), web];
  expect(told(provenImages(...texts, mutating(applied)))).toEqual(['team-a/web: regcred by add-in-cel, covered']);
  const off = `${applied}  autogen: { podControllers: { controllers: [] } }\n`;
  expect(told(provenImages(...texts, mutating(off)))).toEqual([
    'team-a/web: own by account, regcred by add-in-cel, covered',
  ]);
});

test.each([
  ['for updates only', 'operations: [CREATE, UPDATE]', 'operations: [UPDATE]', 'team-a/web: missing'],
  [
    'for pods with a label',
    'resourceRules:',
    'objectSelector: { matchLabels: { pull: "yes" } }, resourceRules:',
    'team-a/web: ? native, assumed',
  ],
  [
    'for namespaces with a label',
    'resourceRules:',
    'namespaceSelector: { matchLabels: { pull: "yes" } }, resourceRules:',
    'team-a/web: missing',
  ],
  [
    'with a condition on what is not known',
    'mutations:',
    'matchConditions: [{ name: a, expression: "object.spec.hostNetwork == true" }]\n  mutations:',
    'team-a/web: ? native, assumed',
  ],
  [
    'with a condition that fails',
    'mutations:',
    'matchConditions: [{ name: a, expression: "object.spec.initContainers.size() > 0" }]\n  failurePolicy: Ignore\n  mutations:',
    'team-a/web: missing',
  ],
  ['without a binding', 'policyName: native', 'policyName: other', 'team-a/web: missing'],
  [
    'with a binding for another namespace',
    'policyName: native',
    'policyName: native, matchResources: { namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: tools } } }',
    'team-a/web: missing',
  ],
  ['as it is', 'native', 'native', 'team-a/web: regcred by native, covered'],
])("the API server's own policy, %s", (_name, from, to, expected) => {
  const policy = `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: { name: native }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods] }] }
${applied}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: { name: native }
spec: { policyName: native }
`.replace(from, to);
  expect(told(provenImages(teams, secret('team-a', 'regcred'), web, policy))).toEqual([expected]);
});

test('a policy on accounts replaces an atomic list by a merge, and appends by a patch', () => {
  const policy = (mutate: string) => `
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: on-accounts }
spec:
  rules:
    - name: add
      match: { any: [{ resources: { kinds: [ServiceAccount], names: [default], operations: [CREATE] } }] }
      mutate: ${mutate}
`;
  const texts = [teams, secret('team-a', 'regcred'), account('team-a/default', 'own'), web];
  const merge = '{ patchStrategicMerge: { imagePullSecrets: [{ name: regcred }] } }';
  const patch = '{ patchesJson6902: "- op: add\\n  path: /imagePullSecrets/-\\n  value: {name: regcred}\\n" }';
  const other =
    '{ foreach: [{ list: "request.object.imagePullSecrets", patchStrategicMerge: { imagePullSecrets: [] } }] }';
  expect(told(provenImages(...texts, policy(merge)))).toEqual(['team-a/web: regcred by on-accounts, covered']);
  expect(told(provenImages(...texts, policy(patch)))).toEqual([
    'team-a/web: own by account, regcred by on-accounts, covered',
  ]);
  expect(told(provenImages(...texts, policy(other)))).toEqual(['team-a/web: own by account, ? on-accounts, assumed']);
});

function generating(variables: string, generate: string, spec = ''): string {
  return `
apiVersion: policies.kyverno.io/v1
kind: GeneratingPolicy
metadata: { name: distribute }
spec:
  ${spec}
  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [namespaces] }] }
  variables: ${variables}
  generate: [{ expression: '${generate}' }]
---
`;
}

const source = '[{ name: source, expression: \'resource.Get("v1", "secrets", "tools", "regcred")\' }]';
const made = `${source.slice(0, -1)}, { name: made, expression: '[{"kind": dyn("Secret"), "apiVersion": dyn("v1"), "metadata": dyn({"name": "regcred"}), "type": dyn("kubernetes.io/dockerconfigjson"), "data": dyn({".dockerconfigjson": string(variables.source.data["x"])})}]' }]`;

test.each([
  ['clones', generating(source, 'generator.Apply(object.metadata.name, [variables.source])'), 'covered'],
  [
    'spells names the other way',
    generating(source, 'generator.apply(string(object.metadata.name), [variables.source])'),
    'covered',
  ],
  ['clones into another namespace', generating(source, 'generator.Apply("tools", [variables.source])'), 'missing'],
  [
    'makes the Secret from values',
    generating(made, 'generator.Apply(object.metadata.name, variables.made)'),
    'assumed',
  ],
  [
    'asks others what to write',
    generating(source, 'generator.Apply(object.metadata.name, http.Get("https://example.com/secrets"))'),
    'assumed',
  ],
  [
    'is for other namespaces',
    generating(
      source,
      'generator.Apply(object.metadata.name, [variables.source])',
      'matchConditions: [{ name: a, expression: \'object.metadata.name.startsWith("x-")\' }]',
    ),
    'missing',
  ],
  ['writes no Secrets', generating('[]', 'generator.Apply(object.metadata.name, [{"kind": "ConfigMap"}])'), 'missing'],
])('a GeneratingPolicy that %s', (_name, policy, verdict) => {
  const [image] = provenImages(teams, secret('tools', 'regcred'), account('team-a/default', 'regcred'), web, policy);
  expect(image?.verdict).toBe(verdict);
});

test('a copy may be the original of another one, and of itself it is none', () => {
  const policy = (name: string, from: string, to: string) =>
    generating(
      `[{ name: source, expression: 'resource.Get("v1", "secrets", "${from}", "regcred")' }]`,
      'generator.Apply(object.metadata.name, [variables.source])',
      `matchConditions: [{ name: a, expression: 'object.metadata.name == "${to}"' }]`,
    ).replace('distribute', name);
  const texts = [teams, namespace('hub'), account('team-a/default', 'regcred'), web];
  const chain = policy('second', 'hub', 'team-a') + policy('first', 'tools', 'hub');
  expect(told(provenImages(...texts, secret('tools', 'regcred'), chain))).toEqual([
    'team-a/web: regcred by account from policy second, covered',
  ]);
  const circle = policy('second', 'hub', 'team-a') + policy('first', 'team-a', 'hub');
  expect(told(provenImages(...texts, circle))).toEqual(['team-a/web: regcred by account from policy second, assumed']);
});

const reflection = 'reflector.v1.k8s.emberstack.com/reflection';
const replicate = 'replicator.v1.mittwald.de';
const empty = (annotation: string, from: string) =>
  `{ apiVersion: v1, kind: Secret, metadata: { name: regcred, namespace: team-a, annotations: { ${annotation}: ${from} } }, type: kubernetes.io/dockerconfigjson, data: { .dockerconfigjson: e30= } }`;

test.each([
  [
    'reflector',
    { [`${reflection}-allowed`]: 'true', [`${reflection}-auto-enabled`]: 'true' },
    '',
    'reflector, covered',
  ],
  [
    'reflector, by names',
    {
      [`${reflection}-allowed`]: 'true',
      [`${reflection}-auto-enabled`]: 'true',
      [`${reflection}-auto-namespaces`]: 'x, team-.*',
    },
    '',
    'reflector, covered',
  ],
  [
    'reflector, for others',
    {
      [`${reflection}-allowed`]: 'true',
      [`${reflection}-auto-enabled`]: 'true',
      [`${reflection}-auto-namespaces`]: 'team',
    },
    '',
    'missing',
  ],
  [
    'reflector, by labels',
    {
      [`${reflection}-allowed`]: 'true',
      [`${reflection}-auto-enabled`]: 'true',
      [`${reflection}-auto-namespaces-selector`]: 'pull in (yes, true),!skip',
    },
    '',
    'reflector, covered',
  ],
  ['reflector without consent', { [`${reflection}-auto-enabled`]: 'true' }, '', 'missing'],
  [
    'reflector, asked for',
    { [`${reflection}-allowed`]: 'true' },
    empty('reflector.v1.k8s.emberstack.com/reflects', 'tools/regcred'),
    'reflector, covered',
  ],
  ['reflector, asked for in vain', {}, empty('reflector.v1.k8s.emberstack.com/reflects', 'tools/regcred'), 'missing'],
  ['kubernetes-replicator', { [`${replicate}/replicate-to`]: 'a,team-[a-z]' }, '', 'kubernetes-replicator, covered'],
  [
    'kubernetes-replicator, by labels',
    { [`${replicate}/replicate-to-matching`]: 'pull=yes' },
    '',
    'kubernetes-replicator, covered',
  ],
  ['kubernetes-replicator, for others', { [`${replicate}/replicate-to`]: 'team' }, '', 'missing'],
  [
    'kubernetes-replicator, asked for',
    { [`${replicate}/replication-allowed`]: 'true', [`${replicate}/replication-allowed-namespaces`]: 'team-.*' },
    empty(`${replicate}/replicate-from`, 'tools/regcred'),
    'kubernetes-replicator, covered',
  ],
  ['the Flux operator', {}, empty('fluxcd.controlplane.io/copyFrom', 'tools/regcred'), 'flux-operator, covered'],
])('%s', (_name, annotations, further, expected) => {
  const texts = [
    namespace('team-a', { pull: 'yes' }),
    secret('tools', 'regcred', annotations),
    account('team-a/default', 'regcred'),
  ];
  const [line = ''] = told(provenImages(...texts, `${further}\n---\n`, web));
  expect(line).toBe(`team-a/web: regcred by account${expected === 'missing' ? ', ' : ' from '}${expected}`);
});

function patcher(env: Readonly<Record<string, string>>, further = ''): string {
  const settings = JSON.stringify(Object.entries(env).map(([name, value]) => ({ name, value })));
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: patcher, namespace: tools }
spec:
  template:
    spec:
      containers:
        - name: patcher
          image: mirror.example.com/titansoft/imagepullsecret-patcher:v0.14
          env: ${settings}
          ${further}
          volumeMounts: [{ name: source, mountPath: /app/secrets }]
      volumes: [{ name: source, secret: { secretName: regcred } }]
---
`;
}

const path = { CONFIG_DOCKERCONFIGJSONPATH: '/app/secrets/.dockerconfigjson' };

test.each([
  [
    'with its defaults',
    patcher(path),
    'default',
    ['team-a/web: image-pull-secret by patcher from imagepullsecret-patcher, covered'],
  ],
  [
    'under another name',
    patcher({ ...path, CONFIG_SECRETNAME: 'pull' }),
    'default',
    ['team-a/web: pull by patcher from imagepullsecret-patcher, covered'],
  ],
  ['for another account', patcher(path), 'builder', ['team-a/web: missing']],
  [
    'for all accounts',
    patcher({ ...path, CONFIG_ALLSERVICEACCOUNT: 'true' }),
    'builder',
    ['team-a/web: image-pull-secret by patcher from imagepullsecret-patcher, covered'],
  ],
  [
    'for named accounts',
    patcher({ ...path, CONFIG_SERVICEACCOUNTS: 'x,builder' }),
    'builder',
    ['team-a/web: image-pull-secret by patcher from imagepullsecret-patcher, covered'],
  ],
  [
    'without this namespace',
    patcher({ ...path, CONFIG_EXCLUDED_NAMESPACES: 'x,team-a' }),
    'default',
    ['team-a/web: missing'],
  ],
  ['with arguments', patcher(path, 'args: ["-allserviceaccount"]'), 'default', ['team-a/web: ? patcher, assumed']],
  [
    'with a value of its own',
    patcher({ CONFIG_DOCKERCONFIGJSON: '{}' }),
    'default',
    ['team-a/web: image-pull-secret by patcher from imagepullsecret-patcher, assumed'],
  ],
])('imagepullsecret-patcher %s', (_name, text, name, expected) => {
  const pod = workload('Deployment', 'team-a/web', 'corp.example.com/web:1', `serviceAccountName: ${name},`);
  const images = provenImages(teams, secret('tools', 'regcred'), account('team-a/builder'), pod, text);
  expect(told(images).filter((line) => line.startsWith('team-a/'))).toEqual(expected);
});

test('a namespace may leave imagepullsecret-patcher out by an annotation', () => {
  const own = namespace('team-a', {}, { 'k8s.titansoft.com/imagepullsecret-patcher-exclude': 'true' });
  const images = provenImages(own, secret('tools', 'regcred'), web, patcher(path));
  expect(told(images)).toContain('team-a/web: missing');
});

test.each([
  ['namespaceSelectors: [{ matchLabels: { pull: "no" } }, { matchLabels: { pull: "yes" } }]', 'assumed'],
  ['namespaceSelectors: [{}]', 'assumed'],
  ['namespaces: [team-a]', 'assumed'],
  ['namespaceSelector: { matchExpressions: [{ key: pull, operator: NotIn, values: ["yes"] }] }', 'missing'],
  ['namespaces: [team-b]', 'missing'],
])('a ClusterExternalSecret with %s', (where, verdict) => {
  const text = `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: everywhere }
spec:
  externalSecretName: regcred
  ${where}
  externalSecretSpec:
    target:
      template:
        type: kubernetes.io/dockerconfigjson
        data: { .dockerconfigjson: '{"auths":{"corp.example.com":{"auth":"{{ .auth }}"}}}' }
`;
  const texts = [namespace('team-a', { pull: 'yes' }), account('team-a/default', 'regcred'), web, text];
  const [image] = provenImages(...texts);
  expect([image?.verdict, image?.credentials.map(({ key }) => key)]).toEqual([
    verdict,
    verdict === 'assumed' ? ['corp.example.com'] : [],
  ]);
});

test('of a namespace that nothing declares only the name is known', () => {
  const byLabel = clone('', 'any: [{ resources: { kinds: [Namespace], selector: { matchLabels: { pull: "yes" } } } }]');
  const texts = [secret('tools', 'regcred'), account('team-a/default', 'regcred'), web];
  expect(told(provenImages(...texts, byLabel))).toEqual([
    'team-a/web: regcred by account from policy sync-secrets, assumed',
  ]);
  expect(told(provenImages(...texts, clone()))).toEqual([
    'team-a/web: regcred by account from policy sync-secrets, covered',
  ]);
});

test('a Secret that is there is left alone by what copies', () => {
  const own = secret('team-a', 'regcred').replace(/ data: \{[^}]*\}/, ' data: { .dockerconfigjson: e30= }');
  expect(
    told(provenImages(teams, secret('tools', 'regcred'), own, account('team-a/default', 'regcred'), web, clone())),
  ).toEqual(['team-a/web: regcred by account, missing']);
});

test.each([
  ['excludedNamespaces: ["kube-*"]', 'team-a/web: ? on-pods, assumed'],
  ['excludedNamespaces: ["team-*"]', 'team-a/web: missing'],
  ['namespaces: [other]', 'team-a/web: missing'],
  ['namespaceSelector: { matchLabels: { pull: "yes" } }', 'team-a/web: missing'],
  ['kinds: [{ apiGroups: ["*"], kinds: [ServiceAccount] }]', 'team-a/web: missing'],
])('what Gatekeeper does to pods is not known, but where it may is: { %s }', (match, expected) => {
  const mutation = `
apiVersion: mutations.gatekeeper.sh/v1
kind: ModifySet
metadata: { name: on-pods }
spec:
  applyTo: [{ groups: [""], versions: [v1], kinds: [Pod] }]
  match: { ${match} }
  location: spec.imagePullSecrets
  parameters: { operation: merge, values: { fromList: [{ name: regcred }] } }
`;
  expect(told(provenImages(teams, web, mutation))).toEqual([expected]);
});
