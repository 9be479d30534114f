import fc from 'fast-check';

const pieces = [
  ...['a', 'b', 'key', 'image', '- ', '-', ':', ': ', '? ', '?', '\n', '\n', '\n  ', '\n    ', '\n ', '  ', ' ', '\t'],
  ...[
    '[',
    ']',
    '{',
    '}',
    ',',
    ', ',
    '"',
    "'",
    '"x"',
    "'y'",
    '|',
    '>',
    '|-\n',
    '>+\n  ',
    '|2\n',
    '#',
    ' # c',
    '&a ',
    '*a',
  ],
  ...['&b', '*b ', '!!str ', '!!int ', '! ', '!x ', '!!binary ', '!<tag:yaml.org,2002:str> ', '<<: ', '<<: *a', '---'],
  ...[
    '\n---\n',
    '\n...\n',
    '...',
    '%YAML 1.1',
    '\r\n',
    '\r',
    '\u0085',
    '\u2028',

    '1',
    '010',
    '0x1F',
    '1_000',
  ],
  ...[
    'yes',
    'no',
    'on',
    '~',
    'null',
    '.inf',
    '1.5',
    '2001-01-01',
    '1:30',
    'é',
    '😀',
    '\\',
    '\\n',
    '\\x41',
    '@',
    '`',
    '%',
  ],
  ...['=', '<<', '"<<"', '-1', '+1', '_1', '0b1', '0b-0', '7e_1', 'a: b', 'a: b\n', '- a\n', 'x: [a, b\n]', '{a: 1}'],
];
const scalars = [
  ...['a', 'b c', '"q"', "'s'", '1', '010', 'yes', '~', '', 'null', '1.5', '"a\\tb"', '"multi\n   line"', '! z', '- x'],
  ...[
    'multi\n   plain',
    "'it''s'",
    '*a',
    '&a x',
    '&b {x: y}',
    '!!str 1',
    '!!int "2"',
    '!!binary aGk=',
    '[a, b]',
    '? x',
  ],
  ...['{x: 1, y: [2]}', '[a: b]', '<<', 'on', '1_0', '-0x8000000000000000', '0o7', '.5', '1:30', 'x#y', 'x #c', 'a,b'],
  ...['http://a:b', '[]', '{}', '{a}', '[a,]', '-', '[\na\n]', '{\n}', '"a\nb"'],
];
const keys = ['a', 'b', 'c', 'image', '"q"', '1', 'yes', '1.5', '010', '&k d', '*a ', '<<', '!!str <<', '? e\n'];
const headers = ['|', '>', '|-', '>-', '|+', '>+', '|1', '>2-'];
const lines = ['x', 'x y', '', '# c', '- z', ' more', '\tx'];

/** What stands behind a key or a dash. */
function value(depth: number, indent: number): fc.Arbitrary<string> {
  const scalar = fc
    .tuple(fc.constantFrom(...scalars), fc.constantFrom('', '', '', ' # c'))
    .map(([text, comment]) => ` ${text}${comment}\n`);
  if (depth === 0) return scalar;
  const margin = ' '.repeat(indent);
  const step = fc.constantFrom(1, 2, 2, 4, 0);
  const pair = fc
    .tuple(fc.constantFrom(...keys), fc.constantFrom(':', ':', ':', ':', ''), step)
    .chain(([key, colon, by]) => value(depth - 1, indent + by).map((text) => `${margin}${key}${colon}${text}`));
  const item = value(depth - 1, indent + 2).map((text) => `${margin}-${text}`);
  const line = fc.tuple(fc.constantFrom(margin, margin, `${margin} `, '', '  '), fc.constantFrom(...lines));
  const block = fc
    .tuple(fc.constantFrom(...headers), fc.array(line, { maxLength: 4 }))
    .map(([header, all]) => ` ${header}\n${all.map(([start, text]) => `${start}${text}\n`).join('')}`);
  const of = (part: fc.Arbitrary<string>) =>
    fc.array(part, { minLength: 1, maxLength: 3 }).map((all) => `\n${all.join('')}`);
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 4, arbitrary: of(pair) },
    { weight: 2, arbitrary: of(item) },
    { weight: 1, arbitrary: block },
  );
}

const document = value(3, 0).map((text) => text.replace(/^[ \n]/, ''));
const stream = fc.array(document, { minLength: 1, maxLength: 2 }).map((all) => all.join('---\n'));
const lineBreaks = fc
  .tuple(stream, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'))
  .map(([text, by]) => text.replaceAll('\n', by));
const soup = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((all) => all.join(''));
const mutated = fc
  .tuple(lineBreaks, fc.nat(), fc.constantFrom('', ...pieces))
  .map(([text, at, piece]) => text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + 1));

/** Texts of which about half are YAML to Kubernetes. kubectl ends the last line with a line feed; other breaks are none to it. */
export const yamlText: fc.Arbitrary<string> = fc
  .oneof(soup, lineBreaks, mutated)
  .map((text) => (/[\r\u0085\u2028]\s*$/.test(text) ? `${text}\n` : text));

/** Texts that some reader of YAML may take for something else than text. */
export const difficultText: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[-+.:_0-9abeExobTZ<~ny ]{1,12}$/),
  fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !/\p{Surrogate}/u.test(text)),
);
