import { chartText } from '../manifests/chart-text.js';
import { readInventory } from '../manifests/inventory.js';
import { type Made, type MadeFrom, type MadeManifest, nothingMade } from '../manifests/made.js';
import type { Trial } from '../manifests/trial.js';
import type { Inventory } from '../model/inventory/found-inventory.js';
import { sortedUnique } from '../model/names/names.js';
import type { DeclaredList } from '../model/plan/declared-list.js';
import type { HelmTemplate } from '../model/topology/rendering.js';
import { likelyKeys, type ValuesKey, valuesOf } from './chart-values.js';

/** Findings about the values of a chart by rendering it with them. */
export interface ChartProposal {
  /** The keys that give its pods their pull secrets; undefined where none of those that were tried does. */
  readonly keys: readonly ValuesKey[] | undefined;
  readonly names: readonly string[];
  /** Where the values belong. */
  readonly into: string;
}

/** Tries values for the charts that lists were rendered from; by the name of what was rendered. */
export async function chartProposals(
  lists: readonly DeclaredList[],
  made: ReadonlyMap<string, Made>,
  base: string,
  trial: Trial,
): Promise<ReadonlyMap<string, ChartProposal>> {
  const proposals = new Map<string, ChartProposal>();
  for (const { manifests } of made.values())
    for (const manifest of manifests) {
      const own = lists.filter(({ object, missing }) => object?.file === manifest.file && missing.length > 0);
      const { from } = manifest;
      if (own.length === 0 || from?.rendering.by !== 'helm' || proposals.has(manifest.file)) continue;
      // Values replace a list as a whole, so what is there already comes along.
      const names = sortedUnique(own.flatMap((list) => [...list.names, ...list.missing]));
      const isRight = (text: string | undefined) =>
        text !== undefined && own.every(isHeldBy(inventoryOf({ ...manifest, text }, base)));
      const keys = await firstRight(likelyKeys(chartText(from)), from, from.rendering, names, trial, isRight);
      proposals.set(manifest.file, { keys, names, into: intoText(from, from.rendering) });
    }
  return proposals;
}

/** As many are rendered together before it is looked at what became of them. */
const together = 4;

async function firstRight(
  all: readonly (readonly ValuesKey[])[],
  from: MadeFrom,
  rendering: HelmTemplate,
  names: readonly string[],
  trial: Trial,
  isRight: (text: string | undefined) => boolean,
): Promise<readonly ValuesKey[] | undefined> {
  for (let start = 0; start < all.length; start += together) {
    const tried = all.slice(start, start + together);
    const renderings = tried.map((keys) => ({ ...from, rendering: withValues(rendering, valuesOf(keys, names)) }));
    const outcomes = await trial.render(renderings);
    const right = tried.find((_, index) => isRight(outcomes[index]?.texts[0]?.text));
    if (right) return right;
  }
  return undefined;
}

function withValues(rendering: HelmTemplate, inline: unknown): HelmTemplate {
  return { ...rendering, values: [...rendering.values, { inline }] };
}

function inventoryOf(manifest: MadeManifest, base: string): Inventory {
  return readInventory({ base, workloads: [], made: { ...nothingMade, manifests: [manifest] } }).inventory;
}

/** Tells a list that holds all it must, or whose pods have it otherwise: by their account, or by lists of their own. */
export function isHeldBy({ accounts, workloads }: Inventory): (list: DeclaredList) => boolean {
  return ({ kind, name, namespace, path, wanted }) => {
    const isFull = (names: readonly string[] = []) => wanted.every((each) => names.includes(each));
    const listOf = (account: string) =>
      accounts.find((each) => each.name === account && each.namespace === namespace)?.pullSecrets;
    const ofPod = (each: Inventory['workloads'][number]) =>
      isFull(each.pullSecrets.names) || (each.pullSecrets.names.length === 0 && isFull(listOf(each.serviceAccount)));
    if (kind === 'ServiceAccount') {
      const users = workloads.filter((each) => each.namespace === namespace && each.serviceAccount === name);
      return isFull(listOf(name)) || (users.length > 0 && users.every(ofPod));
    }
    const own = workloads.filter((each) => each.kind === kind && each.name === name && each.listPath === path);
    return own.length > 0 && own.every(ofPod);
  };
}

/** Where the values of a release are kept. */
function intoText({ by }: MadeFrom, { values }: HelmTemplate): string {
  const file = values.findLast((each) => 'file' in each);
  if (by) return `${by.kind} ${by.namespace === undefined ? '' : `${by.namespace}/`}${by.name}`;
  return file && 'file' in file ? file.file : 'a file that values of its entry lists';
}
