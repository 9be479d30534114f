import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { textDiff, unifiedDiff } from '../../src/output/diff.js';
import { headerPrefix } from '../../src/output/header.js';
import { withProgram } from '../support.js';
import { difficultTexts } from '../yaml/difficult-texts.js';
import { folderWith, removeFolders } from './output-folder.js';

afterEach(removeFolders);

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A unified diff of texts as they stand. */
const rawDiff = (before: string, after: string, name = 'x'): string =>
  `--- a/${name}\n+++ b/${name}\n${textDiff(before, after)}`;

describe('without anything to hide it is a unified diff', () => {
  test('a change is shown with three lines around it', () => {
    const before = numbers(1, 10);
    expect(textDiff(text(before), text(before.with(4, 'five')))).toBe(
      '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    );
  });

  test('a created file comes from nowhere, a removed one goes there', () => {
    const one = 'apiVersion: v1\nkind: Namespace\n';
    const lines = 'apiVersion: v1\n+kind: Namespace\n';
    expect(unifiedDiff('a', undefined, one)).toBe(`--- /dev/null\n+++ b/a\n@@ -0,0 +1,2 @@\n+${lines}`);
    expect(unifiedDiff('a', one, undefined)).toBe(
      `--- a/a\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-${lines.replace('+', '-')}`,
    );
    expect(unifiedDiff('a', undefined, '')).toBe('--- /dev/null\n+++ b/a\n');
  });

  test.each([[undefined], [''], ['x\n']])('equal texts (%j) have no diff', (same) => {
    expect(unifiedDiff('a', same, same)).toBe('');
  });

  test('six kept lines join two changes, seven part them', () => {
    const change = (kept: number) => {
      const lines = ['a', ...numbers(1, kept), 'b'];
      return textDiff(text(lines), text(lines.with(0, 'A').with(-1, 'B'))).match(/^@@.*@@$/gm);
    };
    expect(change(6)).toEqual(['@@ -1,8 +1,8 @@']);
    expect(change(7)).toEqual(['@@ -1,4 +1,4 @@', '@@ -6,4 +6,4 @@']);
  });

  test('a missing last line end is said', () => {
    expect(textDiff('a\nb', 'a\nb\n')).toContain('-b\n\\ No newline at end of file\n+b\n');
  });

  test('control characters do not reach the terminal', () => {
    const named = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\u009bc\td\r\n';
    expect(unifiedDiff('x\u001b[2J', undefined, named)).toContain('+  name: a\\x9bc\td\\x0d\n');
    expect(unifiedDiff('x\u001b[2J', undefined, named)).toContain('+++ b/x\\x1b[2J\n');
  });

  test('ciphertext is shown by its beginning', () => {
    const cipher = (start: string) => `  token: ${start}${'Q'.repeat(400)}\n`;
    expect(rawDiff(cipher('AgA'), cipher('AgB'))).toBe(
      `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-  token: AgA${'Q'.repeat(21)}…\n+  token: AgB${'Q'.repeat(21)}…\n`,
    );
  });

  const line = fc.constantFrom('a', 'b', 'c', 'd', 'e', '', 'apiVersion: v1', '---', '-', '+x', '@@', '\\ No newline');
  const lines = fc.array(line, { maxLength: 30 });
  const ended = fc.boolean();

  withProgram('patch', () => {
    test('patch makes the second text of the first, whatever they are', () => {
      const pair = fc.tuple(lines, lines, ended, ended).map(([a, b, aEnded, bEnded]) => ({
        before: aEnded ? text(a) : a.join('\n'),
        after: bEnded ? text(b) : b.join('\n'),
      }));
      const different = pair.filter(({ before, after }) => before !== after);
      fc.assert(
        fc.property(fc.array(different, { minLength: 25, maxLength: 25 }), (pairs) => {
          const folder = folderWith(Object.fromEntries(pairs.map(({ before }, index) => [`x${index}`, before])));
          const input = pairs.map(({ before, after }, index) => rawDiff(before, after, `x${index}`)).join('');
          const patch = spawnSync('patch', ['-s', '-p1'], { cwd: folder, input });
          expect(`${patch.stdout}${patch.stderr}`).toBe('');
          for (const [index, { after }] of pairs.entries()) {
            expect(fs.readFileSync(path.join(folder, `x${index}`), 'utf8')).toBe(after);
          }
        }),
        { numRuns: 4 },
      );
    });
  });

  test('applying the hunks by hand makes the second text of the first, whatever they are', () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        expect(applied(text(a), rawDiff(text(a), text(b)))).toBe(text(b));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a change in the middle', (all: string[]) => all.with(50_000, 'x')],
    ['every tenth line changed', (all: string[]) => all.map((each, index) => (index % 10 === 0 ? `${each}x` : each))],
    ['everything changed', (all: string[]) => all.map((each) => `${each}x`)],
    ['the order reversed', (all: string[]) => all.toReversed()],
    ['few different lines, shuffled', (all: string[]) => all.map((each) => String((Number(each) * 7919) % 5))],
  ])('100,000 lines: %s', (_name, change) => {
    const before = numbers(1, 100_000);
    const after = change(before);
    expect(applied(text(before), rawDiff(text(before), text(after)))).toBe(text(after));
  });

  function applied(before: string, diff: string): string {
    const old = before.split('\n').slice(0, -1);
    const result: string[] = [];
    let next = 0;
    for (const [index, each] of diff.split('\n').slice(0, -1).entries()) {
      if (index < 2) continue;
      const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(each);
      if (hunk) {
        const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
        while (next < start) result.push(old[next++]!);
      } else if (each.startsWith('+')) result.push(each.slice(1));
      else {
        if (old[next] !== each.slice(1)) throw new Error(`line ${next + 1} is not ${each}`);
        if (each.startsWith(' ')) result.push(each.slice(1));
        next++;
      }
    }
    return text([...result, ...old.slice(next)]);
  }
});

