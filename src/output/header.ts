/** How the first line of every file begins that this package writes; only such files are replaced or pruned. */
export const headerPrefix = '# Written by cdk8s-image-pull';

const orders = 'Do not edit: change image-pull.yaml and run synth.';

/** The first line of a file of the output folder. */
export function headerOf(cluster: string): string {
  return `${headerPrefix} for cluster ${cluster}. ${orders}\n`;
}

/** The first line of a file that lies beside workloads. */
export function besideHeader(cluster: string): string {
  return `${headerPrefix} for cluster ${cluster}, beside its workloads. ${orders}\n`;
}

/** The cluster that a text names whose first line is that of {@link besideHeader}; undefined for any other text. */
export function besideCluster(text: string): string | undefined {
  const head = `${headerPrefix} for cluster `;
  return text.startsWith(head) ? /^([a-z0-9-]+), beside /.exec(text.slice(head.length))?.[1] : undefined;
}

/** The name of the file of a namespace that lies beside its workloads. */
export function besideFileName(namespace: string): string {
  return `image-pull-${namespace}.yaml`;
}

/** The namespace in a name of {@link besideFileName}; undefined for any other name. */
export function namespaceOfBesideFile(name: string): string | undefined {
  return /^image-pull-(.+)\.yaml$/.exec(name)?.[1];
}
