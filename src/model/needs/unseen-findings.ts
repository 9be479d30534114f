import { ImageReference } from '../image/image-reference.js';
import type { Inventory } from '../inventory/found-inventory.js';
import type { StandInObject, UnknownObject, Unseen, UnusedTemplate } from '../inventory/unseen-object.js';
import { sortedUnique } from '../names/names.js';
import { At } from '../problem/at.js';
import type { Place, Problem } from '../problem/problem.js';
import { type Words, words } from '../problem/shown.js';
import type { ClusterModel } from '../vocabulary/cluster.js';

/** Findings about pods that nobody has seen: one for each kind, of stand-ins one for each kind and folder. */
export function unseenFindings(
  { unseen }: Pick<Inventory, 'unseen'>,
  cluster: Pick<ClusterModel, 'registryIndex'>,
): Problem[] {
  const standIns = unseen.filter((each) => each.is === 'stand-in');
  const unknown = unseen.flatMap((each) => (each.is === 'unknown' ? privatePart(each, cluster) : []));
  const unused = unseen.flatMap((each) => (each.is === 'unused template' ? closedPart(each, cluster) : []));
  return [
    ...groups(standIns, ({ apiVersion, kind, place, isFollowed }) =>
      isFollowed ? `${apiVersion} ${kind} of ${place?.file}` : `${apiVersion} ${kind} ${folderOf(place) ?? ''}`,
    ).map(standInFinding),
    ...groups(unknown, ({ apiVersion, kind }) => `${apiVersion} ${kind}`).map(unknownFinding),
    ...groups(unused, ({ apiVersion, kind }) => `${apiVersion} ${kind}`).map(unusedFinding),
  ];
}

type Group<T> = readonly [T, ...T[]];

function groups<T extends Unseen>(objects: readonly T[], keyOf: (object: T) => string): Group<T>[] {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const object of objects) {
    const group = byKey.get(keyOf(object));
    if (group) group.push(object);
    else byKey.set(keyOf(object), [object]);
  }
  return [...byKey.values()];
}

/** Containers, and images that may need a credential: those of a declared registry, or with a host that is not declared. */
function privatePart(object: UnknownObject, { registryIndex }: Pick<ClusterModel, 'registryIndex'>): UnknownObject[] {
  const inContainers = ({ path }: { readonly path: string }) =>
    object.podSpecs.some((podSpec) => path.startsWith(podSpec === '' ? '' : `${podSpec}.`));
  const images = object.images.filter((text) => {
    const reference = ImageReference.tryParse(text.image);
    if ('error' in reference || inContainers(text)) return false;
    const registry = registryIndex.find(reference);
    return registry ? registry.access !== 'public' : text.isNamed && text.image.startsWith(`${reference.domain}/`);
  });
  return object.podSpecs.length + images.length === 0 ? [] : [{ ...object, images }];
}

/** The images that not everybody may pull, or of which nobody knows it. */
function closedPart(object: UnusedTemplate, { registryIndex }: Pick<ClusterModel, 'registryIndex'>): UnusedTemplate[] {
  const images = object.images.filter((image) => {
    const reference = ImageReference.tryParse(image);
    return 'error' in reference || registryIndex.find(reference)?.access !== 'public';
  });
  return images.length === 0 ? [] : [{ ...object, images }];
}

function unusedFinding(group: Group<UnusedTemplate>): Problem {
  const [{ kind, name, place }] = group;
  const images = sortedUnique(group.flatMap((each) => each.images));
  return At.of(place).find(
    'template-unused',
    words`${kind} ${name} is used by nothing that was read${others(group)}, so nobody knows in which namespaces these images are pulled: ${images}`,
    words`list what uses it; or say by hand what those namespaces need, namespaces: { <name>: { pullSecrets: [<name>] } }, and acknowledge: [{ kind: ${kind}, ${group.length === 1 ? words`name: ${name}, ` : ''}reason: … }]`,
  );
}

function standInFinding(group: Group<StandInObject>): Problem {
  const [{ kind, name, place, isFollowed }] = group;
  if (isFollowed)
    return At.of(place).find(
      'not-rendered',
      words`${kind} ${name} was not rendered${others(group)}${inValues(group)}`,
      'see what is said about its chart',
    );
  return At.of(place).find(
    'not-rendered',
    words`${kind} ${name} stands for pods that nobody has read${others(group)}${inValues(group)}`,
    standInHint(group),
  );
}

