import { followed, here, repository, said } from './in-memory.js';

const view = repository({
  'addons/dns/kustomization.yaml': '',
  'addons/Dns_2/kustomization.yaml': '',
  'addons/old/kustomization.yaml': '',
  'addons/dns/deep/x.yaml': '',
  'addons/.hidden/x.yaml': '',
  'clusters/a/config.json': '{"cluster": {"name": "a", "size": 2000000}, "on": true, "list": [1, "x"]}',
  'clusters/b/config.json': '{"cluster": {"name": "b"}}',
  'clusters/b/deep/config.json': '[{"cluster": {"name": "c"}}, {"cluster": {"name": "d"}}]',
  'clusters/old/config.json': '{"cluster": {"name": "old"}}',
});

interface Parts {
  readonly generators: string;
  readonly name: string;
  readonly path?: string;
  readonly more?: string;
}

/** An ApplicationSet whose Applications put what is to be seen into their names and namespaces. */
const applicationSet = ({ generators, name, path = '.', more = '' }: Parts) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: set, namespace: argocd }
spec:
  ${more}
  generators: ${generators}
  template:
    metadata: { name: ${JSON.stringify(name)} }
    spec:
      source: { repoURL: ${here}, path: ${JSON.stringify(path)} }
      destination: { server: https://kubernetes.default.svc, namespace: shop }
`;

const go = 'goTemplate: true';
const strict = 'goTemplate: true\n  goTemplateOptions: ["missingkey=error"]';

/** The Applications that come of it, and what is said. */
const made = (parts: Parts) => {
  const { applied, problems } = followed(view, applicationSet(parts));
  return [
    ...applied.map(
      ({ by, rendering }) =>
        `${by.namespace}/${by.name}${'folder' in rendering && rendering.folder !== '.' ? ` of ${rendering.folder}` : ''}`,
    ),
    ...said(problems),
  ];
};

const git = (rest: string) => `[{ git: { repoURL: ${here}, revision: HEAD, ${rest} } }]`;
const directories = git('directories: [{ path: addons/* }, { path: addons/old, exclude: true }]');
const files = git('files: [{ path: "clusters/*/config.json" }, { path: clusters/old, exclude: true }]');
const list = (...elements: string[]) => `[{ list: { elements: [${elements.join(', ')}] } }]`;

test('what a URL of a folder of this repository names is relative to that folder', () => {
  const files = ['fleet/teams/a/x.yaml', 'fleet/teams/b/x.yaml', 'teams/c/x.yaml', 'fleet/on/a.yaml'];
  const part = { ...repository(files), pathOfUrl: () => 'fleet' };
  const namesOf = (generators: string, name: string) =>
    followed(part, applicationSet({ generators, name, path: '{{path}}' })).applied.map(
      ({ by, rendering }) => `${by.name} of ${'folder' in rendering && rendering.folder}`,
    );
  expect(namesOf(git('directories: [{ path: teams/* }]'), '{{path.basename}}')).toEqual([
    'a of fleet/teams/a',
    'b of fleet/teams/b',
  ]);
  expect(namesOf(git('files: [{ path: "on/*.yaml" }]'), '{{path.filename}}')).toEqual(['a.yaml of fleet/on']);
});

describe('generators give', () => {
  test.each<[what: string, parts: Parts, expected: readonly string[]]>([
    [
      'elements of a list',
      { generators: list('{ a: x }', '{ a: w }'), name: 'n-{{ a }}' },
      ['argocd/n-x', 'argocd/n-w'],
    ],
    [
      'values of elements under a prefix',
      { generators: list('{ values: { a: x } }'), name: '{{values.a}}-{{a}}' },
      ['argocd/x-{{a}}'],
    ],
    [
      'elements to Go templates as they are',
      { generators: list('{ a: { b: [x, w] } }'), name: '{{ index .a.b 1 }}', more: go },
      ['argocd/w'],
    ],
    [
      'elements of a text',
      { generators: '[{ list: { elementsYaml: "[{ a: x }]", elements: [] } }]', name: '{{ .a }}', more: go },
      ['argocd/x'],
    ],
    [
      'folders without those that are excluded, hidden or deeper',
      { generators: directories, name: '{{path.basenameNormalized}}', path: '{{path}}' },
      ['argocd/dns of addons/dns', 'argocd/dns-2 of addons/Dns_2'],
    ],
    [
      'folders to Go templates',
      {
        generators: directories,
        name: '{{ .path.basenameNormalized }}-{{ index .path.segments 0 }}',
        path: '{{ .path.path }}',
        more: strict,
      },
      ['argocd/dns-2-addons of addons/Dns_2', 'argocd/dns-addons of addons/dns'],
    ],
    [
      'steps of a path, under another name where one is given',
      {
        generators: git('directories: [{ path: addons/dns }], pathParamPrefix: p'),
        name: '{{p.path[0]}}-{{p.path.basename}}-{{path}}',
      },
      ['argocd/addons-dns-{{path}}'],
    ],
    [
      'files, whose patterns match slashes, too',
      { generators: files, name: '{{cluster.name}}-{{path.basename}}-{{path.filename}}' },
      ['argocd/a-a-config.json', 'argocd/b-b-config.json', 'argocd/c-deep-config.json', 'argocd/d-deep-config.json'],
    ],
    [
      'what is in files flat and as Go prints it',
      {
        generators: git('files: [{ path: clusters/a/config.json }]'),
        name: '{{cluster.size}}-{{on}}-{{list.0}}-{{list.1}}',
      },
      ['argocd/2e+06-true-1-x'],
    ],
    [
      'values made of parameters',
      {
        generators: git('files: [{ path: clusters/a/config.json }], values: { full: "{{cluster.name}}-x" }'),
        name: '{{values.full}}',
      },
      ['argocd/a-x'],
    ],
    [
      'every pair of a matrix, the second with parameters of the first',
      {
        generators: `[{ matrix: { generators: [${list('{ c: a }', '{ c: b }').slice(1, -1)}, ${git('files: [{ path: "clusters/{{c}}/config.json" }]').slice(1, -1)}] } }]`,
        name: '{{c}}-{{cluster.name}}',
      },
      ['argocd/a-a', 'argocd/b-b'],
    ],
    [
      'pairs for Go templates, in which the first covers the second',
      {
        generators: `[{ matrix: { generators: [${list('{ m: { a: 1, b: "" } }').slice(1, -1)}, ${list('{ m: { a: 2, b: 2, c: 2 } }').slice(1, -1)}] } }]`,
        name: '{{ .m.a }}{{ .m.b }}{{ .m.c }}',
        more: go,
      },
      ['argocd/122'],
    ],
    [
      'values of the second that wait for what it gives itself',
      {
        generators: `[{ matrix: { generators: [${list('{ c: a }').slice(1, -1)}, ${git('files: [{ path: "clusters/{{ .c }}/config.json" }], values: { x: "{{ .c }}", z: "{{ .cluster.name }}" }').slice(1, -1)}] } }]`,
        name: '{{ .values.x }}-{{ .values.z }}',
        more: go,
      },
      ['argocd/a-a'],
    ],
    [
      'a merge by its keys',
      {
        generators: `[{ merge: { mergeKeys: [k], generators: [${list('{ k: a, v: "1" }', '{ k: b, v: "2" }').slice(1, -1)}, ${list('{ k: b, v: "3" }', '{ k: c, v: "4" }').slice(1, -1)}] } }]`,
        name: '{{k}}-{{v}}',
      },
      ['argocd/a-1', 'argocd/b-3'],
    ],
    [
      'what a selector chooses',
      {
        generators:
          '[{ list: { elements: [{ a: x }, { a: w }, { b: z }] }, selector: { matchExpressions: [{ key: a, operator: In, values: [x, z] }] } }]',
        name: 'n-{{a}}',
      },
      ['argocd/n-x'],
    ],
    [
      'a template of their own over the other',
      {
        generators:
          '[{ list: { elements: [{ a: x }], template: { metadata: { name: "own-{{a}}" }, spec: { source: { path: addons/dns } } } } }]',
        name: '{{a}}',
      },
      ['argocd/own-x of addons/dns'],
    ],
  ])('%s', (_what, parts, expected) => {
    expect(made(parts).sort()).toEqual([...expected].sort());
  });

  test('what a patch of the template changes, but for the project', () => {
    const more = `${go}\n  templatePatch: |\n    spec:\n      project: other\n      source: { path: "addons/{{ .a }}" }\n      {{- if eq .a "old" }}\n      destination: { namespace: old }\n      {{- end }}\n`;
    const { applied, problems } = followed(
      view,
      applicationSet({ generators: list('{ a: dns }', '{ a: old }'), name: '{{ .a }}', more }),
    );
    expect(applied.map(({ namespace, rendering }) => [namespace, 'folder' in rendering && rendering.folder])).toEqual([
      ['shop', 'addons/dns'],
      ['old', 'addons/old'],
    ]);
    expect(problems).toEqual([]);
  });
});

describe('Go templates', () => {
  const filled = (template: string, element = '{ a: Hello, c: 3, l: [x, w], m: { k: v } }', more = go) =>
    made({ generators: list(element), name: template, more })[0];

  test.each([
    ['{{ .a | lower }}', 'hello'],
    ['{{- .a -}}  x', 'Hellox'],
    ['x{{/* nothing */}}y', 'xy'],
    ['{{ .m.k }}-{{ index .m "k" }}-{{ get .m "none" }}', 'v-v-'],
    ['{{ (index .l 0) | upper }}{{ first .l }}{{ last .l }}', 'Xxw'],
    ['{{ .c }}{{ .none }}', '3<no value>'],
    ['{{ default "d" .none }}{{ .none | default "e" }}{{ coalesce .none .a }}', 'deHello'],
    ['{{ printf "%s-%v%%" .a .c }}', 'Hello-3%'],
    ['{{ replace "l" "L" .a }}{{ trimPrefix "He" .a }}{{ trimSuffix "o" .a }}', 'HeLLolloHell'],
    ['{{ join "-" .l }}{{ join "." (splitList "l" .a) }}', 'x-wHe..o'],
    ['{{ trunc 2 .a }}{{ trunc -2 .a }}', 'Helo'],
    ['{{ normalize "A_b." }}', 'a-b'],
    ['{{ if and (eq .a "Hello") (not .none) }}y{{ else }}n{{ end }}', 'y'],
    ['{{ if .none }}1{{ else if hasPrefix "He" .a }}2{{ else }}3{{ end }}', '2'],
    ['{{ ternary "y" "n" (contains "ell" .a) }}', 'y'],
    ['{{ dig "k" "d" .m }}{{ dig "x" "d" .m }}', 'vd'],
    ['{{ "}}" }}{{ `a"b` }}', '}}a"b'],
    ['{{ quote .a }}{{ squote .a }}', '"Hello"\'Hello\''],
    ['{{ len .l }}{{ len .a }}', '25'],
    ['{{ $.a }}', 'Hello'],
    ['{{ range .l }}{{ . }}{{ $.c }}{{ end }}{{ range .none }}a{{ else }}b{{ end }}', 'x3w3b'],
    ['{{ range $k, $v := .m }}{{ $k }}={{ $v }}{{ end }}{{ range $i, $v := .l }}{{ $i }}{{ $v }}{{ end }}', 'k=v0x1w'],
    ['{{ with .m }}{{ .k }}{{ end }}{{ with .none }}a{{ else }}{{ .c }}{{ end }}', 'v3'],
    ['{{ $x := .a }}{{ range .l }}{{ $x = . }}{{ $y := . }}{{ end }}{{ $x }}', 'w'],
    ['{{ if $x := .m }}{{ $x.k }}{{ end }}', 'v'],
  ])('%s becomes %s', (template, text) => {
    expect(filled(template)).toBe(`argocd/${text}`);
  });

  test.each([
    ['{{ define "x" }}{{ end }}', 'has a template with {{ define "x" }}, which is not filled here'],
    ['{{ range .l }}{{ break }}{{ end }}', 'has a template with {{ break }}, which is not filled here'],
    ['{{ range .a }}x{{ end }}', 'has a template that is not understood here'],
    ['{{ $none }}', 'has a template that is not understood here'],
    ['{{ slugify .a }}', 'has a template with the function slugify, which is not done here'],
    ['{{ .m }}', 'has a template that prints a map or a list'],
    ['{{ index .l 7 }}', 'has a template with the function index, which is not done here'],
    ['{{ lower "É" }}', 'has a template with the function lower, which is not done here'],
    ['{{ if .a }}x', 'has a template that is not understood here'],
    ['{{ .a', 'has a template that is not understood here'],
    ['{{ "a }}', 'has a template that is not understood here'],
    ['{{ (.a }}', 'has a template that is not understood here'],
    ['{{ .a) }}', 'has a template that is not understood here'],
    ['{{ }}', 'has a template that is not understood here'],
  ])('%s is a finding', (template, what) => {
    expect(filled(template)).toBe(`engine-needed: ApplicationSet argocd/set ${what}`);
  });

  test('with a key that is not there are a finding where it must be', () => {
    const message = 'which its generators do not give';
    expect(filled('{{ .none }}', '{ a: x }', strict)).toMatch(message);
    expect(filled('{{ .none.x }}', '{ a: x }')).toMatch(message);
    expect(filled('{{ .a.x }}', '{ a: x }')).toMatch(message);
  });
});

