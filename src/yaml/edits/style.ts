// kubectl and kustomize write lists at the column of their key, and two spaces for each map.
const habit = { list: 0, map: 2 };
const widest = 8;

interface Evidence {
  readonly at: number;
  readonly value: number;
}

/** How a file indents and pads, told by what stands nearest; read when first asked for. Offsets count in the file. */
export class FileStyle {
  readonly #text: string;
  #indents: { readonly list: readonly Evidence[]; readonly map: readonly Evidence[] } | undefined;
  #padding: readonly Evidence[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** How far the dashes of a list stand to the right of its key. */
  listStep(at: number): number {
    this.#indents ??= indentsOf(this.#text);
    return nearest(this.#indents.list, at) ?? habit.list;
  }

  /** How far the keys of a map stand to the right of its own. */
  mapStep(at: number): number {
    this.#indents ??= indentsOf(this.#text);
    return nearest(this.#indents.map, at) ?? habit.map;
  }

  /** Spaces between a brace and what is in it. */
  padding(at: number): string {
    this.#padding ??= [...this.#text.matchAll(/(?<=^|[\s,[:-])\{( ?)["'\w]/g)].map((found) => ({
      at: found.index,
      value: found[1]?.length ?? 0,
    }));
    return ' '.repeat(nearest(this.#padding, at) ?? 1);
  }
}

// By lines and not by nodes: documents that need no edit are not parsed for their style.
function indentsOf(text: string): { list: Evidence[]; map: Evidence[] } {
  const list: Evidence[] = [];
  const map: Evidence[] = [];
  let open: Evidence | undefined;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).trimEnd();
    const first = line.search(/[^ ]/);
    if (first >= 0 && line[first] !== '#') {
      const isItem = /^- |^-$/.test(line.slice(first, first + 2));
      const step = open ? first - open.value : -1;
      if (open && step <= widest && step >= (isItem ? 0 : 1)) (isItem ? list : map).push({ at: open.at, value: step });
      open = endsWithKey(line)
        ? { at, value: first + (/^(?:- +)*/.exec(line.slice(first))?.[0].length ?? 0) }
        : undefined;
    }
    if (end < 0) break;
    at = end + 1;
  }
  return { list, map };
}

function endsWithKey(line: string): boolean {
  return /^[^#]*:(?:[ \t]+#.*)?$/.test(line);
}

// The evidence is in the order of the text.
function nearest(evidence: readonly Evidence[], at: number): number | undefined {
  let low = 0;
  let high = evidence.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((evidence[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const before = evidence[low - 1];
  const after = evidence[low];
  if (!before || !after) return (before ?? after)?.value;
  return at - before.at < after.at - at ? before.value : after.value;
}
