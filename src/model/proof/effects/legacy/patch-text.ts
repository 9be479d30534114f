/**
 * The operations of a JSON patch as people write them into a policy: JSON, or YAML in block style of one line for each
 * key. Undefined for anything else.
 */
export function readPatchText(text: string): unknown {
  const json = jsonOf(text);
  if (json !== undefined) return json;
  try {
    const reader = new PatchReader(linesOf(text));
    return reader.read();
  } catch (fault) {
    if (fault instanceof UnknownText) return undefined;
    throw fault;
  }
}

class UnknownText extends Error {}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** The deepest text that is read. */
const deepest = 50;

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trimStart() }));
}

class PatchReader {
  readonly #lines: Line[];
  #depth = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines].reverse();
  }

  read(): unknown {
    const value = this.#block(0);
    if (this.#lines.length > 0) throw new UnknownText();
    return value;
  }

  #block(least: number): unknown {
    const line = this.#lines.at(-1);
    if (!line || line.indent < least || ++this.#depth > deepest) throw new UnknownText();
    const value = line.text.startsWith('- ') ? this.#list(line.indent) : this.#map(line.indent);
    this.#depth--;
    return value;
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    for (
      let line = this.#lines.at(-1);
      line?.indent === indent && line.text.startsWith('- ');
      line = this.#lines.at(-1)
    ) {
      const inner = line.text.slice(1);
      const rest = inner.trimStart();
      this.#lines.pop();
      if (keyOf(rest) === undefined) items.push(scalar(rest));
      else {
        this.#lines.push({ indent: indent + 1 + inner.length - rest.length, text: rest });
        items.push(this.#block(indent + 1));
      }
    }
    return items;
  }

  #map(indent: number): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    for (let line = this.#lines.at(-1); line?.indent === indent; line = this.#lines.at(-1)) {
      const found = keyOf(line.text);
      if (!found) throw new UnknownText();
      this.#lines.pop();
      const next = this.#lines.at(-1);
      const isListBelow = next?.indent === indent && next.text.startsWith('- ');
      entries.push([
        found.key,
        found.rest === '' ? this.#block(isListBelow ? indent : indent + 1) : scalar(found.rest),
      ]);
    }
    if (new Set(entries.map(([key]) => key)).size < entries.length) throw new UnknownText();
    return Object.fromEntries(entries);
  }
}

function keyOf(text: string): { key: string; rest: string } | undefined {
  const [, quoted, plain, rest = ''] = /^(?:"([\w-]+)"|([A-Za-z_][\w-]*)):(?: +(.*))?$/.exec(text) ?? [];
  const key = quoted ?? plain;
  return key === undefined ? undefined : { key, rest };
}

function scalar(text: string): unknown {
  const json = jsonOf(text);
  if (json !== undefined) return json;
  const [, quoted] = /^'((?:[^']|'')*)'$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  const [, name] = /^\{ *"?name"?: *"?([A-Za-z][\w.-]*)"? *\}$/.exec(text) ?? [];
  if (name !== undefined && !isWord(name)) return { name };
  // Letters and what paths are made of; what YAML takes for something else than text is left out.
  if (!/^[A-Za-z/][\w./~-]*$/.test(text) || isWord(text)) throw new UnknownText();
  return text;
}

/** The texts that YAML 1.1 takes for a boolean or null. */
function isWord(text: string): boolean {
  return /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
