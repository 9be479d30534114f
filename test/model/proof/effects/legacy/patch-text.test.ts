import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { readPatchText } from '../../../../../src/model/proof/effects/legacy/patch-text.js';

test.each([
  '- op: add\n  path: /imagePullSecrets/-\n  value:\n    name: "regcred"\n',
  '- path: "/spec/imagePullSecrets"\n  op: add\n  value: [{"name": "regcred"}]\n',
  "- op: replace\n  path: '/a/it''s'\n  value: {name: regcred}\n- op: remove\n  path: /b\n",
  '- op: add\n  path: /spec/imagePullSecrets\n  value:\n  - name: a\n  - name: b\n',
  '# what it does\n- op: test\n\n  path: /a/0\n  value: 1\n',
  '[{"op": "add", "path": "/a", "value": true}]',
  'op: add\npath: /a\nvalue: x1',
])('%j is read as YAML is', (text) => {
  expect(readPatchText(text)).toEqual(parse(text));
});

test.each([
  '- op: add # why\n  path: /a',
  '- op: yes',
  '- op: *anchor',
  '- op: |\n    text',
  '- &a op: add',
  '- op: add\n - path: /a',
  '- op: add\n  op: add',
  '- {op: add, path: /a}',
  '- value: {{ request.object }}',
  '-   op: add\n  path: /a',
  `${'- '.repeat(100)}op: add`,
  '',
])('%j is not read', (text) => {
  expect(readPatchText(text)).toBeUndefined();
});

test('what it reads is what YAML says', () => {
  const scalar = fc.oneof(
    fc.constantFrom(
      'add',
      '/spec/imagePullSecrets/-',
      'yes',
      '1',
      'null',
      "it's",
      'a: b',
      '~',
      '',
      '- a',
      'a#b',
      'x y',
      '0x1',
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('op', 'path', 'value', 'name'), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  })).value;
  const style = fc.constantFrom({}, { defaultStringType: 'QUOTE_DOUBLE' as const }, { indentSeq: false });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3 }), style, (operations, options) => {
      const text = stringify(operations, { version: '1.1', ...options });
      const found = readPatchText(text);
      if (found !== undefined) expect([text, found]).toEqual([text, parse(text, { version: '1.1' })]);
    }),
    { numRuns: 2000 },
  );
});
