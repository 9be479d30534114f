import { z } from 'zod';
import { presetNames } from '../model/registry/registry-presets.js';
import { distributionNames } from '../model/vocabulary/distributions.js';
import { engineNames, kyvernoEngineNames } from '../model/vocabulary/engines.js';
import type { ImagePullSpec } from '../model/vocabulary/spec.js';
import { generator } from './generator-schema.js';

// Descriptions become the hover texts of the JSON Schema and docs/config.md.
const text = () => z.string();
const texts = () => z.array(z.string());
const map = <T extends z.ZodType>(value: T) => z.record(z.string(), value);
const nothing = () => z.strictObject({}).readonly();

const registry = z.strictObject({
  preset: z.enum(presetNames).optional().describe('What the registry is; gives the host where the host is fixed.'),
  host: text().optional().describe('Host name with an optional port.'),
  path: text().optional().describe('Leading path of the repositories, by whole segments. Default: the whole host.'),
  access: z
    .enum(['private', 'optional', 'public'])
    .optional()
    .describe(
      'private: a pull must have a credential; optional: it takes one if there is one; public: it needs none. Default: private; optional for the whole of Docker Hub.',
    ),
  key: text().optional().describe("Key in the docker config, for readers with other rules than the kubelet's."),
  auth: text()
    .optional()
    .describe(
      'Name of the registry of the host that issues its tokens (delegated authentication), such as that of sso.redhat.com for registry.redhat.io.',
    ),
  account: text().optional().describe('AWS account, twelve digits (ecr).'),
  region: text().optional().describe('AWS region (ecr).'),
  name: text().optional().describe('Name of the registry (acr).'),
  location: text().optional().describe('Location, such as europe-west1 (gar) or eu (gcr).'),
  hosts: texts().optional().describe('Further host names of the same registry, such as an exposed route (openshift).'),
});

const external = z.strictObject({
  store: text().optional().describe('Name of the store. Required without a generator.'),
  storeKind: z.enum(['ClusterSecretStore', 'SecretStore']).optional().describe('Default: ClusterSecretStore.'),
  key: text().optional().describe('Remote key, where the pull secret has one registry, or one and its auth host.'),
  keys: map(text()).optional().describe('Remote key of each registry, by registry name.'),
  properties: z
    .strictObject({ username: text().optional(), password: text().optional() })
    .optional()
    .describe('Properties of the remote key that hold user name and password. Default: username and password.'),
  username: text().optional().describe('A fixed user name, such as _json_key; only the password is then read.'),
  generator: generator
    .optional()
    .describe('Instead of a store: what makes tokens inside the cluster, exactly one key. Required without a store.'),
  email: text().optional().describe('A fixed e-mail address in the entries.'),
  refreshInterval: text()
    .optional()
    .describe(
      'How often the store or generator is read. Default: 1h0m0s; with a generator well before its tokens expire.',
    ),
  fanOut: z
    .union(
      [
        z.literal('hub'),
        z.strictObject({
          hub: z.strictObject({
            namespace: text().optional().describe("The hub's namespace. Default: image-pull."),
            refreshInterval: text()
              .optional()
              .describe(
                'How often each namespace reads the hub. Default: 1h0m0s; with a generator well before its tokens expire.',
              ),
          }),
        }),
      ],
      { error: 'must be hub or { hub: { namespace, refreshInterval } }' },
    )
    .optional()
    .describe(
      'hub: the provider is read once per cluster, and namespaces read that. Default: each reads the provider.',
    ),
});

const plaintext = z.strictObject({
  acceptPlaintextInGit: z
    .boolean()
    .optional()
    .describe('Must be true: base64 is not encryption, and Git forgets nothing.'),
  file: text()
    .optional()
    .describe('A config.json or auth.json, or a Secret manifest that holds one, relative to this file.'),
  username: text().optional().describe('User name.'),
  password: text().optional().describe('Password or token.'),
  email: text().optional().describe('E-mail address.'),
});

const source = z.strictObject({
  existing: nothing().optional().describe('Only referenced: somebody else makes the Secret.'),
  external: external.optional().describe('An ExternalSecret; the values stay in their store.'),
  sealed: nothing().optional().describe('SealedSecret ciphertext kept in Git. Not yet.'),
  sops: nothing().optional().describe('SOPS ciphertext kept in Git. Not yet.'),
  plaintext: plaintext
    .optional()
    .describe('A docker config or literals, readable by everybody who reads the repository.'),
});