const secret = (data: string, rest = ''): string =>
  `${headerPrefix} for cluster prod\napiVersion: v1\nkind: Secret\nmetadata:\n  name: pull\n${rest}data:\n${data}`;

describe('values of Secrets are masked', () => {
  test('a changed value shows as a change, an equal one as kept, a new one as added', () => {
    const before = secret('  a: MARKER1\n  b: MARKER2\n  gone: MARKER3\n');
    const after = secret('  a: MARKER4\n  b: MARKER2\n  new: MARKER5\n');
    expect(unifiedDiff('x', before, after)).toBe(
      [
        '--- a/x\n+++ b/x\n@@ -4,6 +4,6 @@\n metadata:\n   name: pull\n data:',
        '-  a: *** (old)\n+  a: *** (new)\n   b: ***\n-  gone: ***\n+  new: ***\n',
      ].join('\n'),
    );
  });

  test('neither length nor kind of a value shows', () => {
    const shown = ['MARKER', '""', 'null', '12345678', '|\n    MARKER\n    MARKER', '[MARKER]'].map((value) =>
      unifiedDiff('x', undefined, secret(`  a: ${value}\n`)).replace(/^ *- /m, ''),
    );
    expect(new Set(shown.slice(0, 5)).size).toBe(1);
    expect(shown.join()).not.toContain('MARKER');
  });

  test.each([
    ['flow style', '{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: MARKER, b: "x MARKER"}}\n'],
    ['JSON', '{"apiVersion":"v1","kind":"Secret","stringData":{"a":"MARKER"}}'],
    ['a literal block', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: |\n    x\n\n    MARKER\n  b: c\n'],
    ['a folded block', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: >-\n    MARKER\n    MARKER\n'],
    ['plain over several lines', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: one\n    MARKER\n    two\n'],
    ['quoted over several lines', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: "one\n    MARKER\\\n    two"\n'],
    ['a value on the next line', 'apiVersion: v1\nkind: Secret\nstringData:\n  a:\n    MARKER\n'],
    ['an explicit key', 'apiVersion: v1\nkind: Secret\nstringData:\n  ? a\n  : MARKER\n'],
    ['a value as key', 'apiVersion: v1\nkind: Secret\nstringData:\n  "a MARKER": x\n'],
    ['a collection as key', 'apiVersion: v1\nkind: Secret\nstringData:\n  ? {a: MARKER}\n  : x\n'],
    ['kind after data', 'data:\n  a: MARKER\nkind: Secret\napiVersion: v1\n'],
    ['kind in quotes', 'apiVersion: v1\n"kind": \'Secret\'\ndata:\n  a: MARKER\n'],
    ['kind with escapes', 'apiVersion: v1\nkind: "\\x53ecret"\ndata:\n  a: MARKER\n'],
    ['the key kind with escapes', 'apiVersion: v1\n"k\\u0069nd": Secret\ndata:\n  a: MARKER\n'],
    ['kind as an alias', 'apiVersion: v1\nmetadata: {name: &k Secret}\nkind: *k\ndata:\n  a: MARKER\n'],
    ['kind with a tag', 'apiVersion: v1\nkind: !!str Secret\ndata:\n  a: !!str MARKER\n'],
    ['kind in another case', 'apiVersion: v1\nkind: secret\ndata:\n  a: MARKER\n'],
    ['kind in a literal block', 'apiVersion: v1\nkind: |\n  Secret\ndata:\n  a: MARKER\n'],
    ['an anchor in a label', 'apiVersion: v1\nkind: Secret\nmetadata: {labels: {a: &m MARKER}}\ndata:\n  a: *m\n'],
    ['an alias of data', 'apiVersion: v1\nx: &d {a: MARKER}\nkind: Secret\ndata: *d\n'],
    ['a merge key', 'apiVersion: v1\nx: &d {data: {a: MARKER}}\n<<: *d\nkind: Secret\n'],
    ['a merge in data', 'apiVersion: v1\nkind: Secret\nmetadata: &d {b: MARKER}\ndata:\n  <<: *d\n'],
    ['a comment', 'apiVersion: v1\nkind: Secret # MARKER\n# MARKER\ndata: # MARKER\n  # MARKER\n  a: b # MARKER\n'],
    ['a comment at the end', 'apiVersion: v1\nkind: Secret\ndata: {a: b}\n# a: MARKER\n...\n# MARKER\n'],
    ['a Secret in a comment', 'apiVersion: v1\nkind: ConfigMap\n# kind: Secret\n# data: MARKER\n'],
    ['data that is a list', 'apiVersion: v1\nkind: Secret\ndata:\n- MARKER\n- {a: MARKER}\n'],
    ['data that is a text', 'apiVersion: v1\nkind: Secret\ndata: MARKER\n'],
    ['data that is bytes', 'apiVersion: v1\nkind: Secret\ndata: {a: !!binary TUFSS0VS}\nmetadata: {b: MARKER}\n'],
    ['data that is a set', 'apiVersion: v1\nkind: Secret\ndata: !!set {MARKER, b}\n'],
    ['a misspelt key', 'apiVersion: v1\nkind: Secret\nstringdata:\n  a: MARKER\nDATA: MARKER\n'],
    ['deeper data', 'apiVersion: v1\nkind: Secret\ndata:\n  a: {b: [{c: MARKER}]}\n'],
    ['an unknown tag', 'apiVersion: v1\nkind: Secret\ndata:\n  a: !vault MARKER\n  b: !x [MARKER]\n'],
    ['windows line ends', 'apiVersion: v1\r\nkind: Secret\r\ndata:\r\n  a: MARKER\r\n'],
    ['old line ends', 'apiVersion: v1\rkind: Secret\rdata:\r  a: MARKER\r'],
    ['a list', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, data: {a: MARKER}}\n'],
    ['a list of Secrets', 'apiVersion: v1\nkind: SecretList\nitems:\n- metadata: {name: a}\n  data: {a: MARKER}\n'],
    ['the second document', 'apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: Secret\ndata: {a: MARKER}\n'],
    ['after an end marker', 'apiVersion: v1\nkind: A\n...\napiVersion: v1\nkind: Secret\ndata: {a: MARKER}\n'],
    ['on the line of the marker', '--- {apiVersion: v1, kind: Secret, data: {a: MARKER}}\n'],
    ['with a directive', '%YAML 1.2\n---\napiVersion: v1\nkind: Secret\ndata: {a: MARKER}\n'],
    ['a policy that makes one', policy('generate: {kind: Secret, name: a, data: {data: {a: MARKER}}}')],
    ['a text that holds one', policy('text: |\n    kind: Secret\n    stringData:\n      a: MARKER')],
    ['JSON in a text', policy(`text: '{"kind":"Secret","data":{"a":"MARKER"}}'`)],
    ['the value again in an annotation', secret('  a: MARKER\n', '  annotations: {note: "was MARKER"}\n')],
    ['its plain form in an annotation', secret('  a: TUFSS0VS\n', '  annotations: {note: "was MARKER"}\n')],
    ['last-applied', lastApplied('{"kind":"Secret","data":{"a":"MARKER"}}')],
    ['last-applied that is cut', lastApplied('{"data":{"a":"MARKER"')],
    ['a duplicate kind', 'apiVersion: v1\nkind: Secret\nkind: ConfigMap\ndata: {a: MARKER}\n'],
    ['a broken document', 'apiVersion: v1\nkind: Secret\ndata: {a: MARKER\n'],
    ['broken indentation', 'apiVersion: v1\nkind: Secret\ndata:\n  a: MARKER\n b: MARKER\n'],
    ['tabs', 'apiVersion: v1\nkind: Secret\ndata:\n\ta: MARKER\n'],
    ['a Secret cut in two', 'apiVersion: v1\nkind: Secret\nstringData:\n  a: |\n    x\n---\n  b: MARKER\n'],
    ['no apiVersion', 'kind: Secret\ndata: {a: MARKER}\n'],
    ['a document that is a text', '# Secret\n--- |\n  MARKER\n'],
    ['an alias that loops', 'apiVersion: v1\nkind: Secret\ndata: &d {a: MARKER, b: *d}\n'],
    ['an unknown alias', 'apiVersion: v1\nkind: Secret\ndata: {a: MARKER, b: *nowhere}\n'],
    ['aliases without end', bomb()],
    ['nesting without end', `apiVersion: v1\nkind: Secret\ndata: ${'['.repeat(20_000)}MARKER\n`],
    ['a sealed value under sops', 'apiVersion: v1\nkind: Secret\ndata: {a: b}\nsops:\n  mac: MARKER\n'],
  ])('%s', (_name, written) => {
    for (const other of [
      undefined,
      '',
      'apiVersion: v1\nkind: A\n',
      written.replaceAll('MARKER', 'RUBBER').replaceAll('TUFSS0VS', 'UlVCQkVS'),
    ]) {
      for (const diff of [unifiedDiff('x', other, written), unifiedDiff('x', written, other)]) {
        expect(diff).not.toMatch(/MARKER|RUBBER|TUFSS0VS|UlVCQkVS/);
        expect(diff).not.toBe('');
      }
    }
  });

  function policy(body: string): string {
    return `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec:\n  ${body}\n`;
  }

  function lastApplied(json: string): string {
    return secret('  a: b\n', `  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '${json}'\n`);
  }

  function bomb(): string {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `x${level}: &x${level} [${'*'.concat(`x${level - 1},`).repeat(9)}]`,
    );
    return ['apiVersion: v1', 'kind: Secret', 'x-1: &x-1 MARKER', ...levels, 'data: *x19', ''].join('\n');
  }
});

test('what is no secret stays readable', () => {
  const note = '  annotations:\n    argocd.argoproj.io/sync-wave: "-1"\n';
  const after = unifiedDiff('x', secret('  a: b\n'), secret('  a: b\n', note));
  expect(after).toContain('+  annotations:\n+    argocd.argoproj.io/sync-wave: "-1"\n');
});

test('documents beside a Secret are shown', () => {
  const account = (name: string) =>
    `${secret('  a: MARKER\n')}---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`;
  const diff = unifiedDiff('x', account('old'), account('new'));
  expect(diff).toContain('-  name: old\n+  name: new\n');
  expect(unifiedDiff('x', undefined, account('new'))).toContain('+data:\n+  a: ***\n+---\n+apiVersion: v1\n');
});

test('a service account that lists pull secrets is shown as it is written', () => {
  const account = `${headerPrefix}\napiVersion: v1\nkind: ServiceAccount\nimagePullSecrets: [{ name: "a#b" }]\n`;
  expect(unifiedDiff('x', undefined, account)).toContain('+imagePullSecrets: [{ name: "a#b" }]\n');
});

test.each([
  ['a comment', 'apiVersion: v1\nkind: ServiceAccount\n# hunter2\n'],
  ['a comment beside a value', 'apiVersion: v1\nkind: ServiceAccount # hunter2\n'],
  ['a comment behind the header', `${headerPrefix}\n# hunter2\napiVersion: v1\nkind: ServiceAccount\n`],
  ['values', 'password: hunter2\n'],
  ['a docker config', '{"auths":{"r.io":{"auth":"hunter2"}}}'],
  ['a config map', 'apiVersion: v1\nkind: ConfigMap\ndata: { a: hunter2 }\n'],
  ['a pod', 'apiVersion: v1\nkind: Pod\nspec: { containers: [{ env: [{ name: a, value: hunter2 }] }] }\n'],
  [
    'a sealed secret',
    'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec: { template: { data: { a: hunter2 } } }\n',
  ],
  ['another Application', 'apiVersion: app.k8s.io/v1beta1\nkind: Application\nspec: { a: hunter2 }\n'],
  ['a tag', 'apiVersion: v1\nkind: Namespace\nmetadata: !hunter2 { name: a }\n'],
  ['a broken document', 'apiVersion: v1\nkind: Namespace\nmetadata: [hunter2\n'],
  ['a list', 'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: ConfigMap, data: { a: hunter2 } }]\n'],
  [
    'an annotation that repeats an object',
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: hunter2\n',
  ],
])('of a file that somebody else wrote, %s is not shown', (_what, written) => {
  const other = 'apiVersion: v1\nkind: Namespace\n';
  for (const diff of [unifiedDiff('x', undefined, written), unifiedDiff('x', written, other)]) {
    expect(diff).not.toContain('hunter2');
    expect(diff).not.toBe('');
  }
});

const encoded = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['a token', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['a user with a password', 'https://robot:hunter2hunter2@git.example.com/x'],
  ['base64 of a user and a password', encoded('robot:hunter2hunter2')],
  ['base64 of a docker config', encoded('{"auths":{"r.io":{"auth":"aHVudGVyMg=="}}}')],
  ['random letters', 'q7Rt0vB2nX9mKp4LsW1yZ8aC'],
])('%s is masked under whatever key of a kind that we write', (_what, value) => {
  const policy = (note: string) =>
    `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: a, annotations: { note: ${JSON.stringify(note)} } }\nspec: { rules: [{ name: x, value: [${JSON.stringify(note)}] }] }\n`;
  for (const [before, after] of [
    [undefined, policy(value)],
    [policy(value), policy('nothing')],
    [policy('nothing'), policy(value)],
  ]) {
    const diff = unifiedDiff('x', before, after);
    expect(diff).not.toContain(value);
    expect(diff).toContain('***');
  }
});

test('a difference that cannot be shown is said', () => {
  const diff = unifiedDiff('x', secret('  a: b\n'), secret('  a: b # MARKER\n'));
  expect(diff).toBe('--- a/x\n+++ b/x\n(only what is not shown differs)\n');
});

test('a planted value never shows, whatever it is and however it is written', () => {
  const styles = ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const;
  const around = fc.oneof(fc.constantFrom(...difficultTexts), fc.string({ maxLength: 10 }));
  const value = fc.tuple(around, around).map(([before, after]) => `${before}mArKeR7${after}`);
  const options = fc.record({
    defaultStringType: fc.constantFrom(...styles),
    collectionStyle: fc.constantFrom('any' as const, 'flow' as const, 'block' as const),
    lineWidth: fc.constantFrom(0, 20, 80),
    version: fc.constantFrom('1.1' as const, '1.2' as const),
  });
  fc.assert(
    fc.property(
      value,
      value,
      fc.constantFrom('data', 'stringData'),
      fc.stringMatching(/^[a-z.]{1,6}$/),
      options,
      (one, two, field, key, style) => {
        const written = (planted: string) =>
          stringify(
            { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, [field]: { [key]: planted, list: [planted] } },
            style,
          );
        for (const [before, after] of [
          [written(one), written(two)],
          [undefined, written(one)],
          [written(one), undefined],
        ]) {
          expect(unifiedDiff('x', before, after)).not.toContain('mArKeR7');
        }
      },
    ),
    { numRuns: 1500 },
  );
});
