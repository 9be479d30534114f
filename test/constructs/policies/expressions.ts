/**
 * Runs the CEL that policies are written in: a subset that is JavaScript but for its list functions. Whether the engines
 * read it the same way, test/engines asks them.
 */
export function runCel(expression: string, variables: Readonly<Record<string, unknown>>): unknown {
  const text = expression
    .replaceAll('.exists(', '.some(')
    .replaceAll('.contains(', '.includes(')
    .replaceAll('.lowerAscii()', '.toLowerCase()')
    .replaceAll('.size()', '.length')
    .replace(/\.(exists|some|map)\((\w), /g, '.$1($2 => ')
    .replace(/\.matches\(("[^"]*")\)/g, '.match(new RegExp($1)) !== null')
    .replace(/([\w.]+) in (\[[^\]]*\])/g, '$2.includes($1)');
  return new Function(...Object.keys(variables), `return ${text};`)(...Object.values(variables));
}