describe('a finding is', () => {
  test.each([
    ['clusters', 'the clusters that Argo CD knows'],
    ['scmProvider', 'the repositories of a forge'],
    ['pullRequest', 'the pull requests of a forge'],
    ['plugin', 'a plugin'],
    ['clusterDecisionResource', 'an object of the cluster'],
  ])('the generator %s', (kind, asked) => {
    expect(made({ generators: `[{ ${kind}: {} }]`, name: 'x' })).toEqual([
      `generator-needs-cluster: ApplicationSet argocd/set has the generator ${kind}, which asks for ${asked}`,
    ]);
  });

  test('such a generator inside of a matrix', () => {
    const generators = `[{ matrix: { generators: [{ clusters: {} }, ${list('{ a: x }').slice(1, -1)}] } }]`;
    expect(made({ generators, name: 'x' })).toEqual([
      expect.stringMatching('^generator-needs-cluster: .* generator clusters'),
    ]);
  });

  test.each<[what: string, parts: Parts, message: string]>([
    ['an element that is no text', { generators: list('{ a: 1 }'), name: 'x' }, 'has an element that is no text'],
    ['no name', { generators: list('{ a: "" }'), name: '{{a}}' }, 'makes an Application without a name'],
    ['a generator of no kind', { generators: '[{}]', name: 'x' }, 'has a generator that Argo CD does not take'],
    [
      'a generator of two kinds',
      { generators: '[{ list: {}, git: {} }]', name: 'x' },
      'has a generator that Argo CD does not take',
    ],
    [
      'a generator that is new',
      { generators: '[{ moon: {} }]', name: 'x' },
      'has the generator moon, which is not known here',
    ],
    [
      'a matrix of one',
      { generators: '[{ matrix: { generators: [{ list: {} }] } }]', name: 'x' },
      'has a matrix of other than two generators',
    ],
    [
      'a name with two values',
      {
        generators: `[{ matrix: { generators: [${list('{ a: x }').slice(1, -1)}, ${list('{ a: w }').slice(1, -1)}] } }]`,
        name: 'x',
      },
      'has a matrix whose generators give a two values',
    ],
    [
      'a merge that cannot tell apart',
      {
        generators: `[{ merge: { mergeKeys: [k], generators: [${list('{ a: x }', '{ a: w }').slice(1, -1)}, ${list('{ a: x }').slice(1, -1)}] } }]`,
        name: 'x',
      },
      'has a merge in which two parameters have the same k',
    ],
    [
      'another repository',
      { generators: '[{ git: { repoURL: "https://u:p@example.com/x", directories: [{ path: "*" }] } }]', name: 'x' },
      'makes Applications of what lies in https://***@example.com/x',
    ],
  ])('%s', (_what, parts, message) => {
    expect(made(parts)).toEqual([expect.stringContaining(message)]);
  });
});

