import { frameOf, frameOfLine, mayHoldSecrets } from '../../src/model/frame.js';

describe('frameOf', () => {
  test('shows the line with its number and a caret under the column', () => {
    expect(frameOf('a: 1\nimage: [x\nb: 2\n', 2, 8)).toBe('  2 | image: [x\n    |        ^');
  });

  test('shows the first and the last line', () => {
    expect(frameOf('abc', 1, 1)).toBe('  1 | abc\n    | ^');
    expect(frameOf('a\nb', 2, 2)).toBe('  2 | b\n    |  ^');
  });

  test('has nothing for a line that is not there', () => {
    expect(frameOf('a\n', 3, 1)).toBeUndefined();
  });

  test('shows a tab as one space, so that the caret stays under its column', () => {
    expect(frameOf('\t\tx', 1, 3)).toBe('  1 |   x\n    |   ^');
  });

  test('leaves the carriage return out', () => {
    expect(frameOf('ab\r\nc', 1, 2)).toBe('  1 | ab\n    |  ^');
  });

  test.each([
    ['in front', 1],
    ['in the middle', 500_000],
    ['at the end', 1_000_000],
  ])('shows of a very long line the part around the column (%s)', (_where, column) => {
    const line = `${'x'.repeat(column - 1)}!${'y'.repeat(1_000_000 - column)}`;
    const [shown = '', caret = ''] = frameOfLine(line, 1, column).split('\n');
    expect(shown.length).toBeLessThan(120);
    expect(shown[caret.indexOf('^')]).toBe('!');
  });

  test('puts the caret behind the line for a column beyond it', () => {
    expect(frameOf('ab', 1, 99)).toBe('  1 | ab\n    |   ^');
  });

  test('shows no character that would steer a terminal or reorder the text', () => {
    const frame = frameOf('a\u001b[31m\u202e\u009b\u200b\ud800', 1, 1) ?? '';
    expect(frame.split('\n')[0]).toBe('  1 | a?[31m????');
  });
});

describe('mayHoldSecrets', () => {
  test.each([
    'kind: Secret',
    '"kind": "Secret"',
    "kind: 'Secret'",
    'kind:   &a Secret',
    '? kind\n: Secret',
    'kind: SecretList',
  ])('is true for %p', (text) => {
    expect(mayHoldSecrets(text)).toBe(true);
  });

  test.each(['kind: ExternalSecret', 'kind: SealedSecret', 'secretKeyRef: {}', 'imagePullSecrets: []', ''])(
    'is false for %p',
    (text) => {
      expect(mayHoldSecrets(text)).toBe(false);
    },
  );
});
