// The sections of docs/repositories.md, gone through command by command where kustomize and helm are on PATH.
// Renew what they show with: npm run test:update
import { findProgram } from '../src/run/find-program.js';
import { testStories } from './repository-stories.js';

const missing = ['kustomize', 'helm'].filter((name) => findProgram(name, process.env.PATH) === undefined);

if (missing.length > 0) test.skip(`are not gone through here: ${missing.join(' and ')} not on PATH`, () => {});
else testStories();