describe('however much an ApplicationSet asks for', () => {
  const many = (count: number) => list(...Array.from({ length: count }, (_, index) => `{ a: "${index}" }`));

  test('10,000 Applications are made at most', () => {
    expect(made({ generators: many(1_000), name: 'n{{a}}' })).toHaveLength(1_000);
    expect(made({ generators: many(10_001), name: 'n{{a}}' })).toEqual([
      'expansion-too-large: ApplicationSet argocd/set makes more than 10000 Applications',
    ]);
  });

  test('a matrix of 100,000 or of many levels ends early', () => {
    const inner = (name: string, count: number) =>
      `{ list: { elements: [${Array.from({ length: count }, (_, index) => `{ ${name}: "${index}" }`).join(', ')}] } }`;
    const matrix = (left: string, right: string) => `{ matrix: { generators: [${left}, ${right}] } }`;
    expect(made({ generators: `[${matrix(inner('a', 1_000), inner('b', 100))}]`, name: 'n{{a}}{{b}}' })).toEqual([
      'expansion-too-large: ApplicationSet argocd/set makes more than 10000 Applications',
    ]);
    const deep = [1, 2, 3, 4].reduce((nested, level) => matrix(nested, inner(`l${level}`, 10)), inner('l0', 10));
    expect(made({ generators: `[${deep}]`, name: 'x' })).toEqual([
      'gitops-object-invalid: ApplicationSet argocd/set has a generator that Argo CD does not take',
    ]);
  });

  test('a template that makes more text than memory is given up', () => {
    const name = '{{a}}'.repeat(1_000);
    const generators = list(
      ...Array.from({ length: 20 }, (_, index) => `{ a: "${String(index).padStart(10_000, 'x')}" }`),
    );
    expect(made({ generators, name })).toEqual([
      'expansion-too-large: ApplicationSet argocd/set makes more text than is expanded',
    ]);
  });

  test.each([
    '{{',
    '}}',
    '{{/*',
    '{{"',
    '{{`',
    '{{(',
    '{{ if .a }}',
    '{{ .a | ',
    '{{- ',
    ' \n',
  ])('a template of nothing but %j is answered', (part) => {
    expect(made({ generators: list('{ a: x }'), name: `x${part.repeat(20_000)}`, more: go })).toHaveLength(1);
  });
});
