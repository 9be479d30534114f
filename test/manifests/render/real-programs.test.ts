// What real programs make of renderings, where they are on PATH; the engines tier always has them.
import { findProgram } from '../../../src/run/find-program.js';
import { describeRealRenderings } from './real-renderings.js';

const search = process.env.PATH ?? '';

for (const name of ['kustomize', 'helm'] as const) {
  const isThere = findProgram(name, search) !== undefined;
  const title = isThere ? `${name} on PATH` : `${name} is not on PATH, so that these are skipped`;
  (isThere ? describe : describe.skip)(title, () => describeRealRenderings(name, () => search));
}
