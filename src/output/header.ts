/** How the first line of every file begins that this package writes; only such files are replaced or pruned. */
export const headerPrefix = '# Written by cdk8s-image-pull';

/** Origin of the output: image-pull.yaml, or a cdk8s app. */
export type WrittenFrom = 'config' | 'app';

const orders: Readonly<Record<WrittenFrom, string>> = {
  config: 'Do not edit: change image-pull.yaml and run synth.',
  app: 'Do not edit: change the cdk8s app and run it.',
};

/** The first line of a file of the output folder. */
export function headerOf(cluster: string, from: WrittenFrom = 'config'): string {
  return `${headerPrefix} for cluster ${cluster}. ${orders[from]}\n`;
}

/** The first line of a file that lies beside workloads. */
export function besideHeader(cluster: string, from: WrittenFrom = 'config'): string {
  return `${headerPrefix} for cluster ${cluster}, beside its workloads. ${orders[from]}\n`;
}

/** The first line of a file of ciphertext. */
export function sealedHeader(cluster: string): string {
  return `${headerPrefix} for cluster ${cluster}, sealed. Do not edit: run image-pull seal.\n`;
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
  return /^image-pull-([^.]+)(?:\..+\.sops)?\.yaml$/.exec(name)?.[1];
}
