import { isMap, isScalar, isSeq, type Node, type ParsedNode, parseDocument, stringify, type YAMLMap } from 'yaml';

/** How a chart takes its pull secrets. */
interface ValuesKey {
  readonly path: readonly string[];
  /** Whether its items are maps with a name, as in Kubernetes, or names alone. */
  readonly named: boolean;
}

/** The key of the chart that `helm create` makes. */
const scaffold: ValuesKey = { path: ['imagePullSecrets'], named: true };

/**
 * The values that give the pods of a chart these pull secrets. Charts agree on the key `imagePullSecrets`, but not on
 * its place, nor on what its items look like: the chart's own values.yaml tells. A global one reaches subcharts too.
 */
export function chartValues(valuesText: string | undefined, names: readonly string[]): string {
  const { path, named } = keyOf(valuesText ?? '');
  const list = names.map((name) => (named ? { name } : name));
  return stringify(
    path.reduceRight<unknown>((value, key) => ({ [key]: value }), list),
    { lineWidth: 0 },
  );
}

function keyOf(text: string): ValuesKey {
  const root = parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false }).contents;
  if (!isMap(root)) return scaffold;
  const global = [...keysIn(root, 'global', text)];
  const own = [...listKeys(root, [], text)];
  const image = [...keysIn(root, 'image', text)];
  return [...global, ...own, ...image][0] ?? scaffold;
}

function keysIn(root: YAMLMap, key: string, text: string): ValuesKey[] {
  const value: unknown = root.get(key, true);
  return isMap(value) ? listKeys(value, [key], text) : [];
}

/** The keys of a map that take pull secrets: Kubernetes' own name, and the one that Bitnami's charts have below image. */
function listKeys(map: YAMLMap, path: readonly string[], text: string): ValuesKey[] {
  return ['imagePullSecrets', 'pullSecrets'].flatMap((key): ValuesKey[] => {
    const pair = map.items.find((each) => isScalar(each.key) && each.key.value === key);
    if (!pair) return [];
    return [{ path: [...path, key], named: isNamed(pair.key as ParsedNode, pair.value, text, key) }];
  });
}

/** By the items that are there, else by the example in the comments around the key. */
function isNamed(key: ParsedNode, value: unknown, text: string, name: string): boolean {
  if (isSeq(value) && value.items.length > 0) return !isScalar(value.items[0]);
  const start = key.range?.[0] ?? 0;
  const end = (value as Node | null)?.range?.[2] ?? key.range?.[2] ?? start;
  const around = [...commentsBefore(text, start), ...commentsAfter(text, end)].join('\n');
  if (/^\s*-\s*name\s*:/m.test(around)) return true;
  if (/^\s*-\s*[\w.-]+\s*$/m.test(around)) return false;
  return name === 'imagePullSecrets';
}

function commentsBefore(text: string, offset: number): string[] {
  const lines = text.slice(0, offset).split('\n').slice(0, -1).reverse();
  return takeComments(lines).reverse();
}

function commentsAfter(text: string, offset: number): string[] {
  return takeComments(text.slice(offset).split('\n'));
}

function takeComments(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line));
  return lines.slice(0, end < 0 ? undefined : end).map((line) => line.replace(/^\s*#+/, ''));
}
