// The committed output of every example, and of the repository's own image-pull.yaml, is what a run gives now.
// Renew it with: npm run test:update
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  examples,
  missingPrograms,
  renderedExamples,
  stepsOf,
  testRenderedExample,
  testSteps,
} from './example-runs.js';
import { cli, emptyFolder, filesOf } from './support.js';

testSteps([{ folder: '.' }, ...examples.filter((example) => !renderedExamples.has(example)).flatMap(stepsOf)]);

describe.each([...renderedExamples])('%s', (example, rendered) => {
  const missing = missingPrograms(rendered);
  if (missing.length > 0) test.skip(`is not rendered here: ${missing.join(' and ')} not on PATH`, () => {});
  else testRenderedExample(example, rendered);
});

test.each(examples)('%s has a README', (folder) => {
  expect(existsSync(join(folder, 'README.md'))).toBe(true);
});

test('every example is named in the README', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const example of examples) expect(readme).toContain(`(${example})`);
});

test('a config.json whose credential is in a credential store is refused, and the reason is said', async () => {
  const folder = emptyFolder();
  cpSync('examples/docker-hub-config-json', folder, { recursive: true });
  const before = filesOf(folder);
  const { code, err } = await cli(join(folder, 'refused'), 'synth');
  expect(code).toBe(2);
  expect(err).toContain('config.json holds no credential for docker.io [docker-config-lacks-registry]');
  expect(err).toContain('docker login left the credential in a credential store of this machine');
  expect(filesOf(folder)).toEqual(before);
});
