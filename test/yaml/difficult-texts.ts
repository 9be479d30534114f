const words = (text: string): string[] => text.split(' ');

/** Texts that YAML 1.1, or the library, treats in a way of its own. */
export const difficultTexts: readonly string[] = [
  // plain
  ...words('a team-a ghcr.io/acme/web:v4 /path _x x_ kubernetes.io/a=b nil none yesterday constructor toString'),
  ...words('__proto__ hasOwnProperty toJSON then a,b a#b a:b'),
  // words of YAML 1.1
  ...words('y Y n N yes Yes YES yEs no No NO on On ON off Off OFF ~ <<'),
  ...words('true True TRUE false False FALSE null Null NULL nULL = !'),
  // numbers, times and dates of YAML 1.1, and what only looks like them
  ...words('0 00 1 -1 +1 012 0o7 0x1F 0b101 1_000 _1 1e3 1E3 1e+3 .5 5. -.5 e5 E5 e+5 e-12 e e5e .e5 . .. ._'),
  ...words('1.35 1.2.3 10.0.0.1 .inf -.inf .Inf .INF +.inf .nan .NaN .NAN 12:30 12:30:45 -1:20 190:20:30.15 1:60'),
  ...words('2024-01-01 2024-1-1 2024-01-01T10:00:00Z 2024-13-99 2024'),
  '2024-01-01 10:00:00',
  // indicators
  ...words(': :: a::b a: :a #a - -- -a ? ?a [ ] [a] { } , ,a &a *a !a | |- > >a % %a @a `a --- ---a ... %YAML'),
  ...['a: b', 'a :b', 'a: ', ': ', 'a #b', ' #', '- ', '- a', '? a', '{a: 1}', '--- a', '... a', '%YAML 1.1'],
  // quotes
  ...["'", "'a'", '"', '"a"', `it's`, `a "b"`, `"'`, `'"a: `, 'a\\nb', 'a\\', '\\', '{"auths":{"ghcr.io":{}}}'],
  '{{ .a | toJson }}',
  // white space
  ...['', ' ', '  ', 'plain text', 'two  spaces', ' lead', 'trail ', '\ttab', 'tab\t', 'a\tb'],
  // several lines
  ...['\n', '\n\n', 'a\n', 'a\n\n', 'a\nb', 'a\nb\n', 'a\nb\n\n', '\na', '\n\na\n', ' a\nb', 'a\n b', 'a \nb', '  a\n'],
  ...['a\n\n b', 'a\n ', 'a\n\t', 'a\n \n', 'a: b\nc', '# a\nb', 'a #\nb', '\ta\n', 'a\n\tb\n', '- a\n- b\n', 'a\r\nb'],
  ...['a\rb', '\r', 'a\n---', 'a\n---\nb', 'a\n...', 'a\n%b', '---\n', '\n---', `a\nb: "c" 'd'`],
  // beyond printable ASCII
  ...['\u0000', 'a\u0007', '\u001b[31m', '\u007f', '\u0080', 'a\u0085b', '\u00a0', '\ufeff', 'a\u2028b', 'a\u2029b'],
  ...['\u200b', 'ä', 'Ä b', '\u{1F600}', 'a\u{1F600}b', '\ud800', 'a\udc00b', '\udc00\ud800', '日本', '\ufffe'],
  // long
  ...['x'.repeat(200), 'word '.repeat(60), `${'word '.repeat(60)}end`, `"${'word '.repeat(30)}`, 'x'.repeat(5000)],
];
