import fc from 'fast-check';
import { headerOf } from '../../src/output/header.js';
import { headOf, purposeLine } from '../../src/output/purpose-line.js';

const count = (length: number, item: (index: number) => string) => Array.from({ length }, (_, index) => item(index));

test.each([
  [['Deployment a/web'], ['ghcr.io/acme/web'], '# For Deployment a/web, which pulls ghcr.io/acme/web.'],
  [['Job a/x', 'Job a/y'], ['r.io/a', 'r.io/b'], '# For Job a/x, Job a/y, which pull r.io/a, r.io/b.'],
  [[], ['ghcr.io/acme/*'], '# For whatever pulls ghcr.io/acme/*.'],
  [
    count(7, (index) => `Job a/j${index}`),
    count(9, (index) => `r.io/i${index}`),
    '# For Job a/j0, Job a/j1, Job a/j2, Job a/j3, Job a/j4 and 2 more, which pull r.io/i0, r.io/i1, r.io/i2, r.io/i3, r.io/i4 and 4 more.',
  ],
  [['Pod a/x\n# y', 'Pod a/z'], ['r.io/a'], '# For Pod a/z and 1 more, which pull r.io/a.'],
  [['Pod a/ghp_0123456789abcdef'], ['r.io/a'], '# For whatever pulls r.io/a.'],
  [['Pod a/x y'], ['user:password@r.io/a', 'r.io/a'], '# For whatever pulls r.io/a and 1 more.'],
  [[`Pod a/${'x'.repeat(500)}`], ['r.io/a'], `# For Pod a/${'x'.repeat(114)}…, which pulls r.io/a.`],
])('%j that pull %j are one line', (pullers, repositories, line) => {
  expect(purposeLine({ pullers, repositories })).toBe(`${line}\n`);
});

test('a file that is for none has no such line', () => {
  expect(purposeLine({ pullers: [], repositories: [] })).toBe('');
  expect(purposeLine({ pullers: ['Pod a/x'], repositories: ['nothing of this kind'] })).toBe('');
});

test('whatever the input holds, the line is one line, bounded, and known again as ours', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }));
  const pullers = fc.array(fc.oneof(text, fc.constant('Deployment a/web'), fc.constant('Job a/b\u2028c')));
  const repositories = fc.array(fc.oneof(text, fc.constant('ghcr.io/acme/web'), fc.constant('[::1]:5000/a_b')));
  fc.assert(
    fc.property(pullers, repositories, (who, what) => {
      const line = purposeLine({ pullers: who, repositories: what });
      if (line === '') return;
      expect(line).toMatch(/^# For [ -~…]*\.\n$/);
      expect(line.length).toBeLessThan(1500);
      const text = `${headerOf('prod')}${line}kind: Secret\n`;
      expect(headOf(text)).toBe(headerOf('prod') + line);
    }),
  );
});

test.each([
  '# hunter2\n',
  '# For hunter2.\n',
  '# For Pod a/x, which pulls hunter 2.\n',
  '',
  'kind: Secret\n',
])('%j behind the first line is not ours', (line) => {
  expect(headOf(`${headerOf('prod')}${line}`)).toBe(headerOf('prod'));
  expect(headOf(line)).toBe('');
});
