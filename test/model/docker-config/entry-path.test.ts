import { entryPath } from '../../../src/model/docker-config/entry-path.js';

test.each([
  ['quay.io', 'quay.io'],
  ['quay.io/', 'quay.io'],
  ['https://quay.io', 'quay.io'],
  ['http://quay.io/v1/', 'quay.io'],
  ['https://quay.io/v2/', 'quay.io'],
  ['quay.io/v1', 'quay.io/v1'],
  ['quay.io/acme', 'quay.io/acme'],
  ['quay.io/acme/', 'quay.io/acme'],
  ['https://quay.io/v2/acme', 'quay.io/acme'],
  ['https://index.docker.io/v1/', 'docker.io'],
  ['docker.io', 'docker.io'],
  ['registry-1.docker.io', 'docker.io'],
  ['index.docker.io.example', 'index.docker.io.example'],
  ['mirror.example:5000/a', 'mirror.example:5000/a'],
  ['a b', 'a b'],
])('%s is the entry of %s', (key, path) => {
  expect(entryPath(key)).toBe(path);
});
