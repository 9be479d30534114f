import { InventoryBuilder } from '../../../../src/model/inventory/inventory.js';
import type { Inventory } from '../../../../src/model/inventory/workload.js';
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
  readonly spec?: Partial<ImagePullSpec>;
  readonly cluster?: ClusterSpec;
  readonly now?: Date;
}

/** Manifests as they are read from a file, with the values of Secrets. */
export function inventoryOf(documents: readonly string[]): Inventory {
  const builder = new InventoryBuilder();
  const text = documents.map((each) => each.trimEnd()).join('\n---\n');
  readDocuments({ file: 'a.yaml', text }, (object, hint) => builder.add(object, { ...hint, keepSecretData: true }));
  expect(builder.problems).toEqual([]);
  return builder.build(1);
}

/** The proof of documents, for cluster `prod` of a spec. */
export function proofOf(
  documents: readonly string[],
  {
    spec = {},
    cluster = {},
    ...input
  }: Pick<RuleCase, 'spec' | 'cluster'> & Partial<Omit<ProveInput, 'cluster' | 'inventory'>> = {},
): Proof {
  return proveCluster({ inventory: inventoryOf(documents), ...input, cluster: prod(spec, cluster) });
}

/** The findings of one code: the number of the document, the object, and the message. */
export function found({ code, spec, cluster, now }: RuleCase, documents: readonly string[]) {
  return proofOf(documents, { ...(spec && { spec }), ...(cluster && { cluster }), ...(now && { now }) })
    .findings.filter((each) => each.code === code)
    .map((problem) => {
      const { kind, name, namespace } = problem.about ?? { kind: '', name: '' };
      const line = placeOf(problem)?.line;
      // The documents have one line each, and a separator between them.
      const document = line === undefined ? '-' : (line + 1) / 2;
      return {
        at: `${document} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
        says: problem.message,
      };
    });
}
