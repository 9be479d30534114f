import { type BuildResult, buildAll, lacksEngine } from './build-all.js';
import type { Engine, Form } from './engine.js';
import { summary } from './summary.js';

const built = { version: 'v1', programs: {} };
const good: Engine = { name: 'good', form: 'quick', build: async () => built };
const slow: Engine = { name: 'slow', form: 'full', build: async () => built };
const bad: Engine = {
  name: 'bad',
  form: 'quick',
  build: async () => {
    throw new Error('no compiler\nand much more');
  },
};

const results = (...engines: Engine[]): Promise<BuildResult[]> => buildAll(engines, 'full', () => {});

test('a form builds its engines and those of the forms before it', async () => {
  const last: Engine = { name: 'last', form: 'all', build: async () => built };
  const namesFor = async (form: Form) =>
    (await buildAll([good, slow, last], form, () => {})).map(({ engine }) => engine.name);
  expect(await namesFor('quick')).toEqual(['good']);
  expect(await namesFor('full')).toEqual(['good', 'slow']);
  expect(await namesFor('all')).toEqual(['good', 'slow', 'last']);
});

test('an engine that does not build fails the run', async () => {
  expect(lacksEngine(await results(good, slow))).toBe(false);
  expect(lacksEngine(await results(good, bad))).toBe(true);
});

test('once stopped, it builds no further engine', async () => {
  let stopped = false;
  const stopping: Engine = {
    name: 'stopping',
    form: 'quick',
    build: async () => {
      stopped = true;
      return built;
    },
  };
  const begun = await buildAll(
    [good, stopping, slow],
    'full',
    () => {},
    () => stopped,
  );
  expect(begun.map(({ engine }) => engine.name)).toEqual(['good', 'stopping']);
});

test('the summary names every engine with its version, and why one did not run', async () => {
  expect(summary(await results(good, slow, bad), new Set(['good']), { other: 'not published' })).toBe(
    [
      'Engines:',
      '  good   v1  ran',
      '  slow   v1  ready, not used',
      '  bad    could not run: no compiler',
      '  other  could not run: not published',
    ].join('\n'),
  );
});
