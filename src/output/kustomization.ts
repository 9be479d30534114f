import { sortedUnique } from '../model/names/names.js';
import { toYaml } from '../yaml/yaml.js';
import { headerOf, type WrittenFrom } from './header.js';
import type { Output, OutputFile } from './output.js';

/** A kustomization.yaml for every folder of a cluster that is applied. */
export function kustomizationFiles(cluster: string, output: Output, from: WrittenFrom): OutputFile[] {
  const folders = new Map<string, string[]>();
  const list = (folder: string, entry: string) => {
    const entries = folders.get(folder);
    if (entries) entries.push(entry);
    else folders.set(folder, [entry]);
  };
  for (const path of output.keys()) {
    if (!path.startsWith(`${cluster}/`) || path.startsWith(`${cluster}/bootstrap/`)) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    list(folder, path.slice(folder.length + 1));
  }
  for (const folder of [...folders.keys()]) if (folder !== cluster) list(cluster, folder.slice(cluster.length + 1));
  return [...folders].map(([folder, entries]) => ({
    path: `${folder}/kustomization.yaml`,
    text: `${headerOf(cluster, from)}${toYaml({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: sortedUnique(entries),
    })}`,
  }));
}
