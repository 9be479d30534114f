import type { Inventory } from '../../../../src/model/inventory/found-inventory.js';
import { InventoryBuilder } from '../../../../src/model/inventory/inventory.js';
import { placeOf } from '../../../../src/model/problem/problem.js';
import type { ProblemCode } from '../../../../src/model/problem/problem-codes.js';
import { type ProveInput, proveCluster } from '../../../../src/model/proof/prove.js';
import type { Proof } from '../../../../src/model/proof/state.js';
import type { ClusterSpec, ImagePullSpec } from '../../../../src/model/vocabulary/spec.js';
import { readDocuments } from '../../../../src/yaml/documents.js';
import { prod } from '../../../support.js';

/** One thing that a rule finds, and what is almost the same and fine. */
export interface RuleCase {
  readonly code: ProblemCode;
  /** A sentence. */
  readonly title: string;
  /** Documents, each on one line. */
  readonly broken: readonly string[];
  /** The line of the finding, and the object that it is about: `2 Deployment a/web`. */
  readonly at: string | readonly string[];
  /** What the message holds. */
  readonly says?: string;
  readonly fine: readonly string[];
  /** The folder of each document, which is a file of its own then. @default - all are in one file */
  readonly folders?: readonly string[];
  readonly spec?: Partial<ImagePullSpec>;
  readonly cluster?: ClusterSpec;
  readonly now?: Date;
}

/** Manifests as they are read, with the values of Secrets. */
export function inventoryOf(documents: readonly string[], folders?: readonly string[]): Inventory {
  const builder = new InventoryBuilder();
  const texts = documents.map((each) => each.trimEnd());
  const files = folders
    ? texts.map((text, index) => ({ file: `${folders[index]}/${index + 1}.yaml`, text }))
    : [{ file: 'a.yaml', text: texts.join('\n---\n') }];
  for (const each of files)
    readDocuments(each, (object, hint) => builder.add(object, { ...hint, keepSecretData: true }));
  expect(builder.problems).toEqual([]);
  return builder.build(files.length);
}

/** The proof of documents, for cluster `prod` of a spec. */
export function proofOf(
  documents: readonly string[],
  {
    spec = {},
    cluster = {},
    folders,
    ...input
  }: Pick<RuleCase, 'spec' | 'cluster' | 'folders'> & Partial<Omit<ProveInput, 'cluster' | 'inventory'>> = {},
): Proof {
  return proveCluster({ inventory: inventoryOf(documents, folders), ...input, cluster: prod(spec, cluster) });
}

/** The findings of one code: the number of the document, the object, and the message. */
export function found({ code, spec, cluster, folders, now }: RuleCase, documents: readonly string[]) {
  return proofOf(documents, {
    ...(spec && { spec }),
    ...(cluster && { cluster }),
    ...(folders && { folders }),
    ...(now && { now }),
  })
    .findings.filter((each) => each.code === code)
    .map((problem) => {
      const { kind, name, namespace } = problem.about ?? { kind: '', name: '' };
      const place = placeOf(problem);
      // The documents of one file have one line each, and a separator between them.
      const document = place?.line === undefined ? '-' : (/(\d+)\.yaml$/.exec(place.file)?.[1] ?? (place.line + 1) / 2);
      return {
        at: `${document} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
        says: problem.message,
      };
    });
}
