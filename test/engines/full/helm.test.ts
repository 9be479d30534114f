// What helm makes of renderings; the same tests as run where it is on PATH.
import { dirname } from 'node:path';
import { describeRealRenderings } from '../../manifests/render/real-renderings.js';
import { helmEngine } from '../engines/helm.js';
import { noteRan, programPath } from '../session.js';

let folder: string;

beforeAll(() => {
  folder = dirname(programPath('helm'));
  noteRan(helmEngine);
});

describeRealRenderings('helm', () => folder);
