const lineBreak = '(?:\\r?\\r?\\n|[\\r\\u0085\\u2028\\u2029])';
const fold = `[ \\t]*${lineBreak}(?:[ \\t]|${lineBreak})*`;
const anyBreak = new RegExp(lineBreak, 'g');
const lastBreak = new RegExp(`${lineBreak}$`);
const folds = new RegExp(fold, 'g');
const singleParts = new RegExp(`''|${fold}`, 'g');
const doubleParts = new RegExp(
  `\\\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|${lineBreak}(?:[ \\t]|${lineBreak})*|[^])|${fold}`,
  'g',
);
const mayChange: Readonly<Record<'plain' | 'single' | 'double', RegExp>> = {
  plain: /[\n\r\u0085\u2028\u2029]/,
  single: /['\n\r\u0085\u2028\u2029]/,
  double: /[\\\n\r\u0085\u2028\u2029]/,
};
const escaped: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029' },
};

/** The value of a scalar without quotes, or of what stands between its quotes. */
export function flowScalarValue(inner: string, style: 'plain' | 'single' | 'double'): string {
  if (!mayChange[style].test(inner)) return inner;
  if (style === 'plain') return inner.replace(folds, folded);
  if (style === 'single') return inner.replace(singleParts, (part) => (part === "''" ? "'" : folded(part)));
  return inner.replace(doubleParts, (part) => (part.startsWith('\\') ? unescaped(part) : folded(part)));
}

function unescaped(part: string): string {
  const name = part[1]!;
  if (part.length > 2 && /[xuU]/.test(name)) return String.fromCodePoint(Number.parseInt(part.slice(2), 16));
  // A break behind a backslash is none; empty lines behind it are.
  if (/[\r\n\u0085\u2028\u2029]/.test(name)) return breaksIn(part).slice(1).join('');
  return escaped[name] ?? name;
}

/** A line break with the white space around it: a space, or the empty lines that follow. */
function folded(part: string): string {
  const [first = '', ...further] = breaksIn(part);
  if (first !== '\n') return first + further.join('');
  return further.length === 0 ? ' ' : further.join('');
}

function breaksIn(part: string): string[] {
  return (part.match(anyBreak) ?? []).map(normalBreak);
}

// YAML 1.1 keeps the separators of Unicode as they are.
function normalBreak(text: string): string {
  return text === '\u2028' || text === '\u2029' ? text : '\n';
}

/** The value of a block scalar. A last line without break gets one, as kubectl reads it. */
export function blockScalarValue(source: string, style: 'literal' | 'folded', indent: number): string {
  const [header = '', ...lines] = source.split(/(?<=\r?\n|[\u0085\u2028\u2029]|\r(?!\r?\n))/);
  const [, chomping] = /^[|>][1-9]?([-+])/.exec(header) ?? [];
  const parts: string[] = [];
  let leading = '';
  let trailing = '';
  let wasBlank = false;
  for (const line of lines) {
    const [end = ''] = lastBreak.exec(line) ?? [];
    const content = line.slice(indent, line.length - end.length);
    const isEmpty = content === '';
    const lineEnd = end === '' ? '\n' : normalBreak(end);
    if (isEmpty) {
      trailing += lineEnd;
      continue;
    }
    const isBlank = content.startsWith(' ') || content.startsWith('\t');
    if (style === 'folded' && !wasBlank && !isBlank && leading === '\n') parts.push(trailing === '' ? ' ' : trailing);
    else parts.push(leading, trailing);
    parts.push(content);
    leading = lineEnd;
    trailing = '';
    wasBlank = isBlank;
  }
  if (chomping !== '-') parts.push(leading);
  if (chomping === '+') parts.push(trailing);
  return parts.join('');
}