const kyvernoDistribution = z.strictObject({
  namespace: text().optional().describe('Namespace of the source Secret, which gets no clone. Default: image-pull.'),
  engine: z
    .enum(kyvernoEngineNames)
    .optional()
    .describe("Which kind of policy clones it. Default: the attachment's where it is Kyverno's, else kyverno."),
});
const sourceSecret = z.strictObject({
  namespace: text().optional().describe('Namespace of the source Secret, which gets no copy. Default: image-pull.'),
});
const quantities = () => map(text()).optional();
const patcher = z.strictObject({
  namespace: text()
    .optional()
    .describe('Namespace of the source Secret and the Deployment, which gets no copy. Default: image-pull.'),
  image: text()
    .optional()
    .describe('Image with a tag or digest. Default: quay.io/titansoft/imagepullsecret-patcher:v0.14.'),
  serviceAccounts: texts().optional().describe('Exact names of service accounts. Default: default.'),
  allServiceAccounts: z.boolean().optional().describe('Every service account. Default: false.'),
  force: z
    .boolean()
    .optional()
    .describe('Whether a Secret of that name with another content is deleted and made anew. Default: true.'),
  debug: z.boolean().optional().describe('Whether it logs what it leaves as it is. Default: false.'),
  loopDuration: text().optional().describe('How long it waits between two rounds. Default: 10s.'),
  resources: z
    .strictObject({ requests: quantities(), limits: quantities() })
    .optional()
    .describe('What its container requests and is limited to.'),
  managedOnly: z.boolean().optional().describe('Only false: with it no copy would be renewed.'),
  runOnce: z.boolean().optional().describe('Only false: a Deployment would start it again and again.'),
});
const distribution = z
  .union(
    [
      z.enum(distributionNames),
      z.strictObject({ kyverno: kyvernoDistribution.describe('One source Secret, cloned by a policy of Kyverno.') }),
      z.strictObject({ reflector: sourceSecret.describe('One source Secret, copied by reflector.') }),
      z.strictObject({ replicator: sourceSecret.describe('One source Secret, copied by kubernetes-replicator.') }),
      z.strictObject({ patcher: patcher.describe('One source Secret, copied by imagepullsecret-patcher.') }),
    ],
    {
      error: `must be ${distributionNames.join(', ')} or one of them with options, such as { kyverno: { namespace, engine } }`,
    },
  )
  .describe(
    'How a pull secret reaches namespaces. perNamespace is the default; clusterExternalSecret selects namespaces by labels; kyverno, reflector, replicator and patcher copy one source Secret; globalPullSecret puts it on every node of OpenShift.',
  );
const engine = z.enum(engineNames);
const policyVersion = z
  .literal('v1beta1')
  .optional()
  .describe('Version of MutatingAdmissionPolicy on Kubernetes 1.34 and 1.35 (native). Default: v1.');
const attachment = z
  .union(
    [
      z.enum(['serviceAccount', 'podTemplate', 'patcher', 'node']),
      z.strictObject({
        podPolicy: engine.describe('Added to pods at their creation, where an image needs it.'),
        apiVersion: policyVersion,
      }),
      z.strictObject({
        serviceAccountPolicy: engine.describe('Appended to the lists of service accounts.'),
        serviceAccounts: texts()
          .optional()
          .describe('Patterns of names. Default: default; with labels every account that carries them.'),
        labels: map(text()).optional().describe('Labels that the account must carry.'),
        apiVersion: policyVersion,
      }),
    ],
    {
      error:
        'must be serviceAccount, podTemplate, patcher, node, { podPolicy: <engine> } or { serviceAccountPolicy: <engine> }',
    },
  )
  .describe(
    'How a pod comes to use it. Default: serviceAccount on kubernetes, podTemplate on openshift; patcher comes with distribution patcher.',
  );

const metadata = z.strictObject({ labels: map(text()).optional(), annotations: map(text()).optional() });

const pullSecretKeys = {
  registries: texts().describe('Names of registries.'),
  source: source.describe('Where the value comes from: exactly one key.'),
  distribution: distribution.optional(),
  attachment: attachment.optional(),
  for: z
    .strictObject({
      namespaces: texts().optional().describe('Patterns of namespaces, * being any run of characters.'),
      labels: map(text()).optional().describe('Labels that the namespace must carry.'),
      clusters: texts().optional().describe('Names of clusters.'),
    })
    .optional()
    .describe('Narrows where it is used. Default: everywhere.'),
  allow: texts().optional().describe('Patterns of the namespaces that may have it. Default: every one that needs it.'),
  metadata: metadata.optional().describe('Labels and annotations of the objects written for it.'),
  keep: texts().optional().describe('Names that others put on the lists it is attached to and that must stay.'),
};
const pullSecret = z.strictObject(pullSecretKeys);

