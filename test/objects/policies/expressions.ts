/**
 * Runs the CEL that policies are written in: a subset that is JavaScript but for its list functions. Whether the engines
 * read it the same way, test/engines asks them.
 */
export function runCel(expression: string, variables: Readonly<Record<string, unknown>>): unknown {
  const text = expression
    .replace(/\.\?labels\[\?("[^"]*")\]\.orValue\(""\)/g, '.labels?.[$1]')
    .replaceAll('.exists(', '.some(')
    .replaceAll('.contains(', '.includes(')
    .replaceAll('.lowerAscii()', '.toLowerCase()')
    .replaceAll('.size()', '.length')
    .replace(/\.(exists|some|map)\((\w), /g, '.$1($2 => ')
    .replace(/\.matches\(("[^"]*")\)/g, '.match(new RegExp($1)) !== null')
    .replace(/([\w.]+) in (\[[^\]]*\])/g, '$2.includes($1)');
  return new Function(...Object.keys(variables), `return ${text};`)(...Object.values(variables));
}

/** Counts with the JMESPath that policies are written in, on one list of texts under the name `images`. */
export function runJmesCount(expression: string, images: readonly string[]): number {
  const [, filter = ''] = /^images \| \[\?(.*)\] \| length\(@\)$/s.exec(expression) ?? [];
  const text = filter
    .split(/('(?:[^'\\]|\\.)*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('@', 'i').replace(/`([^`]*)`/g, '$1')))
    .join('');
  const functions = {
    starts_with: (subject: string, prefix: string) => subject.startsWith(prefix),
    contains: (subject: string, part: string) => subject.includes(part),
    split: (subject: string, separator: string) => subject.split(separator),
    length: (list: readonly unknown[]) => list.length,
    to_lower: (subject: string) => subject.toLowerCase(),
  };
  const holds = new Function('i', ...Object.keys(functions), `return ${text};`);
  return images.filter((image) => holds(image, ...Object.values(functions))).length;
}
