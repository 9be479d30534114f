import Ajv from 'ajv';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseConfig } from '../../src/config/load.js';
import { checkShape } from '../../src/model/check/check-shape.js';
import { ImagePullError, type Problem, pathOf, problemText } from '../../src/model/problem/problem.js';
import { vocabularySchema } from '../../src/model/vocabulary/json-schema.js';
import { emptyFolder } from '../support.js';
import { marker, type Path, pathsIn, valueAt, valuesOf, withValue } from './vocabulary-values.js';

const seed = Number(process.env.FC_SEED ?? 1);
const schema = vocabularySchema();
const accepts = new Ajv({ strictTypes: 'log', strictRequired: 'log', strictTuples: 'log' }).compile(schema);
const configs = valuesOf(schema);
const base = emptyFolder();

/** What is said of a config, and where. */
function problemsOf(config: unknown): readonly Problem[] {
  try {
    return parseConfig(textOf(config), 'c.yaml', base).problems;
  } catch (error) {
    if (ImagePullError.is(error)) return error.problems;
    throw error;
  }
}

const textOf = (config: unknown) => stringify(config, { aliasDuplicateObjects: false });
const aboutShape = ({ code }: Problem) => code.startsWith('config-');

/** A config and the path of something in it. */
const withPath = configs.chain((config) =>
  fc.constantFrom(...pathsIn(config).filter((path) => path.length > 0)).map((path) => ({ config, path })),
);

test('a config of the schema is taken', () => {
  fc.assert(
    fc.property(configs, (config) => {
      expect(accepts(config)).toBe(true);
      expect(problemsOf(config).filter(aboutShape)).toEqual([]);
    }),
    { seed, numRuns: 100 },
  );
});

test('a key that the schema does not have is refused at its place', () => {
  const key = 'no-such-key';
  const isMapping = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  fc.assert(
    fc.property(withPath, ({ config, path }) => {
      fc.pre(isMapping(valueAt(config, path)));
      const mutant = withValue(config, [...path, key], marker);
      const line = textOf(mutant)
        .split('\n')
        .findIndex((each) => each.includes(key));
      const problems = problemsOf(mutant).filter(aboutShape);
      if (accepts(mutant)) return expect(problems).toEqual([]);
      // A value under any name is of another type than a text.
      const code = problems[0]?.code === 'config-wrong-type' ? 'config-wrong-type' : 'config-unknown-key';
      expect(problems).toMatchObject([{ code, at: { file: 'c.yaml', line: line + 1 } }]);
    }),
    { seed, numRuns: 200 },
  );
});

const others = fc.constantFrom<unknown>(null, true, 5, `${marker} and more`, [], [marker], {}, { [marker]: marker });

test('a value of another type or form is refused where the schema refuses it, and no value is shown', () => {
  fc.assert(
    fc.property(withPath, others, ({ config, path }, other) => {
      const mutant = withValue(config, path, other);
      const problems = checkShape(mutant, schema);
      expect(problems.length === 0).toBe(accepts(mutant));
      for (const at of problems.map(pathOf))
        expect(startsWith(at, path) || startsWith(path, at) || inOverlap(at, path)).toBe(true);
      // A key may be shown; this one stands for any.
      expect(
        problems.map(problemText).join('\n').replaceAll(`has no key "${marker}"`, '').replaceAll(`.${marker}`, ''),
      ).not.toContain(marker);
    }),
    { seed, numRuns: 500 },
  );
});

/** A list of texts and lists is wrong at either. */
function inOverlap(...paths: readonly Path[]): boolean {
  return paths.every(([key]) => key === 'overlap');
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((part, index) => part === path[index]);
}

test('a key that is required is missed', () => {
  fc.assert(
    fc.property(withPath, ({ config, path }) => {
      const mutant = structuredClone(config);
      const owner = valueAt(mutant, path.slice(0, -1));
      fc.pre(!Array.isArray(owner));
      delete (owner as Record<string, unknown>)[String(path.at(-1))];
      expect(checkShape(mutant, schema).length === 0).toBe(accepts(mutant));
    }),
    { seed, numRuns: 300 },
  );
});