const ofUnnamed = 'The namespace of objects that name none.';
const workloads = z.array(
  z.union(
    [
      z.string(),
      z.strictObject({
        path: text().describe('A file, a folder, a glob, or - for standard input.'),
        namespace: text().optional().describe(ofUnnamed),
      }),
      z.strictObject({
        rendered: text().describe('Rendered output: a file, a folder, a glob, or - for standard input.'),
        from: text().optional().describe('The folder it was rendered from.'),
        namespace: text().optional().describe(ofUnnamed),
      }),
    ],
    { error: 'must be a path, { path, namespace } or { rendered, from, namespace }' },
  ),
);

const namespaces = map(
  z.strictObject({
    pullSecrets: texts().optional().describe('Pull secrets of the default account.'),
    serviceAccounts: map(
      z.strictObject({
        pullSecrets: texts().optional(),
        create: z
          .boolean()
          .optional()
          .describe('Whether to write the account although no manifest declares it. Default: true for default only.'),
        keep: texts().optional().describe('Names that others put on its list and that must stay.'),
      }),
    ).optional(),
    folder: text()
      .optional()
      .describe('The folder where its file goes with placement beside. Default: the folder of its workloads.'),
    declare: z
      .boolean()
      .optional()
      .describe(
        "Whether to write the Namespace. false: an application that syncs earlier declares it. Default: the cluster's declareNamespaces.",
      ),
    labels: map(text()).optional().describe('Labels of the Namespace, also for `for.labels`.'),
  }),
);

const grants = z.array(
  z.strictObject({
    from: text().describe('The namespace of the images.'),
    to: text().describe('The namespace of the pods.'),
    serviceAccounts: texts().optional().describe('Default: every account of `to`, as a group.'),
  }),
);

const bootstrap = z.strictObject({
  repository: text().optional().describe('URL of the Git repository (Argo CD).'),
  revision: text().optional().describe('Branch, tag or commit (Argo CD). Default: HEAD.'),
  path: text().optional().describe("The output folder's path in the repository. Default: dist."),
  project: text().optional().describe('AppProject (Argo CD). Default: default.'),
  namespace: text().optional().describe('Namespace of the emitted objects. Default: argocd, with flux flux-system.'),
  destination: z
    .strictObject({ server: text().optional(), name: text().optional() })
    .optional()
    .describe('Cluster to apply to (Argo CD).'),
  sourceRef: z
    .strictObject({ kind: text().optional(), name: text(), namespace: text().optional() })
    .optional()
    .describe(
      'Source object (Flux). Its kind is GitRepository by default, or OCIRepository, Bucket, ExternalArtifact.',
    ),
  shards: z
    .number()
    .optional()
    .describe('How many Applications or Kustomizations share the namespaces, by a hash of the name. Default: 1.'),
});

const current = z.strictObject({
  external: z
    .strictObject({
      store: text().describe('Name of the store.'),
      storeKind: z.enum(['ClusterSecretStore', 'SecretStore']).optional().describe('Default: ClusterSecretStore.'),
      key: text().describe('Remote key that holds the document.'),
      property: text().optional().describe('Property of the remote key. Default: the whole value.'),
    })
    .optional()
    .describe('The document in a store; the pull secrets that are merged into it have source external, too.'),
  plaintext: z
    .strictObject({
      acceptPlaintextInGit: z
        .boolean()
        .optional()
        .describe('Must be true: base64 is not encryption, and Git forgets nothing.'),
      file: text().describe('A docker config, or a Secret manifest that holds one, relative to this file.'),
    })
    .optional()
    .describe('The document in a file; the pull secrets that are merged into it have source plaintext, too.'),
});

const globalPullSecret = z.strictObject({
  current: current
    .optional()
    .describe('The whole document as it is today: exactly one key. Not with hosted. Default: none is written.'),
  hosted: z
    .boolean()
    .optional()
    .describe(
      'A hosted control plane (HyperShift, ROSA with HCP): only entries of ours, as kube-system/additional-pull-secret. Default: false.',
    ),
  refreshInterval: text().optional().describe('How often the stores are read (external). Default: 1h0m0s.'),
});

