// The examples that kustomize alone renders; the same tests as run where it is on PATH.
import { dirname } from 'node:path';
import { renderedExamples, testRenderedExample } from '../../example-runs.js';
import { programPath } from '../session.js';

beforeAll(() => {
  process.env.PATH = dirname(programPath('kustomize'));
});

describe.each([...renderedExamples].filter(([, { needs }]) => needs.join() === 'kustomize'))('%s', testRenderedExample);
