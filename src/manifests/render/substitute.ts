import { At } from '../../model/problem/at.js';
import { words } from '../../model/problem/shown.js';
import type { Variables } from '../../model/topology/rendering.js';
import { sourceOf } from '../../yaml/source.js';
import { yamlDocuments } from '../../yaml/yaml-documents.js';
import { YamlError } from '../../yaml/yaml-error.js';
import { yamlPieces } from '../../yaml/yaml-pieces.js';
import type { Finished } from './prepared.js';
import { VariableFault } from './variable-operations.js';
import { replaceVariables } from './variable-text.js';

/** The label or annotation that keeps an object as it is. */
const key = 'kustomize.toolkit.fluxcd.io/substitute';
const variableName = /^[_A-Za-z][_A-Za-z0-9]*$/;

/** The objects of a text with their variables replaced, each by itself, as Flux does after the build. */
export function substituted(text: string, { values: given, unknown }: Variables, label: string): Finished {
  // Without a single value Flux leaves everything as it is.
  if (given.size === 0 && (unknown === 'any' || unknown.size === 0)) return { text, problems: [] };
  const wrong = [...given.keys()].find((name) => !variableName.test(name));
  if (wrong !== undefined)
    return refused(words`${label}: Flux takes no variable that is called ${wrong}`, 'use letters, digits and "_"');
  const values = new Map([...given].map(([name, value]) => [name, value.replaceAll('\n', '')]));
  const unset = new Set<string>();
  try {
    const pieces = yamlPieces(text).map(({ start, end }) => {
      const piece = text.slice(start, end);
      if (isKept(piece)) return piece;
      const replaced = replaceVariables(piece, { values, unknown });
      for (const each of replaced.unset) unset.add(each);
      return replaced.text;
    });
    return { text: pieces.join(''), problems: unset.size === 0 ? [] : [unsetProblem([...unset].sort(), label)] };
  } catch (error) {
    if (!(error instanceof VariableFault)) throw error;
    return refused(
      words`${label}: a "\${" begins no variable that Flux can replace`,
      `write "$$\{" for the text itself, or give the object the annotation ${key}: disabled`,
    );
  }
}

function isKept(piece: string): boolean {
  if (!piece.includes(key)) return false;
  for (const root of yamlDocuments(sourceOf({ file: '', text: piece }))) {
    if (root instanceof YamlError) continue;
    const metadata = root.get('metadata');
    if (['labels', 'annotations'].some((each) => metadata?.get(each)?.get(key)?.string() === 'disabled')) return true;
  }
  return false;
}

function refused(message: ReturnType<typeof words>, hint: string): Finished {
  return { text: '', problems: [At.of().find('rendering-failed', message, words`${hint}`)] };
}

function unsetProblem(names: readonly string[], label: string): Finished['problems'][number] {
  return At.of().find(
    'variable-unset',
    words`${label}: ${names} ${names.length === 1 ? 'has' : 'have'} no value in the repository and no default, so nothing stands in ${names.length === 1 ? 'its' : 'their'} place`,
    'give a value under postBuild.substitute, or a default behind ":="',
  );
}
