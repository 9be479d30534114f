import type { Tree } from '../../model/inventory/tree.js';
import { sourceOf } from '../../yaml/source.js';
import { yamlDocuments } from '../../yaml/yaml-documents.js';
import { YamlError } from '../../yaml/yaml-error.js';
import type { RepositoryFiles } from './repository-files.js';

/** Shorter texts stand in too many others. */
const shortest = 4;
const longestFile = 64 * 1024;
const credentialKey = /(?:^|[-_.A-Za-z])(?:passwords?|passwd|pwd|tokens?|secrets?|api-?keys?|credentials?|auth)$/i;

/** The texts in files that no message may show: data of Secrets, what Secrets are generated from, and credentials. */
export function secretTexts(files: RepositoryFiles, reads: readonly string[]): string[] {
  const texts = new Set<string>();
  for (const file of reads) {
    const text = files.find(file).is === 'file' ? files.text(file) : undefined;
    if (typeof text !== 'string') continue;
    // What is no manifest may be a file that a Secret is generated from.
    if (/\.(?:ya?ml|json)$|Kustomization$/i.test(file)) collectText(text, texts);
    else if (text.length < longestFile) add(text, texts);
  }
  return longestFirst(texts);
}

/** The same of a text of YAML. */
export function secretTextsIn(text: string): string[] {
  const texts = new Set<string>();
  collectText(text, texts);
  return longestFirst(texts);
}

function collectText(text: string, texts: Set<string>): void {
  for (const root of yamlDocuments(sourceOf({ file: '', text })))
    if (!(root instanceof YamlError)) collect(root, false, texts);
}

function longestFirst(texts: ReadonlySet<string>): string[] {
  return [...texts].filter((text) => text.length >= shortest).sort((a, b) => b.length - a.length);
}

function collect(tree: Tree, isSecret: boolean, texts: Set<string>): void {
  const text = tree.string();
  if (isSecret && text !== undefined) add(text, texts);
  for (const item of tree.items()) collect(item, isSecret, texts);
  const holdsData = tree.get('kind')?.string() === 'Secret';
  for (const [key, value] of tree.entries()) {
    const isData = holdsData && (key === 'data' || key === 'stringData');
    collect(value, isSecret || isData || key === 'literals' || credentialKey.test(key), texts);
  }
}

function add(text: string, texts: Set<string>): void {
  texts.add(text);
  const decoded = Buffer.from(text, 'base64').toString();
  if (!decoded.includes('\ufffd')) texts.add(decoded);
  for (const line of text.split('\n')) {
    texts.add(line.trim());
    const equals = line.indexOf('=');
    if (equals > 0) texts.add(line.slice(equals + 1).trim());
  }
}