const cluster = z.strictObject({
  kubernetes: text().optional().describe('Kubernetes version, such as "1.35".'),
  openshift: text().optional().describe('OpenShift version; makes the platform openshift.'),
  kyverno: text().optional().describe('Version of Kyverno.'),
  externalSecrets: text().optional().describe('Version of the External Secrets Operator.'),
  gitops: z.enum(['argocd', 'flux']).optional().describe('Who applies the output. Default: argocd.'),
  placement: z
    .enum(['central', 'beside'])
    .optional()
    .describe('central: a tree of its own; beside: in the folders of the workloads. Default: central.'),
  distribution: distribution.optional(),
  attachment: attachment.optional(),
  declareNamespaces: z
    .boolean()
    .optional()
    .describe('Whether the namespaces that are served are written too. Default: true with placement central.'),
  kustomization: z.boolean().optional().describe('Writes a kustomization.yaml into each folder. Default: false.'),
  bootstrap: bootstrap.optional().describe('The objects that make Argo CD or Flux apply the output.'),
  workloads: workloads.optional().describe('Manifests of this cluster, added to the top-level ones.'),
  namespaces: namespaces.optional().describe('Needs of this cluster said by hand.'),
  grants: grants.optional().describe('Image-puller bindings of this cluster said by hand.'),
  globalPullSecret: globalPullSecret
    .optional()
    .describe('The pull secret that OpenShift puts on every node, for distribution globalPullSecret.'),
  pullSecrets: map(z.strictObject(pullSecretKeys).partial())
    .optional()
    .describe('Keys that differ from the top-level pull secret of that name.'),
});

/** The schema of image-pull.yaml: keys and types. What the values mean together, `check` decides. */
export const imagePullSchema = z.strictObject({
  $schema: text().optional(),
  version: z.literal(1, { error: 'must be 1' }).describe('Version of this vocabulary.'),
  registries: map(registry).optional().describe('Registries by name: a host with an optional path.'),
  pullSecrets: map(pullSecret).optional().describe('Pull secrets by name, the name of the Secret.'),
  clusters: map(cluster).describe('Clusters by name, the folder below the output folder.'),
  workloads: workloads
    .optional()
    .describe('Manifests that every cluster runs: files, folders, globs, !exclusions, - for standard input.'),
  namespaces: namespaces.optional().describe('Needs said by hand, added to the derived ones.'),
  grants: grants.optional().describe('Image-puller bindings said by hand (OpenShift).'),
  share: map(texts())
    .optional()
    .describe("For an image's namespace, patterns of the namespaces that may pull from it."),
  exclude: z
    .array(
      z.strictObject({
        namespace: text().optional(),
        serviceAccount: text().optional(),
        pullSecret: text().optional(),
      }),
    )
    .optional()
    .describe('Needs and grants to take away; an entry that names a pull secret takes no grant.'),
  overlap: z
    .union([texts(), z.array(texts())], { error: 'must be two pull secrets, or a list of such pairs' })
    .optional()
    .describe('Two pull secrets attached together and in this order while one replaces the other.'),
  retire: z
    .array(
      z.strictObject({
        pullSecret: text().optional().describe('Name of a pull secret; it need not be declared any more.'),
        namespace: text().optional().describe('Pattern of namespaces; they need not exist any more.'),
        serviceAccount: text()
          .optional()
          .describe('A service account: its list, and the pull secrets it listed that nothing else needs.'),
        clusters: texts().optional().describe('Names of clusters. Default: every one.'),
      }),
    )
    .optional()
    .describe(
      'Access that may leave, in two steps: with the entry, lists are shortened and pull secrets stay; without it, they go. Every part that is given must match.',
    ),
  podKinds: z
    .array(
      z.strictObject({
        apiVersion: text().optional().describe('Group, or group and version.'),
        kind: text(),
        podSpec: text().optional().describe('Path of a pod spec.'),
        images: texts().optional().describe('Paths of images.'),
        serviceAccount: text().optional().describe('Path of the service account.'),
        pullSecrets: text().optional().describe('Path of the list of pull secrets.'),
      }),
    )
    .optional()
    .describe('Further kinds that hold pods.'),
});

/** Fails to compile when schema and interfaces drift apart. */
export type SchemaMatchesSpec = z.infer<typeof imagePullSchema> extends ImagePullSpec ? true : never;
export const schemaMatchesSpec: SchemaMatchesSpec = true;
