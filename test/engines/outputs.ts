import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from './cluster/kube-object.js';
import { manifestsIn } from './cluster/manifest-files.js';

/** What the generator wrote for one cluster. */
export interface Output {
  /** The folder, `<example>/dist/<cluster>`. */
  readonly folder: string;
  /** The folder of the config. */
  readonly example: string;
  /** In the order of files and documents. */
  readonly manifests: readonly Manifest[];
}

/** The committed output of the repository and of all examples. */
export function committedOutputs(): Output[] {
  const examples = readdirSync('examples').map((name) => join('examples', name));
  // An example in several steps has a config for each of them.
  const configs = examples.flatMap((example) =>
    existsSync(join(example, 'image-pull.yaml')) ? [example] : readdirSync(example).map((step) => join(example, step)),
  );
  return ['.', ...configs]
    .filter((example) => existsSync(join(example, 'dist')))
    .flatMap((example) => readdirSync(join(example, 'dist')).map((cluster) => outputOf(example, cluster)));
}

function outputOf(example: string, cluster: string): Output {
  const folder = join(example, 'dist', cluster);
  // What only Flux can decrypt is no Secret to the API server before that.
  const manifests = manifestsIn(folder).filter(({ object }) => !('sops' in object));
  return { folder, example, manifests };
}
