import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config/load.js';
import { type ClusterModel, clusterModel } from '../../../src/model/vocabulary/cluster.js';
import { type Stage, stages } from '../../../src/model/vocabulary/file-place.js';
import { bootstrapObjects } from '../../../src/objects/bootstrap.js';
import { jsonOf } from '../../../src/objects/written-object.js';
import { type KubeObject, manifestsOf } from '../cluster/kube-object.js';
import { manifestsIn } from '../cluster/manifest-files.js';
import type { Output } from '../outputs.js';
import { documentedYaml } from './documented.js';

/** The cluster of a committed output. */
export function clusterOf({ example, folder }: Output): ClusterModel {
  return clusterModel(loadConfig(join(example, 'image-pull.yaml')).spec, folder.split('/').at(-1) ?? '');
}

/** What applies a committed output: what its `bootstrap` wrote, else what `bootstrap` would write. */
export function bootstrapOf(output: Output): KubeObject[] {
  const folder = join(output.folder, 'bootstrap');
  if (existsSync(folder)) return manifestsIn(folder).map(({ object }) => object);
  const cluster = clusterOf(output);
  const bootstrap =
    cluster.gitops === 'flux' ? { sourceRef: { name: 'platform' } } : { repository: 'https://x.example' };
  return bootstrapObjects({ ...cluster, bootstrap }, appliedIn(output, cluster)).map(
    (object) => JSON.parse(JSON.stringify(jsonOf(object))) as KubeObject,
  );
}

function appliedIn({ folder }: Output, { name }: ClusterModel) {
  return stages
    .filter((stage): stage is Stage => stage !== 'bootstrap' && existsSync(join(folder, stage)))
    .flatMap((stage) =>
      manifestsIn(join(folder, stage)).map(({ object: { apiVersion, kind } }) => ({
        apiVersion,
        kind,
        at: { cluster: name, stage, file: 'any' },
      })),
    );
}

/** The project that docs/argocd.md shows, for the Applications that name one. */
export function documentedProject(): KubeObject {
  const [project] = manifestsOf(documentedYaml('argocd.md', 'project'));
  if (!project) throw new Error('docs/argocd.md shows no project');
  return project.object;
}

/** The kinds without a namespace that docs/argocd.md says a project must allow besides `Namespace`, by what brings them. */
export function documentedClusterKinds(brings: string): { readonly group: string; readonly kind: string }[] {
  const rows = readFileSync('docs/argocd.md', 'utf8').matchAll(/^\| (.+?) \| `(\S+)` \| (.+?) \|$/gm);
  const found = [...rows].filter(([, with_ = '']) => with_.includes(`\`${brings}\``));
  if (found.length === 0) throw new Error(`docs/argocd.md has no row for ${brings}`);
  return found.flatMap(([, , group = '', kinds = '']) => kinds.split(', ').map((kind) => ({ group, kind })));
}
