import { manifestsOf, title } from './kube-object.js';

test('a manifest keeps the text of its document as it is written, with the marker before it', () => {
  const yaml = '# head\nkind: A\nmetadata: {name: a}\nx: 0x10\n---\n---\nkind: B\nmetadata: {name: b, namespace: n}\n';
  const manifests = manifestsOf(yaml);
  expect(manifests.map(({ object }) => title(object))).toEqual(['A a', 'B n/b']);
  expect(manifests.map(({ text }) => text.trim())).toEqual([
    'kind: A\nmetadata: {name: a}\nx: 0x10',
    '---\nkind: B\nmetadata: {name: b, namespace: n}',
  ]);
});
