import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import { proofRules } from '../../src/model/proof/rules.js';
import { cli, deployment, filesOf, folderOf, withProgram } from '../support.js';

// The OASIS schema, as Microsoft's SDK brings it.
const {
  $schema: _draft,
  id: _id,
  ...sarifSchema
} = createRequire(__filename)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(sarifSchema);

const config =
  'version: 1\nregistries: { ghcr: { preset: ghcr, path: acme } }\npullSecrets: {}\nclusters: { prod: { kubernetes: "1.35" } }\nworkloads: [apps]\n';
const uncovered = deployment('team-a', 'web', ['ghcr.io/acme/web:v4', 'ghcr.io/acme/side%2C:v1']);
const files = {
  'image-pull.yaml': config,
  'apps/web.yaml': deployment('team-a', 'web', ['ghcr.io/acme/web:v4', 'registry.k8s.io/pause:3.10']),
  'apps/broken,100%.yaml': 'a: [\n',
};

/** A log as far as these tests look at it. */
interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions: readonly { readonly kind: string; readonly justification: string }[];
      readonly locations: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string };
          readonly region?: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

async function sarifOf(folder: string): Promise<Log> {
  const { out } = await cli(folder, 'verify', '--format', 'sarif');
  const log: Log = JSON.parse(out);
  isSarif(log);
  expect(isSarif.errors ?? []).toEqual([]);
  return log;
}

test('SARIF is what its schema asks for, with the codes as rules and paths of the repository', async () => {
  const {
    runs: [run],
  } = await sarifOf(folderOf(files));
  expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(['manifest-invalid', 'image-uncovered']);
  expect(run?.results.map(({ ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id)).toEqual([
    'manifest-invalid',
    'image-uncovered',
  ]);
  expect(run?.results.map(({ locations: [place] }) => place?.physicalLocation?.artifactLocation)).toEqual([
    { uri: 'apps/broken%2C100%25.yaml', uriBaseId: '%SRCROOT%' },
    { uri: 'apps/web.yaml', uriBaseId: '%SRCROOT%' },
  ]);
});

test('a fingerprint survives ten lines above what it is about, and differs from image to image', async () => {
  const manifests = deployment('team-a', 'web', ['ghcr.io/acme/web:v4', 'ghcr.io/acme/side:v1']);
  const prints = async (text: string) => {
    const { runs } = await sarifOf(folderOf({ 'image-pull.yaml': config, 'apps/web.yaml': text }));
    return runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints['imagePull/v1']);
  };
  const before = await prints(manifests);
  expect(before).toHaveLength(2);
  expect(new Set(before).size).toBe(2);
  expect(await prints(`${'# a comment\n'.repeat(10)}${manifests}`)).toEqual(before);
});

withProgram('kustomize', () => {
  test('what is rendered is located in the kustomization that it comes from, at no line', async () => {
    const folder = folderOf({
      'image-pull.yaml': config.replace('[apps]', '[{ kustomize: apps/prod }]'),
      'apps/prod/kustomization.yaml': 'resources: [web.yaml]\n',
      'apps/prod/web.yaml': uncovered,
    });
    const { out, code } = await cli(folder, 'verify', '--format', 'sarif');
    expect(code).toBe(1);
    const [place] = JSON.parse(out).runs[0].results[0].locations;
    expect(place.physicalLocation.artifactLocation.uri).toBe('apps/prod/kustomization.yaml');
    expect(place.physicalLocation.region).toBeUndefined();
  });
});

test('paths are those of the repository, wherever the config lies', async () => {
  const folder = folderOf({
    '.git/HEAD': 'ref: refs/heads/main\n',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`clusters/${path}`, text])),
  });
  const { out } = await cli(folder, 'verify', '-c', 'clusters/image-pull.yaml', '--format', 'gitlab');
  expect(JSON.parse(out).map(({ location }: { location: { path: string } }) => location.path)).toEqual([
    'clusters/apps/broken,100%.yaml',
    'clusters/apps/web.yaml',
  ]);
});

test('annotations of GitHub escape what its commands give a meaning to', async () => {
  const { out } = await cli(folderOf(files), 'verify', '--format', 'github');
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^::error file=apps\/broken%2C100%25\.yaml,line=\d+,col=\d+,title=manifest-invalid::/);
  expect(lines[1]).toMatch(/^::error file=apps\/web\.yaml,line=1,col=\d+,title=image-uncovered::Deployment/);
  expect(lines[1]).toContain('%0A');
});

