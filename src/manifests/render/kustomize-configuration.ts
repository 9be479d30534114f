import type { Tree } from '../../model/inventory/tree.js';
import { At } from '../../model/problem/at.js';
import type { Place, Problem } from '../../model/problem/problem.js';
import { words } from '../../model/problem/shown.js';
import { sourceOf } from '../../yaml/source.js';
import { yamlDocuments } from '../../yaml/yaml-documents.js';
import { YamlError } from '../../yaml/yaml-error.js';
import { builtinFields } from './kustomization-fields.js';
import { type NamedFile, namedIn } from './kustomization-node.js';

const functionAnnotations = ['config.kubernetes.io/function', 'config.k8s.io/function'];

/** Files and programs that the configuration of transformers and generators reads and starts. */
export interface Configuration {
  readonly named: readonly NamedFile[];
  readonly problems: readonly Problem[];
  readonly isKnown: boolean;
}

/** True for a text that stands for itself and names no file. */
export function isInlineText(text: string): boolean {
  return /[\n{]|:\s/.test(text);
}

/**
 * Reads the configuration of transformers, generators and validators.
 *
 * @param place where it stands, for one that is a text in a kustomization
 */
export function readConfiguration(manifest: { file: string; text: string }, place?: Place): Configuration {
  const named: NamedFile[] = [];
  const problems: Problem[] = [];
  let isKnown = true;
  for (const root of yamlDocuments(sourceOf(manifest))) {
    // What cannot be read here kustomize does not read either, and says so.
    if (root instanceof YamlError) isKnown = false;
    else if (root.kind !== 'null') {
      const kind = root.get('kind')?.string() ?? '';
      const fields = builtinFields.get(kind);
      if (isProgram(root)) problems.push(programProblem(kind, place ?? root.place()));
      else if (fields) named.push(...namedIn(root, fields).map((each) => (place ? { ...each, place } : each)));
      else isKnown = false;
    }
  }
  return { named, problems, isKnown };
}

function isProgram(root: Tree): boolean {
  const annotations = root.get('metadata')?.get('annotations');
  return (
    root.get('apiVersion')?.string() !== 'builtin' ||
    root.get('kind')?.string() === 'HelmChartInflationGenerator' ||
    functionAnnotations.some((name) => annotations?.get(name) !== undefined)
  );
}

function programProblem(kind: string, place: Place | undefined): Problem {
  return At.of(place).find(
    'rendering-unsafe',
    words`${kind || 'this'} is a plugin or function: kustomize starts a program for it`,
    'render it in a step of your own and list { rendered: … }',
  );
}
