// Each run counts what it read and what it left out; what need not be seen is acknowledged, with a reason.
import { cli, deployment, folderOf } from '../support.js';

const config = (rest = '', workloads = '[apps]') => `version: 1
registries: { ghcr: { preset: ghcr, path: acme } }
pullSecrets: { ghcr-pull: { registries: [ghcr], source: { existing: {} } } }
clusters: { prod: {} }
workloads: ${workloads}
${rest}`;
const web = deployment('team-a', 'web', ['ghcr.io/acme/web:v3']);
const codes = (err: string) => err.match(/\[[a-z-]+\]\n/g)?.map((code) => code.slice(1, -2)) ?? [];
const application = (name: string) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: ${name}, namespace: argocd }, spec: {} }\n`;
const workflow = deployment('ci', 'build', ['{{inputs.parameters.image}}']);

describe('the line of coverage', () => {
  test('counts files, objects, and what was left out', async () => {
    const folder = folderOf({
      'image-pull.yaml': config('', '[apps, "!apps/old"]'),
      'apps/web.yaml': web,
      'apps/old/web.yaml': web,
      'apps/.hidden.yaml': web,
      'apps/README.md': 'text',
    });
    const { out } = await cli(folder, 'synth');
    expect(out).toContain('prod: read 1 object in 1 file, left out 2.\n');
  });

  test('--why names kinds, and who leaves out what', async () => {
    const folder = folderOf({
      'image-pull.yaml': config('', '[apps, "!apps/old"]'),
      'apps/web.yaml': `${web}---\n${deployment('team-a', 'api', ['ghcr.io/acme/api:v3'])}---\n{ apiVersion: v1, kind: Service, metadata: { name: web } }\n`,
      'apps/old/web.yaml': web,
      'apps/.github/ci.yaml': web,
      'apps/notes.txt': '',
    });
    const { out } = await cli(folder, 'synth', '--why');
    expect(out).toContain(`prod: read 3 objects in 1 file, left out 2.
  of kind Deployment (2), Service (1)
  left out by a pattern: !apps/old (1)
  left out hidden: .github (1)
  left out not named like a manifest: .txt (1)
`);
  });
});

describe('acknowledge', () => {
  const files = { 'apps/web.yaml': web, 'apps/app.yaml': application('web'), 'apps/ci.yaml': workflow };

  test('without it what was not seen is a finding each', async () => {
    const { code, err } = await cli(folderOf({ 'image-pull.yaml': config(), ...files }), 'synth');
    expect(code).toBe(1);
    expect(codes(err).sort()).toEqual(['image-reference-invalid', 'not-rendered']);
  });

  test.each([
    ['a kind', '{ kind: Application, reason: charts }', ['image-reference-invalid']],
    ['a kind and a name', '{ kind: Application, name: "w*", reason: charts }', ['image-reference-invalid']],
    ['a file', '{ path: apps/app.yaml, reason: charts }', ['image-reference-invalid']],
    ['an image', '{ image: "{{inputs.parameters.image}}", reason: made in CI }', ['not-rendered']],
    ['a namespace', '{ namespace: ci, reason: made in CI }', ['not-rendered']],
    ['a folder', '{ path: apps, reason: all of it }', []],
    ['a glob', '{ path: "apps/*.yaml", reason: all of it }', []],
  ])('takes away what it is about: %s', async (_, entry, left) => {
    const folder = folderOf({ 'image-pull.yaml': config(`acknowledge: [${entry}]`), ...files });
    const { code, err, out } = await cli(folder, 'synth');
    expect(codes(err)).toEqual(left);
    expect(code).toBe(left.length > 0 ? 1 : 0);
    expect(out).toContain('1 with a pull secret');
  });

  test('takes no undeclared registry away, but by the image itself', async () => {
    const other = { 'apps/web.yaml': web, 'apps/other.yaml': deployment('ci', 'x', ['registry.example.com/x:1']) };
    const wide = config('acknowledge: [{ path: apps, reason: legacy }]');
    const { err } = await cli(folderOf({ 'image-pull.yaml': wide, ...other }), 'synth');
    expect(codes(err)).toEqual(['registry-undeclared', 'acknowledgement-unused']);
    const exact = config('acknowledge: [{ image: "registry.example.com/x:1", reason: gone soon }]');
    expect(await cli(folderOf({ 'image-pull.yaml': exact, ...other }), 'synth')).toMatchObject({ code: 0, err: '' });
  });

  test('what is acknowledged is counted, and --why says by whom', async () => {
    const text = config('acknowledge: [{ kind: Application, reason: rendered elsewhere }]');
    const folder = folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web, 'apps/app.yaml': application('web') });
    expect((await cli(folder, 'synth')).out).toContain('1 finding acknowledged; --why says which entries.\n');
    expect((await cli(folder, 'synth', '--why')).out).toContain(
      '1 finding acknowledged.\n  acknowledge[0]: 1, rendered elsewhere\n',
    );
  });

  test('an entry that nothing matches is a finding', async () => {
    const text = config('acknowledge: [{ kind: HelmRelease, reason: gone }]');
    const { code, err } = await cli(folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web }), 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 1, codes: ['acknowledgement-unused'] });
    expect(err).toContain('image-pull.yaml:6:15');
  });

  test('takes no need away: a readable image of a declared registry still counts', async () => {
    const text = config('acknowledge: [{ namespace: team-a, reason: legacy }]');
    const { out } = await cli(folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web }), 'synth');
    expect(out).toContain('1 with a pull secret');
  });

  test.each([
    '{ reason: all }',
    '{ path: apps, reason: " " }',
  ])('is refused without a subject or a reason: %s', async (entry) => {
    const text = config(`acknowledge: [${entry}]`);
    const { code, err } = await cli(folderOf({ 'image-pull.yaml': text, 'apps/web.yaml': web }), 'synth');
    expect({ code, codes: codes(err) }).toEqual({ code: 2, codes: ['acknowledgement-invalid'] });
  });
});

describe('coverage: lenient', () => {
  test('makes warnings of what was not seen, and of nothing else', async () => {
    const files = { 'apps/web.yaml': web, 'apps/app.yaml': application('web'), 'apps/bad.yaml': '{' };
    const strict = await cli(folderOf({ 'image-pull.yaml': config(), ...files }), 'synth');
    expect({ code: strict.code, codes: codes(strict.err).sort() }).toEqual({
      code: 1,
      codes: ['manifest-invalid', 'not-rendered'],
    });
    const lenient = await cli(folderOf({ 'image-pull.yaml': config('coverage: lenient'), ...files }), 'synth');
    expect(lenient.code).toBe(0);
    expect(codes(lenient.err).sort()).toEqual(['manifest-invalid', 'not-rendered']);
    const undeclared = { 'apps/web.yaml': deployment('team-a', 'web', ['quay.io/other/web:v1']) };
    const finding = await cli(folderOf({ 'image-pull.yaml': config('coverage: lenient'), ...undeclared }), 'synth');
    expect({ code: finding.code, codes: codes(finding.err) }).toEqual({ code: 1, codes: ['registry-undeclared'] });
  });
});
