import fc from 'fast-check';
import { entryPath } from '../../../src/model/docker-config/entry-path.js';
import { mergeTemplate } from '../../../src/objects/sources/merge-template.js';

const seed = Number(process.env.FC_SEED ?? 1);
const entry = { authsKey: 'a.example', username: { key: 'u' }, password: 'p' };

/** The path that the template makes of a key: its expressions mean the same to RE2 and to JavaScript. */
function templatePath(key: string): string {
  const expressions = [...mergeTemplate('current', [entry]).matchAll(/regexReplaceAll "([^"]+)"/g)];
  const [, path, hub, slashes] = [undefined, ...expressions.map(([, text = '']) => new RegExp(text))];
  return key.replace(path!, '$1$2$3').replace(slashes!, '').replace(hub!, 'docker.io$1');
}

const key = fc
  .tuple(
    fc.constantFrom('', 'http://', 'https://'),
    fc.constantFrom(
      'a.example',
      'a.example:5000',
      'docker.io',
      'index.docker.io',
      'registry-1.docker.io',
      'index.docker.io.example',
      '*.example',
    ),
    fc.array(fc.constantFrom('/', '/v1', '/v2', '/v10', '/acme', '/docker.io', '/a-b_c.d'), { maxLength: 5 }),
  )
  .map(([scheme, host, path]) => scheme + host + path.join(''));

test('the template takes the same keys for one as the model does', () => {
  fc.assert(
    fc.property(key, (each) => {
      expect([each, templatePath(each)]).toEqual([each, entryPath(each)]);
    }),
    { seed, numRuns: 2000 },
  );
});

test('entries of ours are literals, whatever is in them', () => {
  const text = mergeTemplate('current', [{ ...entry, username: { fixed: '"{{ .x }}\\' }, email: '{{' }]);
  expect(text).toContain('"username" "\\"{{ .x }}\\\\"');
  expect(text).toContain('"email" "{{"');
});
