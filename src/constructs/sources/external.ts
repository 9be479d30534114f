import type { ApiObject } from 'cdk8s';
import { gitopsAnnotations } from '../../gitops/annotations.js';
import type { Registry } from '../../model/registry/registry.js';
import { compareText } from '../../model/spec/names.js';
import type { ExternalSourceSpec } from '../../model/spec/spec.js';
import { compareVersions } from '../../model/spec/version.js';
import { ManifestObject } from '../manifest-object.js';
import { metadataOf } from '../metadata.js';
import type { NamespacedPullSecret } from '../namespaced-pull-secret.js';
import { templateKey, templateString, templateText } from './go-template.js';

/**
 * An ExternalSecret whose template composes the docker config, so that values never leave the store and the cluster.
 * It always has a template: without one the operator copies labels and annotations, Argo CD's tracking among them, onto
 * the Secret (external-secrets, pkg/controllers/externalsecret).
 */
export function externalSecret(at: NamespacedPullSecret): ApiObject {
  const { name, spec } = at.pullSecret;
  const external = spec.source.external as ExternalSourceSpec;
  const { labels, annotations } = spec.metadata ?? {};
  const role = at.isSource ? 'sourceExternalSecret' : 'externalSecret';
  return new ManifestObject(at.namespace, at.id, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: metadataOf({
      name,
      namespace: at.namespace.name,
      labels,
      annotations: { ...gitopsAnnotations(at.namespace.cluster.model().gitops, role), ...annotations },
    }),
    fields: { spec: () => externalSpec(at, external) },
  });
}

function externalSpec(at: NamespacedPullSecret, external: ExternalSourceSpec): Record<string, unknown> {
  const { name } = at.pullSecret;
  const metadata = secretMetadata(at);
  const entries = entriesOf(at, external);
  return {
    data: uniqueRefs(entries.flatMap((entry) => remoteRefs(entry, external))),
    refreshInterval: external.refreshInterval ?? '1h0m0s',
    secretStoreRef: { kind: external.storeKind ?? 'ClusterSecretStore', name: external.store },
    target: {
      creationPolicy: ownsSecret(at) ? 'Owner' : 'Orphan',
      deletionPolicy: 'Retain',
      name,
      template: {
        data: { '.dockerconfigjson': dockerConfigTemplate(entries, external) },
        engineVersion: 'v2',
        ...(metadata && { metadata }),
        type: 'kubernetes.io/dockerconfigjson',
      },
    },
  };
}

/** Copies carry the metadata of the Secret that they are made from, so what protects them stands on it. */
function secretMetadata(at: NamespacedPullSecret): Record<string, Texts> | undefined {
  const { labels, annotations } = at.pullSecret.spec.metadata ?? {};
  const protection = at.isSource ? gitopsAnnotations(at.namespace.cluster.model().gitops, 'sourceSecret') : {};
  const all = { ...protection, ...annotations, ...at.copyAnnotations };
  const hasAnnotations = annotations !== undefined || Object.keys(all).length > 0;
  if (!hasAnnotations && !labels) return undefined;
  return {
    ...(hasAnnotations && { annotations: templateTexts(all) }),
    ...(labels && { labels: templateTexts(labels) }),
  };
}

/**
 * Before Kyverno 1.19 a GeneratingPolicy clones ownerReferences too, which dangle in another namespace: the garbage
 * collector then takes the clone (kyverno#15444, kyverno#16716).
 */
function ownsSecret({ isSource, pullSecret, namespace }: NamespacedPullSecret): boolean {
  const { kyverno } = namespace.cluster.model().versions;
  return (
    !isSource ||
    pullSecret.model?.cloneEngine !== 'kyverno' ||
    (kyverno !== undefined && compareVersions(kyverno, '1.19') >= 0)
  );
}

type Texts = Readonly<Record<string, string>>;

/** The operator runs these through the template engine too. */
function templateTexts(texts: Texts): Texts {
  const escaped = Object.entries(texts).map(([key, text]) => [key, templateText(text)] as const);
  return Object.fromEntries(escaped.sort(([a], [b]) => compareText(a, b)));
}

/** One entry of the docker config and where its values are. */
interface Entry {
  readonly authsKey: string;
  readonly remoteKey: string;
  /** A fixed user name; undefined where it is read from the store. */
  readonly username: string | undefined;
  readonly usernameKey: string;
  readonly passwordKey: string;
}

function entriesOf(at: NamespacedPullSecret, external: ExternalSourceSpec): Entry[] {
  // One key for a registry and its auth host holds one credential.
  const alone = at.pullSecret.spec.registries.length === 1 || external.key !== undefined;
  // Registry names are DNS labels, so no two of them become the same identifier.
  return at.registries.map((registry) =>
    entryOf(registry, external, alone ? '' : `${registry.name.replaceAll('-', '_')}_`),
  );
}

function entryOf(registry: Registry, external: ExternalSourceSpec, prefix: string): Entry {
  return {
    authsKey: registry.key,
    remoteKey: external.keys?.[registry.name] ?? external.key ?? '',
    username: external.username ?? registry.fixedUsername,
    usernameKey: `${prefix}username`,
    passwordKey: `${prefix}password`,
  };
}

interface RemoteRef {
  readonly remoteRef: { readonly key: string; readonly property: string };
  readonly secretKey: string;
}

function remoteRefs(entry: Entry, external: ExternalSourceSpec): RemoteRef[] {
  const { username = 'username', password = 'password' } = external.properties ?? {};
  const ref = (secretKey: string, property: string): RemoteRef => ({
    remoteRef: { key: entry.remoteKey, property },
    secretKey,
  });
  const forPassword = ref(entry.passwordKey, password);
  return entry.username === undefined ? [ref(entry.usernameKey, username), forPassword] : [forPassword];
}

function uniqueRefs(refs: readonly RemoteRef[]): RemoteRef[] {
  return [...new Map(refs.map((ref) => [ref.secretKey, ref])).values()];
}

/** `toJson` quotes values, `b64enc` makes `auth`; both run in the cluster. Keys are sorted, as everywhere. */
function dockerConfigTemplate(entries: readonly Entry[], external: ExternalSourceSpec): string {
  const sorted = [...entries].sort((a, b) => (a.authsKey < b.authsKey ? -1 : 1));
  const auths = sorted.map(
    (entry) => `${templateText(JSON.stringify(entry.authsKey))}:${entryTemplate(entry, external)}`,
  );
  return `{"auths":{${auths.join(',')}}}`;
}

function entryTemplate(entry: Entry, external: ExternalSourceSpec): string {
  const password = templateKey(entry.passwordKey);
  const username = entry.username === undefined ? templateKey(entry.usernameKey) : templateString(entry.username);
  const email = external.email === undefined ? '' : `"email":${templateText(JSON.stringify(external.email))},`;
  const usernameJson =
    entry.username === undefined ? `{{ ${username} | toJson }}` : templateText(JSON.stringify(entry.username));
  return (
    `{"auth":"{{ printf "%s:%s" ${username} ${password} | b64enc }}",${email}` +
    `"password":{{ ${password} | toJson }},"username":${usernameJson}}`
  );
}
