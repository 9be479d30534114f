import type { Tree } from '../../model/inventory/tree.js';
import { mayMention } from '../../yaml/mention.js';
import { sourceOf } from '../../yaml/source.js';
import { yamlDocuments } from '../../yaml/yaml-documents.js';
import { YamlError } from '../../yaml/yaml-error.js';

const embedded = /\bkind\W{0,9}Secret(?:List)?\b/i;

/** True for manifests in which data of a Secret may stand: as an object, a part of one, or a text in one. */
export function holdsSecret(text: string): boolean {
  if (!mayMention(text, /secret|stringData|auths/i)) return false;
  for (const root of yamlDocuments(sourceOf({ file: '', text })))
    if (root instanceof YamlError || isSecret(root)) return true;
  return false;
}

function isSecret(tree: Tree): boolean {
  const text = tree.string();
  if (text !== undefined) return text.includes('"auths"') || (embedded.test(text) && /data/i.test(text));
  const isOfKind = /^\s*Secret(?:List)?\s*$/i.test(tree.get('kind')?.string() ?? '');
  if (tree.get('stringData') || (isOfKind && (tree.get('data') || tree.get('items')))) return true;
  return tree.items().some(isSecret) || tree.entries().some(([, value]) => isSecret(value));
}
