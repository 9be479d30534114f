// UPDATE_GOLDEN=1 npx jest build/manifests/edits/corpus writes the differences of the corpus anew.
import { readCorpus, writeCorpus } from './corpus.js';
import { attach, brokenPromise, read } from './lists.js';

const cases = readCorpus();

if (process.env.UPDATE_GOLDEN) {
  writeCorpus(
    cases.map((each) => {
      const { text, problems } = attach(each.before, each.wanted);
      return { ...each, after: text, problems: problems.map(({ code }) => code) };
    }),
  );
}

test('the corpus holds many shapes, each once', () => {
  expect(cases.length).toBeGreaterThan(100);
  expect(new Set(cases.map(({ before, wanted }) => before + wanted)).size).toBe(cases.length);
});

describe.each(cases.map((each) => [`${each.file}: ${each.name}`, each] as const))('%s', (_title, each) => {
  const { before, after, wanted, problems } = each;

  test('is a manifest that can be read', () => {
    expect(read(before).problems).toEqual([]);
  });

  test('becomes what the corpus says', () => {
    const edit = attach(before, wanted);
    expect(edit.text).toBe(after);
    expect(edit.problems.map(({ code }) => code)).toEqual(problems);
  });

  test('keeps every promise of an edit', () => {
    expect(brokenPromise(before, wanted)).toBeUndefined();
  });
});
