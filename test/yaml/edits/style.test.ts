import { scalarText } from '../../../src/yaml/edits/scalar-text.js';
import { FileStyle } from '../../../src/yaml/edits/style.js';

describe('FileStyle', () => {
  const text = `a:
- x
b:
    c:
      - y # comment
    d: # comment

    # comment
      - z
e: {f: g}
h: |
  {{ a: b }}
i: [{ j: k }]
`;
  const style = new FileStyle(text);

  test('tells the column of dashes by the nearest list', () => {
    expect(style.listStep(0)).toBe(0);
    expect(style.listStep(text.indexOf('c:'))).toBe(2);
    expect(style.listStep(text.length)).toBe(2);
  });

  test('tells the column of keys by the nearest map', () => {
    expect(style.mapStep(0)).toBe(4);
    expect(new FileStyle('a:\n  - b:\n       c: d\n').mapStep(0)).toBe(3);
  });

  test('tells the padding of braces by the nearest ones that are no template', () => {
    expect(style.padding(0)).toBe('');
    expect(style.padding(text.indexOf('{{'))).toBe('');
    expect(style.padding(text.length)).toBe(' ');
  });

  test('has the habits of kubectl where nothing tells', () => {
    const empty = new FileStyle('a: b\n');
    expect([empty.listStep(0), empty.mapStep(0), empty.padding(0)]).toEqual([0, 2, ' ']);
  });
});

describe('scalarText', () => {
  test.each(['hub-pull', 'a.b', './x/y.yaml', '1st', 'yEs'])('writes %p as it is', (text) => {
    expect(scalarText(text)).toBe(text);
  });

  test.each([
    '',
    '1',
    '-a',
    'yes',
    'null',
    '~',
    'a b',
    'a: b',
    'a #b',
    '#a',
    '[a]',
    'a,b',
    'a\nb',
    '2001-01-01',
    '1:30',
    '1e3',
    '*a',
    '&a',
  ])('puts %p in quotes', (text) => {
    expect(scalarText(text)).toBe(JSON.stringify(text));
  });
});
