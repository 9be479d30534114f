// What kustomize makes of renderings; the same tests as run where it is on PATH.
import { dirname } from 'node:path';
import { describeRealRenderings } from '../../manifests/render/real-renderings.js';
import { kustomizeEngine } from '../engines/kustomize.js';
import { noteRan, programPath } from '../session.js';

let folder: string;

beforeAll(() => {
  folder = dirname(programPath('kustomize'));
  noteRan(kustomizeEngine);
});

describeRealRenderings('kustomize', () => folder);
