import type { IConstruct } from 'constructs';
import { Cluster } from '../constructs/cluster.js';
import { sortedUnique } from '../model/names/names.js';
import { headerOf } from '../output/header.js';
import type { Output, OutputFile } from '../output/output.js';
import { toYaml } from '../yaml/yaml.js';

/** A kustomization.yaml for every folder that is applied, of each cluster that asks for them. */
export function kustomizationFiles(constructs: readonly IConstruct[], output: Output): OutputFile[] {
  return constructs
    .filter(Cluster.isCluster)
    .flatMap((cluster) => (cluster.props.kustomization ? filesOf(cluster.name, output) : []));
}

function filesOf(cluster: string, output: Output): OutputFile[] {
  const folders = new Map<string, string[]>();
  const list = (folder: string, entry: string) => folders.set(folder, [...(folders.get(folder) ?? []), entry]);
  for (const path of output.keys()) {
    if (!path.startsWith(`${cluster}/`) || path.startsWith(`${cluster}/bootstrap/`)) continue;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const entries = folders.get(folder);
    if (entries) entries.push(path.slice(folder.length + 1));
    else folders.set(folder, [path.slice(folder.length + 1)]);
  }
  for (const folder of [...folders.keys()]) if (folder !== cluster) list(cluster, folder.slice(cluster.length + 1));
  return [...folders].map(([folder, entries]) => ({
    path: `${folder}/kustomization.yaml`,
    text: `${headerOf(cluster)}${toYaml({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: sortedUnique(entries),
    })}`,
  }));
}
