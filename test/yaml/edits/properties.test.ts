import fc from 'fast-check';
import { attach, brokenPromise, read } from './lists.js';
import { styledManifest } from './styled-documents.js';

const names = fc.uniqueArray(fc.constantFrom('hub-pull', 'ghcr-pull', 'own', '123', 'a.b-c'), {
  minLength: 1,
  maxLength: 3,
});

test('manifests of any style keep every promise of an edit', () => {
  fc.assert(
    fc.property(styledManifest, names, (text, wanted) => {
      expect(read(text).problems).toEqual([]);
      expect(brokenPromise(text, wanted)).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

test('after any steps, taking all back gives the text as it was', () => {
  fc.assert(
    fc.property(styledManifest, fc.array(names, { minLength: 2, maxLength: 4 }), (text, steps) => {
      const edited = steps.reduce((each, wanted) => attach(each, wanted).text, text);
      expect(attach(edited, []).text).toBe(text);
    }),
    { numRuns: 200 },
  );
});

test('almost all of them can be edited', () => {
  let lists = 0;
  let problems = 0;
  fc.assert(
    fc.property(styledManifest, (text) => {
      const edit = attach(text, ['hub-pull', 'ghcr-pull']);
      lists += edit.changes.length;
      problems += edit.problems.length;
    }),
    { numRuns: 200 },
  );
  expect(problems).toBeLessThan(lists / 10);
});
