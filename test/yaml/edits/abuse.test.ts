import fc from 'fast-check';
import { editLists } from '../../../src/yaml/edits/edit-lists.js';
import type { ListRequest } from '../../../src/yaml/edits/list-request.js';
import { readCorpus } from './corpus.js';
import { attach, brokenPromise, file, requestsFor } from './lists.js';

const corpus = readCorpus();
const wanted = ['hub-pull'];
const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`;
const list = 'imagePullSecrets:\n- name: hub-pull # image-pull\n';

/** Edits a text by what is known of another one: the text changed in between. */
function stale(text: string, requests: readonly ListRequest[]) {
  const edit = editLists({ file, text }, requests);
  if (edit.changes.length === 0) expect(edit.text).toBe(text);
  return edit;
}

test('every beginning of some texts is edited or reported', () => {
  for (const { name, before, after } of corpus) {
    if (!/^(?:several names|items of a List|CRLF|directives|an empty list|a TaskRun whose)/.test(name)) continue;
    const requests = [...requestsFor(before, wanted), ...requestsFor(after, [])];
    for (let end = 0; end <= after.length; end++) stale(after.slice(0, end), requests);
  }
});

test('any change of a text is edited or reported', () => {
  const pieces = fc.constantFrom(
    '\n',
    ' ',
    '\t',
    '#',
    '- ',
    ':',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&a ',
    '*a',
    '!t ',
    '"',
    '|',
    '---\n',
    '\r',
    '# image-pull',
    '# image-pull: x',
    '<<: *a',
    '\u2028',
    '\ud800',
  );
  const change = fc.record({ at: fc.nat({ max: 400 }), length: fc.nat({ max: 3 }), piece: pieces });
  fc.assert(
    fc.property(fc.constantFrom(...corpus), fc.array(change, { minLength: 1, maxLength: 3 }), (each, changes) => {
      let text = each.after;
      for (const { at, length, piece } of changes) text = text.slice(0, at) + piece + text.slice(at + length);
      stale(text, requestsFor(each.after, ['hub-pull', 'x']));
      stale(text, requestsFor(text, wanted));
      const once = attach(text, wanted).text;
      expect(attach(once, wanted).text).toBe(once);
    }),
    { numRuns: 300 },
  );
});

test('templates of Helm and Jinja that are no YAML stay as they are', () => {
  for (const line of ['{{- if .Values.x }}', '{{ toYaml . }}', '{% for x in y %}', '- {{ .name }}']) {
    const text = `${account('a')}imagePullSecrets:\n${line}\n`;
    const requests = requestsFor(account('a'), wanted);
    expect(stale(text, requests)).toMatchObject({ text, problems: [{ code: 'list-not-editable' }] });
  }
});

test('documents with keys that occur twice stay as they are', () => {
  const text = `${account('a')}imagePullSecrets: []\nimagePullSecrets: []\n`;
  const requests = requestsFor(account('a'), wanted);
  expect(stale(text, requests)).toMatchObject({ text, problems: [{ code: 'list-not-editable' }] });
});

test('documents that are nested deeply are edited or reported', () => {
  for (const depth of [100, 1000, 100_000]) {
    const text = `${account('a')}x: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
    const edit = stale(text, requestsFor(account('a'), wanted));
    expect(edit.changes.length + edit.problems.length).toBe(1);
  }
});

test('a file of 20,000 lines keeps every promise', () => {
  const filler = Array.from({ length: 19_000 }, (_, n) => `    key${n}: value ${n}\n`).join('');
  const text = `${account('a')}  annotations:\n${filler}---\n${account('b')}`;
  const edit = attach(text, wanted);
  expect(edit.text).toBe(text.replace('---\n', `${list}---\n`) + list);
  expect(attach(edit.text, []).text).toBe(text);
});

test('a file of a thousand documents is edited in each of them', () => {
  const documents = Array.from({ length: 1000 }, (_, n) => account(`a${n}`));
  const edit = attach(documents.join('---\n'), wanted);
  expect(edit.text).toBe(documents.map((each) => each + list).join('---\n'));
  expect(edit.changes).toHaveLength(1000);
});

test('a document of a thousand objects with many that refuse is edited in the others', () => {
  const indented = (name: string, end = '') => `- ${account(name).trimEnd().replaceAll('\n', '\n  ')}${end}\n`;
  const items = Array.from({ length: 300 }, (_, n) => indented(`a${n}`, n % 50 ? '' : '\n  imagePullSecrets: !own []'));
  const edit = attach(`apiVersion: v1\nkind: List\nitems:\n${items.join('')}`, wanted);
  expect([edit.changes.length, edit.problems.length]).toEqual([294, 6]);
});

test('a line of a megabyte is no obstacle', () => {
  const text = `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: a }, x: ${'x'.repeat(1_000_000)} }\n`;
  expect(brokenPromise(text, wanted)).toBeUndefined();
});
