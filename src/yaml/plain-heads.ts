/** The head of an object as a text shows it. */
export interface PlainHead {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  /** The keys of its annotations and labels that have a prefix, such as `argocd.argoproj.io/sync-wave`. */
  readonly marks: readonly string[];
}

/**
 * The heads of the objects of a text that is written in the plainest way, without parsing it: block maps from the first
 * column on, each key once, and no quotation in front of a head that could hide it. Undefined for any other text.
 *
 * A line of the first column may lie in a quotation that began before it. It is taken for a key then, and the key that
 * stands behind it is there twice, or is not written plainly: both are refused.
 */
export function plainHeads(text: string): readonly PlainHead[] | undefined {
  if (hasOtherBreaks(text)) return undefined;
  const reader = new HeadReader();
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const first = text.charCodeAt(start);
    const isPassed = first === space && reader.isBelowOther;
    if (end > start && !isPassed && !reader.line(text.slice(start, end))) return undefined;
    start = end + 1;
  }
  return reader.end();
}

const space = 0x20;
const key = /^([A-Za-z]+):(?:[ \t]+(.*))?$/;
/** A text that no reader takes for anything else. */
const word = /^(?!(?:null|true|false|yes|no|on|off|y|n)\b)([A-Za-z][\w.-]*(?:\/[\w.-]+)?)\s*$/i;
const quoted = /^"([\w./-]+)"\s*$|^'([\w./-]+)'\s*$/;
/** A line of metadata whose value ends with it: what is quoted is quoted whole. */
const inner =
  /^( +)(?:- +)*(?:([\w./-]+|"[\w./-]+"|'[\w./-]+'):(?: +|$))?((?:"[^"\\]*"|'[^']*'|[^\s"'&*!|>{}[\]#%@`,?:-][^"'#{}[\]]*|\{\}|-?[\d.]+)?)\s*$/;

/** Whether a text has line breaks that YAML knows besides line feeds. */
function hasOtherBreaks(text: string): boolean {
  if (['\u0085', '\u2028', '\u2029'].some((each) => text.includes(each))) return true;
  return text.includes('\r') && /\r(?!\n)/.test(text);
}

class HeadReader {
  /** Whether a line that is indented belongs to a key in which no head stands. */
  isBelowOther = false;
  #isInMetadata = false;
  #indent = 0;
  /** Whether the value of the last field of metadata is in the lines below it. */
  #isBlock = false;
  readonly #heads: PlainHead[] = [];
  #keys = new Set<string>();
  #fields = new Map<string, string>();
  #marks: string[] = [];

  /** Takes a line; false where the text is not plain. */
  line(raw: string): boolean {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const first = line.charAt(0);
    if (first === '' || first === '#') return true;
    if (first === ' ') return this.#inner(line);
    if (/^---[ \t]*(?:#.*)?$/.test(line)) return this.#close();
    return this.#outer(line);
  }

  /** All heads, where the last one is whole, too. */
  end(): readonly PlainHead[] | undefined {
    return this.#close() ? this.#heads : undefined;
  }

  #outer(line: string): boolean {
    const [, name = '', value = ''] = key.exec(line) ?? [];
    if (name === '' || this.#keys.has(name)) return false;
    this.#keys.add(name);
    this.#isInMetadata = name === 'metadata';
    // A text goes on in lines that are indented.
    this.isBelowOther = !['metadata', 'kind', 'apiVersion'].includes(name);
    this.#indent = 0;
    if (this.#isInMetadata) return value.trim() === '';
    return name === 'kind' || name === 'apiVersion' ? this.#field(name, value) : true;
  }

  #inner(line: string): boolean {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return true;
    if (!this.#isInMetadata) return this.isBelowOther;
    const [, indent = '', name = '', value = ''] = inner.exec(line) ?? [];
    if (indent === '') return false;
    this.#indent ||= indent.length;
    if (indent.length < this.#indent) return false;
    const plain = name.replace(/["']/g, '');
    if (indent.length > this.#indent) {
      if (!this.#isBlock) return false;
      if (plain.includes('/')) this.#marks.push(plain);
      return true;
    }
    if (name === '' || name !== plain || line.charAt(indent.length) === '-' || this.#fields.has(name)) return false;
    this.#isBlock = value === '';
    if (name === 'name' || name === 'namespace') return this.#field(name, value);
    this.#fields.set(name, '');
    return true;
  }

  #field(name: string, value: string): boolean {
    const found = word.exec(value) ?? quoted.exec(value);
    const text = found?.[1] ?? found?.[2];
    if (text === undefined) return false;
    this.#fields.set(name, text);
    return true;
  }

  /** Ends a document; false where it holds something, and no object with a name. */
  #close(): boolean {
    const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((each) => this.#fields.get(each));
    const isEmpty = this.#keys.size === 0;
    if (apiVersion && kind && name)
      this.#heads.push({ apiVersion, kind, name, namespace: this.#fields.get('namespace'), marks: this.#marks });
    this.#keys = new Set();
    this.#fields = new Map();
    this.#marks = [];
    this.#isInMetadata = false;
    this.isBelowOther = false;
    return isEmpty || (apiVersion !== undefined && kind !== undefined && name !== undefined);
  }
}
