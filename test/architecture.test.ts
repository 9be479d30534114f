import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

// Rooms are named after the nouns that flow; imports point one way. CONTRIBUTING.md has the map.

/** The rooms of `model`, in order: each stands on those before it. */
const foundation = [
  ...['go', 'problem', 'names', 'image', 'docker-config', 'exposure', 'keyring', 'registry', 'inventory', 'topology'],
  ...['sealing', 'vocabulary', 'reach'],
].map((room) => `model/${room}`);
const flow = ['needs', 'plan', 'retire', 'proof'].map((room) => `model/${room}`);

function modelRooms(room: string): readonly string[] {
  if (room === 'model/check') return foundation;
  const place = foundation.indexOf(room);
  return place >= 0 ? foundation.slice(0, place) : [...foundation, ...flow.slice(0, flow.indexOf(room))];
}

/** What each room outside of `model` stands on, besides `model`. */
const allowed: Record<string, readonly string[]> = {
  yaml: [],
  output: ['yaml'],
  run: [],
  sealing: [],
  manifests: ['run', 'output', 'yaml'],
  config: ['sealing', 'yaml'],
  gitops: [],
  objects: ['gitops'],
  constructs: ['objects', 'gitops'],
  synth: ['constructs', 'objects', 'gitops', 'output', 'yaml'],
  app: ['synth', 'constructs', 'objects', 'gitops', 'manifests', 'sealing', 'output', 'config', 'yaml'],
  report: ['app', 'objects', 'manifests', 'output', 'config', 'yaml'],
  cli: ['report', 'app', 'synth', 'objects', 'manifests', 'sealing', 'output', 'config', 'yaml'],
};

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join('src', file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^;']*\bfrom '([^']+)'/gm)].map(([, target]) => target ?? '');
}

function filesThat(file: string): string[] {
  return importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => relative('src', join('src', dirname(file), target)).replace(/\.js$/, '.ts'));
}

/** `model/<room>`, the folder of another file, or nothing for files that lie in no room (`index.ts`, `main.ts`). */
function roomOf(file: string): string | undefined {
  const [folder, room] = file.split('/');
  if (!file.includes('/')) return undefined;
  if (folder !== 'model') return folder;
  return room?.endsWith('.ts') ? undefined : `model/${room}`;
}

function mayImport(room: string, other: string): boolean {
  if (room.startsWith('model/')) return modelRooms(room).includes(other);
  return other.startsWith('model/') || (allowed[room] ?? []).includes(other);
}

test.each(files.filter(roomOf))('%s imports only from rooms below its own', (file) => {
  const room = roomOf(file) ?? '';
  const upward = filesThat(file).filter((target) => {
    const other = roomOf(target);
    return other !== undefined && other !== room && !mayImport(room, other);
  });
  expect(upward).toEqual([]);
});

/** The five constructs may know each other; there is no other circle of files. */
const constructs = ['cluster', 'grant', 'namespace', 'pull-secret', 'service-account'].map(
  (name) => `constructs/${name}.ts`,
);

/** The files that a file imports, and those that they import. */
function reachedFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...(imports.get(file) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(imports.get(next) ?? []));
  }
  return reached;
}

test('no files import each other in a circle but the five constructs', () => {
  const imports = new Map(files.map((file) => [file, filesThat(file)]));
  expect(files.filter((file) => reachedFrom(file, imports).has(file)).sort()).toEqual(constructs);
});

test('model knows neither cdk8s nor the file system', () => {
  const foreign = files
    .filter((file) => file.startsWith('model/'))
    .flatMap(importsOf)
    .filter((target) => !target.startsWith('.'));
  expect([...new Set(foreign)].filter((target) => target !== 'node:util')).toEqual([]);
});

test.each(files)('%s keeps to its share of the process', (file) => {
  const text = readFileSync(join('src', file), 'utf8');
  if (!/^cli\/|^main\.ts$/.test(file)) expect(text).not.toMatch(/\bprocess\.|\bconsole\./);
  // An app has no command line: its synthesis says what warns.
  if (!/^(cli|run)\/|^synth\/warnings\.ts$/.test(file)) expect(text).not.toMatch(/from '(node:)?process'/);
  if (!file.startsWith('run/')) expect(text).not.toMatch(/child_process/);
  if (!/^(cli|config|manifests|output|run|synth)\//.test(file)) expect(text).not.toMatch(/from '(node:)?fs'/);
});

test.each(files.filter((file) => !file.startsWith('model/problem/')))('%s says problems through `At`', (file) => {
  expect(readFileSync(join('src', file), 'utf8')).not.toMatch(/\bcode: '[a-z-]+'(?: as const)?,\s*message\b/);
});

test.each(files)('the doc comments of %s begin with a noun or a verb', (file) => {
  expect(readFileSync(join('src', file), 'utf8')).not.toMatch(/\/\*\*\s+(?:\* )?What /);
});
