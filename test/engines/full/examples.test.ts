// The examples that kustomize and helm render, and docs/repositories.md; the same tests as run where both are on PATH.
import { delimiter, dirname } from 'node:path';
import { renderedExamples, testRenderedExample } from '../../example-runs.js';
import { testStories } from '../../repository-stories.js';
import { programPath } from '../session.js';

beforeAll(() => {
  process.env.PATH = ['kustomize', 'helm'].map((name) => dirname(programPath(name))).join(delimiter);
});

describe.each([...renderedExamples].filter(([, { needs }]) => needs.includes('helm')))('%s', testRenderedExample);

describe('docs/repositories.md', testStories);
