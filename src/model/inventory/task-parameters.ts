import type { Tree } from './tree.js';

/**
 * The texts that each parameter of a Tekton task can be, by its name; `name.key` for a key of an object and `name[0]` for an
 * item of a list. No text at all for one whose value only a run knows.
 */
export type Choices = ReadonlyMap<string, readonly string[]>;

export const noChoices: Choices = new Map();

/** More than anybody writes, and few enough to follow. */
const mostTexts = 1000;
const longest = 1000;
/** `$(params.x)`, `$(params["x.y"])`, `$(params.list[0])`; any other variable is one of the run. */
const variable = /\$\(([^()]*)\)/g;
const parameter = /^(?:inputs\.)?params(?:\.([^[\]]+?)|\[(["'])(.+?)\2\])(\[\d+\])?$/;

/** Values that some parameters can have by one of their fields. Where a list has a name several times, all that it says. */
export function choicesIn(parameters: readonly Tree[], field: 'value' | 'default'): Choices {
  const choices = new Map<string, readonly string[]>();
  for (const each of parameters) {
    const name = each.get('name')?.string() ?? '';
    const value = each.get(field) ?? (field === 'default' ? each.get('enum') : undefined);
    for (const [key, texts] of textsOf(name, value)) choices.set(key, [...(choices.get(key) ?? []), ...texts]);
  }
  return choices;
}

function textsOf(name: string, value: Tree | undefined): (readonly [string, readonly string[]])[] {
  const text = (tree: Tree) => tree.string() ?? '';
  switch (value?.kind) {
    case 'text':
      return [[name, [text(value)]]];
    case 'map':
      return value.entries().map(([key, item]) => [`${name}.${key}`, [text(item)]] as const);
    case 'list':
      return [
        [name, value.items().map(text)],
        ...value.items().map((item, index) => [`${name}[${index}]`, [text(item)]] as const),
      ];
    default:
      return [];
  }
}

/** Later ones in place of earlier ones. */
export function overlaid(...all: readonly Choices[]): Choices {
  return new Map(all.flatMap((choices) => [...choices]));
}

/** Values of parameters that are given in words of others; nothing where that cannot be said. */
export function filledChoices(given: Choices, outer: Choices): Choices {
  return new Map(
    [...given].map(([name, texts]) => {
      const filled = texts.map((text) => filledTexts(text, outer));
      const known = filled.flatMap((each) => each ?? []);
      return [name, filled.includes(undefined) || known.length > mostTexts ? [] : [...new Set(known)]];
    }),
  );
}

/** Every text that a text with variables can become; undefined where that cannot be said. */
export function filledTexts(text: string, choices: Choices): readonly string[] | undefined {
  let texts: readonly string[] = [text];
  for (const [all, inner = ''] of text.matchAll(variable)) {
    const [, plain, , quoted, index = ''] = parameter.exec(inner.trim()) ?? [];
    const found = choices.get(`${plain ?? quoted}${index}`) ?? [];
    texts = texts.flatMap((each) => found.map((choice) => each.replaceAll(all, () => choice)));
    if (texts.length === 0 || texts.length > mostTexts) return undefined;
  }
  return texts.some(({ length }) => length > longest) ? undefined : texts;
}
