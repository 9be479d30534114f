/** A map whose values are texts and maps. */
export interface PlainMaps {
  [key: string]: string | PlainMaps;
}

/**
 * Reads a text that is written in the plainest way: block maps, two spaces deeper each, of texts on one line; comments in
 * front alone. Undefined for any other text, which a whole reader of YAML may take or refuse. There may be thousands of such
 * files, and this reads them several times faster.
 */
export function plainMaps(text: string): PlainMaps | undefined {
  const root: PlainMaps = {};
  const open: PlainMaps[] = [root];
  // A key without a value opens a map, whose first line must come next.
  let isOpening = true;
  let start = 0;
  while (text.charCodeAt(start) === hash) start = text.indexOf('\n', start) + 1 || text.length;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    const [, indent = '', key, single, double, plain] = pair.exec(text.slice(start, end)) ?? [];
    const depth = indent.length / 2 + 1;
    if (key === undefined || isSpecial(key) || (isOpening ? depth !== open.length : depth > open.length))
      return undefined;
    open.length = depth;
    const map = open[depth - 1];
    if (!map || Object.hasOwn(map, key)) return undefined;
    if (plain !== undefined && isSpecial(plain)) return undefined;
    const value: string | PlainMaps = single ?? double ?? plain ?? {};
    map[key] = value;
    isOpening = typeof value !== 'string';
    if (typeof value !== 'string') open.push(value);
    start = end + 1;
  }
  return isOpening ? undefined : root;
}

const hash = 0x23;

/** A plain text begins with a letter and holds nothing that means anything to YAML. */
const pair =
  /^((?: {2})*)([A-Za-z.][\w./-]*):(?: (?:'([^'\p{C}\u2028\u2029]*)'|"([^"\\\p{C}\u2028\u2029]*)"|([A-Za-z][\w+/=.-]*(?: [\w+/=.-]+)*)))?$/u;

/** Texts that some reader takes for something else. */
const special = /^(?:null|true|false|yes|no|on|off|y|n|\.inf|\.nan)$/i;

function isSpecial(text: string): boolean {
  return text.length < 6 && special.test(text);
}
