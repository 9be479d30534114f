import { compareText } from '../../model/names/names.js';
import type { Registry } from '../../model/registry/registry.js';
import type { ClusterPullSecret } from '../../model/vocabulary/cluster.js';
import { externalOf } from '../../model/vocabulary/sources.js';
import type { MetadataSpec } from '../../model/vocabulary/spec.js';
import { dockerConfigTemplate } from './docker-config-template.js';
import { type ExternalValues, entriesOf, hubValues, providerValues } from './external-values.js';
import { templateText } from './go-template.js';

/** Input for the spec of an ExternalSecret that makes a pull secret, beside the pull secret. */
export interface ExternalSecretProps {
  /** The registries that the docker config is to have. */
  readonly registries: readonly Registry[];
  /** Labels and annotations of the Secret. */
  readonly metadata: MetadataSpec | undefined;
  /** True where it is the only one of the cluster that reads the provider. @default false */
  readonly isAlone?: boolean;
  /** @default 'Owner' */
  readonly creationPolicy?: 'Owner' | 'Orphan';
}

/**
 * The spec of an ExternalSecret whose template composes the docker config, so that values never leave the store and the
 * cluster. It always has a template: without one the operator copies labels and annotations, Argo CD's tracking among
 * them, onto the Secret (external-secrets, pkg/controllers/externalsecret).
 */
export function pullSecretExternal(pullSecret: ClusterPullSecret, props: ExternalSecretProps): unknown {
  const { registries, metadata, isAlone = false, creationPolicy = 'Owner' } = props;
  const { email, hub, refreshInterval } = externalOf(pullSecret);
  return externalSpec(
    hub ? hubValues(pullSecret, registries) : providerValues(pullSecret, registries, isAlone),
    hub ? hub.copyInterval : refreshInterval,
    {
      creationPolicy,
      deletionPolicy: 'Retain',
      name: pullSecret.name,
      template: {
        data: { '.dockerconfigjson': dockerConfigTemplate(entriesOf(pullSecret, registries), email) },
        engineVersion: 'v2',
        ...templateMetadata(metadata),
        type: 'kubernetes.io/dockerconfigjson',
      },
    },
  );
}

/**
 * The spec of the ExternalSecret of a hub: the values of all registries as the provider gives them, in no docker config.
 * Its Secret carries none of the pull secret's annotations: one may be meant for something that copies.
 */
export function hubExternal(name: string, pullSecret: ClusterPullSecret, registries: readonly Registry[]): unknown {
  const interval = externalOf(pullSecret).refreshInterval;
  return externalSpec(providerValues(pullSecret, registries, true), interval, {
    creationPolicy: 'Owner',
    deletionPolicy: 'Retain',
    name,
    template: { engineVersion: 'v2', type: 'Opaque' },
  });
}

/** Keys are in order: there may be thousands of these, and sorting takes time. */
function externalSpec(
  { secretStoreRef, ...values }: ExternalValues,
  refreshInterval: string,
  target: unknown,
): unknown {
  return { ...values, refreshInterval, ...(secretStoreRef !== undefined && { secretStoreRef }), target };
}

function templateMetadata({ labels, annotations }: MetadataSpec = {}): Record<string, unknown> {
  if (!labels && !annotations) return {};
  return {
    metadata: {
      ...(annotations && { annotations: templateTexts(annotations) }),
      ...(labels && { labels: templateTexts(labels) }),
    },
  };
}

type Texts = Readonly<Record<string, string>>;

/** The operator runs these through the template engine too. */
function templateTexts(texts: Texts): Texts {
  const escaped = Object.entries(texts).map(([key, text]) => [key, templateText(text)] as const);
  return Object.fromEntries(escaped.sort(([a], [b]) => compareText(a, b)));
}