test('the Code Quality report of GitLab has a path, a line, a severity and a fingerprint for each finding', async () => {
  const { out } = await cli(folderOf(files), 'verify', '--format', 'gitlab');
  const issues = JSON.parse(out);
  for (const issue of issues)
    expect(issue).toEqual({
      description: expect.any(String),
      check_name: expect.any(String),
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'major',
      location: { path: expect.stringMatching(/^apps\//), lines: { begin: expect.any(Number) } },
    });
});

test('JUnit has a case for each image, which fails with what is found about it, and one for what is about none', async () => {
  const { out } = await cli(folderOf(files), 'verify', '--format', 'junit');
  expect(out).toContain('<testsuites name="cdk8s-image-pull verify" tests="3" failures="2" errors="0">');
  expect(out).toContain('name="Deployment/web c1 registry.k8s.io/pause:3.10" file="apps/web.yaml"/>');
  expect(out).toContain('<failure type="image-uncovered"');
  expect(out).toContain('<testsuite name="other findings" tests="1" failures="1" errors="0">');
});

test('JUnit stays well-formed whatever names hold', async () => {
  const name = JSON.stringify('a]]>"<&\u0001\ufffe');
  const folder = folderOf({
    'image-pull.yaml': config,
    'apps/web.yaml': `{ apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: a }, spec: { containers: [{ name: c, image: "ghcr.io/acme/web:v4" }] } }`,
  });
  const { out } = await cli(folder, 'verify', '--format', 'junit');
  expect(out).not.toContain(']]>');
  expect(out).not.toMatch(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/);
  expect(out.replace(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*\/?>|<\?xml[^>]*\?>/g, '')).not.toMatch(
    /[<>]|&(?!(?:amp|lt|gt|quot);)/,
  );
});

test('several formats come of one run, each in its place', async () => {
  const folder = folderOf({ ...files, 'out.sarif': 'old' });
  const { code, out } = await cli(
    folder,
    ...['verify', '--format', 'sarif=out.sarif', '--format', 'junit=reports/pull.xml', '--format', 'json'],
  );
  expect(code).toBe(1);
  expect(JSON.parse(out).findings).toHaveLength(2);
  expect(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).version).toBe('2.1.0');
  expect(filesOf(folder)['reports/pull.xml']).toMatch(/^<\?xml/);
});

test('standard output has the text where all that is asked for goes to files', async () => {
  const { out } = await cli(folderOf(files), 'verify', '--format', 'json=out.json');
  expect(out).toContain('finding image-uncovered');
});

test.each([
  ['an unknown format', ['xml'], 'format xml does not exist'],
  ['two formats on standard output', ['json', 'text'], 'standard output takes one format'],
  ['two formats in one file', ['json=a', 'sarif=a'], 'two formats are to be written to a'],
  ['a format without its file', ['json='], 'names no file'],
])('%s is an error of usage, and nothing is written', async (_what, formats, message) => {
  const folder = folderOf(files);
  const { code, out, err } = await cli(folder, 'verify', ...formats.flatMap((each) => ['--format', each]));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(Object.keys(filesOf(folder)).sort()).toEqual(Object.keys(files).sort());
});

test('every code that verify can find is listed once, with its severity, its cause and its mend', async () => {
  const { code, out } = await cli(folderOf({}), 'verify', '--list-codes');
  expect(code).toBe(0);
  const listed = [...out.matchAll(/^([a-z-]+) \((error|stop|finding|warning)\)\n {2}\S.*\n {2}mend: \S.*\n/gm)];
  expect(listed.map(([text]) => text).join('')).toBe(out);
  expect(listed.map(([, name]) => name)).toEqual([
    ...new Set(proofRules.map((rule) => rule.code)),
    ...['secret-exposed', 'rotation-due', 'rotation-overdue'],
  ]);
});

test('many findings of one sort are said once, with the first of them and what mends them', async () => {
  const apps = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [
      `apps/${index}.yaml`,
      deployment(`team-${index % 10}`, `web-${index}`, ['ghcr.io/acme/web:v4']),
    ]),
  );
  const { out } = await cli(folderOf({ 'image-pull.yaml': config, ...apps }), 'verify');
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toBe('finding image-uncovered, 200 times (--all shows each)');
  expect(lines).toHaveLength(29);
  expect(lines).toContain('    and 17 more');
  expect(lines.at(-3)).toBe('  and 100 in 5 more namespaces');
  expect(lines.at(-2)).toMatch(/^ {2}mend: give the pod/);
  expect(lines.at(-1)).toBe('prod: 200 images: 200 missing; read 200 objects in 200 files.');
});

describe('findings that somebody has accepted', () => {
  const accepted = uncovered
    .replace(
      'kind: Deployment, metadata: {',
      'kind: Deployment, metadata: { annotations: { cdk8s-image-pull/ignore: "image-uncovered: it is cached" },',
    )
    .replace(', "ghcr.io/acme/side%2C:v1"', '');
  const folder = () =>
    folderOf({
      'image-pull.yaml': `${config}acknowledge: [{ code: image-uncovered, namespace: team-b, reason: it moves }]\n`,
      'apps/web.yaml': accepted,
      'apps/api.yaml': deployment('team-b', 'api', ['ghcr.io/acme/api:v1']),
    });

  test('are in the JSON with who accepted them and why', async () => {
    const { code, out } = await cli(folder(), 'verify', '--format', 'json');
    const { findings, suppressed } = JSON.parse(out);
    expect({
      code,
      findings: findings.filter(({ code: each }: { code: string }) => each === 'image-uncovered'),
    }).toEqual({ code: 1, findings: [] });
    expect(suppressed).toEqual([
      expect.objectContaining({
        code: 'image-uncovered',
        file: 'apps/api.yaml',
        by: 'acknowledge',
        reason: 'it moves',
      }),
      expect.objectContaining({
        code: 'image-uncovered',
        file: 'apps/web.yaml',
        by: 'annotation',
        reason: 'it is cached',
        image: 'ghcr.io/acme/web:v4',
      }),
    ]);
  });

  test('are results of SARIF with suppressions, which all others have none of', async () => {
    const { runs } = await sarifOf(folder());
    const suppressions = runs[0]?.results.map(({ ruleId, suppressions: own }) => [ruleId, own]);
    expect(suppressions).toContainEqual(['image-uncovered', [{ kind: 'external', justification: 'it moves' }]]);
    expect(suppressions).toContainEqual(['image-uncovered', [{ kind: 'inSource', justification: 'it is cached' }]]);
  });

  test('are counted in the text, and shown with --all', async () => {
    const where = folder();
    const { out } = await cli(where, 'verify');
    expect(out).toContain('1 finding suppressed by annotations; --all shows them.\n1 finding acknowledged;');
    const all = await cli(where, 'verify', '--all');
    expect(all.out).toMatch(
      /1 finding suppressed by annotations\.\n {2}image-uncovered: Deployment team-a\/web .*\(it is cached\)\n/,
    );
  });
});
