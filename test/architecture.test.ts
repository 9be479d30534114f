import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

// Folders are the stages of the data flow; imports point one way.
const allowed: Record<string, readonly string[]> = {
  model: [],
  manifests: ['model'],
  config: ['model'],
  gitops: ['model'],
  constructs: ['model', 'gitops'],
  synth: ['model', 'constructs'],
  app: ['model', 'manifests', 'config', 'gitops', 'constructs', 'synth'],
  cli: ['model', 'config', 'synth', 'app'],
};

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;']*\bfrom '([^']+)'/gm)].map(([, target]) => target ?? '');
}

const folderOf = (file: string) => file.split('/')[0] ?? '';

test.each(files.filter((file) => file.includes('/')))('%s imports only from stages before its own', (file) => {
  const folder = folderOf(file);
  for (const target of importsOf(file).filter((each) => each.startsWith('.'))) {
    const other = folderOf(relative('src', join('src', dirname(file), target)));
    if (other !== folder && other !== '..') expect(allowed[folder]).toContain(other);
  }
});

test('model knows neither cdk8s nor the file system', () => {
  const foreign = files
    .filter((file) => folderOf(file) === 'model')
    .flatMap(importsOf)
    .filter((target) => !target.startsWith('.'));
  expect([...new Set(foreign)].filter((target) => target !== 'node:util')).toEqual([]);
});

test.each(files)('%s keeps to its share of the process', (file) => {
  const text = readFileSync(join('src', file), 'utf8');
  if (!/^cli\/|^main\.ts$/.test(file)) expect(text).not.toMatch(/\bprocess\.|\bconsole\./);
  if (!/^(cli|config|manifests|synth)\//.test(file)) expect(text).not.toMatch(/from '(node:)?fs'/);
});
