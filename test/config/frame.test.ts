import { tokenFrame } from '../../src/config/frame.js';

const alone = { line: 2, before: false, after: false };

describe('tokenFrame', () => {
  test('shows the token with the number of its line and a caret under it', () => {
    expect(tokenFrame({ ...alone, text: 'image:' })).toBe('  2 | image:\n    | ^');
  });

  test('shows of the rest of the line only that there is one', () => {
    expect(tokenFrame({ text: 'a:', line: 10, before: true, after: true })).toBe('  10 | … a: …\n     |   ^');
  });

  test('shows of a token over several lines, or a very long one, only the beginning', () => {
    expect(tokenFrame({ ...alone, text: '"a\r\nb"' })).toBe('  2 | "a…\n    | ^');
    expect(tokenFrame({ ...alone, text: 'x'.repeat(1_000_000) }).length).toBeLessThan(130);
  });

  test('shows no character that would steer a terminal or reorder the text', () => {
    const frame = tokenFrame({ ...alone, text: 'a\u001b[31m\u202e\u009b\u200b\ud800\t' });
    expect(frame.split('\n')[0]).toBe('  2 | a?[31m???? ');
  });
});
