import { ImageReference } from '../image/image-reference.js';
import type { Inventory } from '../inventory/found-inventory.js';
import { headText } from '../inventory/object-head.js';
import type { TextImage } from '../inventory/text-image.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { isOnNodes } from '../vocabulary/distributions.js';
import { missingHint } from './finding-collector.js';
import type { Need } from './need.js';

const maxWarnings = 20;

interface Candidate {
  readonly text: TextImage;
  readonly reference: ImageReference;
  readonly registry: Registry;
}

/**
 * Warnings about texts that name an image of a private registry, one for each image and namespace. A namespace whose
 * default account has a pull secret for the registry, or that was given one by hand, needs none.
 */
export function imagesInText(
  { textImages }: Pick<Inventory, 'textImages'>,
  cluster: ClusterModel,
  needs: readonly Need[],
): Problem[] {
  if (textImages.length === 0) return [];
  const covered = coveredBy(needs);
  const groups = new Map<string, [Candidate, ...Candidate[]]>();
  for (const text of textImages) {
    const candidate = privateImage(text, cluster);
    if (!candidate || covered.has(`${text.namespace} ${candidate.registry.name}`)) continue;
    if (pullSecretsOf(cluster, candidate.registry).some(isOnNodes)) continue;
    const key = `${text.namespace ?? ''} ${candidate.reference.name}`;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  const all = [...groups.values()];
  const more = all.length - maxWarnings;
  return [
    ...all.slice(0, maxWarnings).map((group) => warning(group, cluster)),
    ...(more > 0 ? [At.of().warn('image-in-text', words`${more} more images are named in texts`)] : []),
  ];
}

/** Namespace and registry of what a pod of the default account would be offered, or of what is said by hand. */
function coveredBy(needs: readonly Need[]): ReadonlySet<string> {
  return new Set(
    needs
      .filter(({ serviceAccount, why }) => serviceAccount === 'default' || 'byHand' in why)
      .flatMap(({ namespace, registries }) => registries.map(({ name }) => `${namespace} ${name}`)),
  );
}

function privateImage(text: TextImage, { registryIndex }: ClusterModel): Candidate | undefined {
  const reference = ImageReference.tryParse(text.image);
  if ('error' in reference) return undefined;
  const registry = registryIndex.find(reference);
  if (registry?.access !== 'private' || registry.preset === 'openshift') return undefined;
  return { text, reference, registry };
}

function warning(group: readonly [Candidate, ...Candidate[]], cluster: ClusterModel): Problem {
  const [{ text, registry, reference }, ...others] = group;
  const { kind, name, namespace = '<namespace>', path, place } = text;
  const [pullSecret] = pullSecretsOf(cluster, registry);
  return At.of(place).warn(
    'image-in-text',
    words`${headText({ kind, name, namespace: text.namespace })} names ${reference.name} in ${path}${others.length > 0 ? `, and ${others.length} more` : ''}: a pod that is made of it is covered by nothing`,
    pullSecret
      ? words`if it runs as the default account there: namespaces: { ${namespace}: { pullSecrets: [${pullSecret.name}] } }`
      : missingHint(registry, []),
  );
}

function pullSecretsOf(cluster: ClusterModel, registry: Registry): ClusterPullSecret[] {
  return [...cluster.pullSecrets.values()].filter(({ registries }) => registries.includes(registry));
}
