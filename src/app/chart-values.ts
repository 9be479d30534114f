import { isMap, isScalar, isSeq, type Node, type ParsedNode, parseDocument, stringify, type YAMLMap } from 'yaml';

/** How a chart takes its pull secrets. */
export interface ValuesKey {
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
  return valuesText === undefined
    ? valuesYaml([scaffold], names)
    : valuesYaml([ownKeys(valuesText)[0] ?? scaffold], names);
}

/** Values with a list of names under each of these keys. */
export function valuesOf(keys: readonly ValuesKey[], names: readonly string[]): Record<string, unknown> {
  // Without a prototype any key is one like others.
  const map = (): Record<string, unknown> => Object.create(null);
  const values = map();
  for (const { path, named } of keys) {
    let at = values;
    for (const key of path.slice(0, -1)) {
      at[key] ??= map();
      at = at[key] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ''] = names.map((name) => (named ? { name } : name));
  }
  return values;
}

/** {@link valuesOf} as text. */
export function valuesYaml(keys: readonly ValuesKey[], names: readonly string[]): string {
  return stringify(valuesOf(keys, names), { lineWidth: 0 });
}

/**
 * The keys that may be the right ones, the likely first: those that values.yaml has, each alone and all together, then
 * those that charts often have without saying so.
 */
export function likelyKeys(valuesText: string | undefined): ValuesKey[][] {
  const own = ownKeys(valuesText ?? '');
  const usual = [
    ['imagePullSecrets'],
    ['global', 'imagePullSecrets'],
    ['image', 'pullSecrets'],
    ['serviceAccount', 'imagePullSecrets'],
  ];
  const others = usual.filter((path) => !own.some((key) => key.path.join() === path.join()));
  const all = [...own, ...others.map((path) => ({ path, named: path.at(-1) === 'imagePullSecrets' }))];
  const alone = all.flatMap((key) => [[key], [{ ...key, named: !key.named }]]);
  const together = own.length > 1 ? [own, own.map((key) => ({ ...key, named: !key.named }))] : [];
  const known = own.length * 2;
  return [...alone.slice(0, known), ...together, ...alone.slice(known)].slice(0, mostTried);
}

/** As many renderings are tried for one chart. */
const mostTried = 24;
const deepest = 4;

/** The keys for pull secrets that a values.yaml has. */
function ownKeys(text: string): ValuesKey[] {
  const root = parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false }).contents;
  if (!isMap(root)) return [];
  const first = [...keysIn(root, 'global', text), ...listKeys(root, [], text), ...keysIn(root, 'image', text)];
  const others = nestedKeys(root, [], text).filter(({ path }) => !first.some((key) => key.path.join() === path.join()));
  return [...first, ...others];
}

function nestedKeys(map: YAMLMap, path: readonly string[], text: string): ValuesKey[] {
  if (path.length >= deepest) return [];
  return map.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isMap(value)) return [];
    const way = [...path, String(key.value)];
    return [...listKeys(value, way, text), ...nestedKeys(value, way, text)];
  });
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