/** The images that the objects name in values of a chart, which was not rendered. */
function inValues(group: Group<StandInObject>): Words {
  const images = sortedUnique(
    group.flatMap(({ images: own }) => own.flatMap(({ image, isNamed }) => (isNamed ? image : []))),
  );
  return images.length === 0 ? words`` : words`; of its values these images are known: ${images}`;
}

/** An entry that follows the objects, else what to render by hand. */
function standInHint([{ apiVersion, kind, name, place }]: Group<StandInObject>): Words {
  if (operators.test(apiVersion))
    return words`its images stand in its catalogue alone: say by hand what its namespace needs, namespaces: { <namespace>: { pullSecrets: [<name>] } }, and acknowledge: [{ kind: ${kind}, name: ${name}, reason: … }]`;
  const engine = engineKeys.find(({ group }) => group.test(apiVersion))?.key;
  const folder =
    place && isFile(place) ? place.file.slice(0, Math.max(place.file.lastIndexOf('/'), 0)) || '.' : undefined;
  const leaveOut = folder !== undefined && place ? words`leave the object out: "!${place.file}"` : '';
  if (engine && folder !== undefined)
    return words`follow it: { ${engine}: ${folder} } under workloads; or list what it applies, rendered, and ${leaveOut}`;
  return words`list what it applies, rendered, under workloads${leaveOut === '' ? '' : words`, then ${leaveOut}`}`;
}

/** Groups of the objects from which the Operator Lifecycle Manager installs. */
const operators = /^(?:operators\.coreos\.com|olm\.operatorframework\.io)\//;

const engineKeys = [
  { key: 'argocd', group: /^argoproj\.io\// },
  { key: 'flux', group: /^(?:kustomize|helm)\.toolkit\.fluxcd\.io\/|^fluxcd\.controlplane\.io\// },
] as const;

function unknownFinding(group: Group<UnknownObject>): Problem {
  const [{ kind, name, place, podSpecs, images }] = group;
  const what =
    podSpecs.length > 0
      ? `containers in ${podSpecs[0] || 'the object itself'}`
      : `the image ${images[0]?.image} in ${images[0]?.path}`;
  return At.of(place).find(
    'kind-unknown',
    words`${name === '' ? kind : words`${kind} ${name}`} is of a kind that is not known, and has ${what}${others(group)}`,
    group.every((object) => object.podSpecs.length === 0 && object.images.every(({ isInParts }) => isInParts))
      ? words`if it runs the image, render what its operator makes of it; if not: acknowledge: [{ kind: ${kind}, reason: … }]`
      : words`if it runs pods: podKinds: [${podKindLine(group)}]`,
  );
}

/** The entry of `podKinds` that covers all objects of a group. */
function podKindLine(group: Group<UnknownObject>): string {
  const [{ apiVersion, kind }] = group;
  const [podSpec, ...further] = sortedUnique(group.flatMap(({ podSpecs }) => podSpecs)).filter((path) => path !== '');
  const images = sortedUnique([
    ...further.flatMap((path) => containerLists.map((list) => `${path}.${list}[].image`)),
    ...(group.some(({ podSpecs }) => podSpecs.includes('')) ? containerLists.map((list) => `${list}[].image`) : []),
    ...group.flatMap((object) => object.images.flatMap(({ path, isInParts }) => (isInParts ? [] : [path]))),
  ]);
  const parts = [
    `apiVersion: ${yamlText(apiVersion)}`,
    `kind: ${yamlText(kind)}`,
    ...(podSpec === undefined ? [] : [`podSpec: ${yamlText(podSpec)}`]),
    ...(images.length === 0 ? [] : [`images: [${images.map(yamlText).join(', ')}]`]),
  ];
  return `{ ${parts.join(', ')} }`;
}

const containerLists = ['containers', 'initContainers'];

function yamlText(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

function others(group: readonly Unseen[]): string {
  return group.length === 1 ? '' : `, and ${group.length - 1} more`;
}

/** The first folder of a path. */
function folderOf(place: Place | undefined): string | undefined {
  return place?.file.includes('/') ? place.file.slice(0, place.file.indexOf('/')) : undefined;
}

function isFile({ file }: Place): boolean {
  return !file.startsWith('<');
}
