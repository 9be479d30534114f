import { plainTree, type Tree } from './tree.js';

/** The tag of an image stream: the name of the stream, its namespace where one is stated, and the whole name. */
export interface StreamTag {
  readonly name: string;
  readonly namespace?: string;
  readonly tag: string;
}

/** Finds what fills a container's image: by the list it is in, its name and its index. */
export type TriggerLookup = (list: string, name: string | undefined, index: number) => StreamTag | undefined;

/**
 * Reads what fills the images of an object on OpenShift that are blank or short names: the image-change triggers of a
 * DeploymentConfig, and the annotation `image.openshift.io/triggers` of other kinds.
 *
 * @see https://docs.openshift.com/container-platform/latest/openshift_images/triggering-updates-on-imagestream-changes.html
 */
export function imageTriggers(object: Tree): TriggerLookup {
  const byName = new Map<string, StreamTag>();
  const byIndex = new Map<string, StreamTag>();
  for (const trigger of object.get('spec')?.get('triggers')?.items() ?? []) {
    const change = trigger.get('imageChangeParams');
    const stream = streamOf(change?.get('from'));
    if (!stream) continue;
    for (const name of change?.get('containerNames')?.items() ?? []) {
      for (const list of ['containers', 'initContainers']) byName.set(`${list} ${name.string()}`, stream);
    }
  }
  for (const trigger of annotated(object)) {
    const stream = streamOf(trigger.get('from'));
    const field = trigger.get('fieldPath')?.string() ?? '';
    const found = /\b(containers|initContainers)\[(?:\?\(@\.name\s*==\s*["']([^"']+)["']\)|(\d+))\]\.image$/.exec(
      field,
    );
    if (!stream || !found) continue;
    if (found[2] !== undefined) byName.set(`${found[1]} ${found[2]}`, stream);
    else byIndex.set(`${found[1]} ${Number(found[3])}`, stream);
  }
  return (list, name, index) => byName.get(`${list} ${name}`) ?? byIndex.get(`${list} ${index}`);
}

function annotated(object: Tree): readonly Tree[] {
  const text = object.get('metadata')?.get('annotations')?.get('image.openshift.io/triggers')?.string();
  if (!text) return [];
  try {
    return plainTree(JSON.parse(text)).items();
  } catch {
    return [];
  }
}

/** The image stream that an OpenShift reference names; undefined for one of kind DockerImage. */
export function streamOf(reference: Tree | undefined): StreamTag | undefined {
  const kind = reference?.get('kind')?.string();
  if (kind !== 'ImageStreamTag' && kind !== 'ImageStreamImage' && kind !== 'ImageStream') return undefined;
  const tag = reference?.get('name')?.string() ?? '';
  const namespace = reference?.get('namespace')?.string();
  return { name: tag.split(/[:@]/)[0] ?? '', tag, ...(namespace && { namespace }) };
}
