import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, manifestsOf } from './kube-object.js';

/** The objects of a folder of manifests. A kustomization.yaml is for kustomize, not for a cluster. */
export function manifestsIn(folder: string): Manifest[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file) && !file.endsWith('kustomization.yaml'))
    .sort()
    .flatMap((file) => manifestsOf(readFileSync(join(folder, file), 'utf8')));
}
