import { asked } from './arguments.js';

test.each([
  [[], { form: 'full', part: undefined, patterns: [] }],
  [['--quick', 'grants'], { form: 'quick', part: undefined, patterns: ['grants'] }],
  [['--all'], { form: 'all', part: undefined, patterns: [] }],
  [['--all=flux', 'life', '-t', 'a list'], { form: 'all', part: 'flux', patterns: ['life', '-t', 'a list'] }],
])('%j', (args, wanted) => {
  expect(asked(args)).toEqual(wanted);
});
