import fc from 'fast-check';
import { ImageReference } from '../../../src/model/image/image-reference.js';
import { matchesAnyNamespace } from '../../../src/model/names/namespace-pattern.js';
import { imageCondition } from '../../../src/model/reach/image-condition.js';
import type { RegistrySpec } from '../../../src/model/registry/registry-presets.js';
import type { ImagePullSpec } from '../../../src/model/vocabulary/spec.js';
import { celAny, celMatches } from '../../../src/objects/policies/cel.js';
import { jmesCount } from '../../../src/objects/policies/jmespath.js';
import { prod } from '../../support.js';
import { runCel, runJmesCount } from './expressions.js';

const source = { existing: {} };

/** Whether a pull secret with registry `own` gets an image, by the text of the policies, which must agree. */
function matches(own: RegistrySpec, image: string, change: Partial<ImagePullSpec> = {}): unknown {
  const cluster = prod({
    registries: { own, ...change.registries },
    pullSecrets: { p: { registries: ['own'], source }, ...change.pullSecrets },
    ...(change.overlap && { overlap: change.overlap }),
  });
  const pullSecret = cluster.pullSecrets.get('p');
  if (!pullSecret) throw new Error('no pull secret p');
  const condition = imageCondition(cluster, pullSecret);
  const byCel = runCel(celAny('images', condition), { images: [image] });
  expect(runJmesCount(jmesCount('images', condition), [image])).toBe(byCel ? 1 : 0);
  return byCel;
}

const digest = `sha256:${'a'.repeat(64)}`;
const acme: RegistrySpec = { preset: 'ghcr', path: 'acme' };
const hub: RegistrySpec = { preset: 'docker-hub' };

test.each<[RegistrySpec, string, boolean]>([
  [acme, 'ghcr.io/acme/web', true],
  [acme, 'ghcr.io/acme/web:1', true],
  [acme, `ghcr.io/acme/web@${digest}`, true],
  [acme, 'ghcr.io/acme/team/web', true],
  [acme, 'ghcr.io/acme', true],
  [acme, 'ghcr.io/acme:1', true],
  [acme, `ghcr.io/acme@${digest}`, true],
  [acme, 'ghcr.io/acme-labs/web', false],
  [acme, 'ghcr.io/acmee/web', false],
  [acme, 'ghcrXio/acme/web', false],
  [acme, 'ghcr.io:443/acme/web', false],
  [acme, 'proxy.example.com/ghcr.io/acme/web', false],
  [acme, 'acme/web', false],
  [acme, '', false],
  [{ host: 'r.example.com' }, 'r.example.com/x', true],
  [{ host: 'r.example.com' }, 'r.example.com:5000/x', false],
  [{ host: 'r.example.com' }, 'r.example.com.evil.org/x', false],
  [{ host: 'localhost:5000' }, 'localhost:5000/x', true],
  [{ host: 'localhost:5000' }, 'localhost:5001/x', false],
  [{ host: '[::1]:5000' }, '[::1]:5000/x:1', true],
  [hub, 'nginx', true],
  [hub, 'nginx:1.25', true],
  [hub, `nginx@${digest}`, true],
  [hub, 'library/nginx', true],
  [hub, 'acme/web:1', true],
  [hub, 'docker.io/nginx', true],
  [hub, 'docker.io/acme/web', true],
  [hub, 'index.docker.io/acme/web', true],
  [hub, 'registry.k8s.io/pause', false],
  [hub, 'localhost/x', false],
  [hub, 'localhost:5000/x', false],
  [hub, 'nginx:5000/x', false],
  [hub, 'Acme/web', false],
  [hub, 'docker.io.evil.org/x', false],
  [{ ...hub, path: 'acme' }, 'acme/web', true],
  [{ ...hub, path: 'acme' }, 'docker.io/acme/web:1', true],
  [{ ...hub, path: 'acme' }, 'index.docker.io/acme/web', true],
  [{ ...hub, path: 'acme' }, 'acme', false],
  [{ ...hub, path: 'acme' }, 'docker.io/acme:1', false],
  [{ ...hub, path: 'acme' }, 'acme-labs/web', false],
  [{ ...hub, path: 'acme/web' }, 'acme/web', true],
  [{ ...hub, path: 'acme/web' }, 'docker.io/acme/web:1', true],
  [{ ...hub, path: 'acme/web' }, 'acme/web2', false],
  [{ ...hub, path: 'library' }, 'nginx:1', true],
  [{ ...hub, path: 'library' }, 'docker.io/nginx', true],
  [{ ...hub, path: 'library' }, 'index.docker.io/library/nginx', true],
  [{ ...hub, path: 'library' }, 'acme/web', false],
  [{ ...hub, path: 'library/nginx' }, 'nginx', true],
  [{ ...hub, path: 'library/nginx' }, 'docker.io/nginx:1', true],
  [{ ...hub, path: 'library/nginx' }, 'library/nginx', true],
  [{ ...hub, path: 'library/nginx' }, 'nginx:5000/x', false],
  [{ ...hub, path: 'library/nginx' }, 'nginx/x', false],
  [{ ...hub, path: 'library/nginx' }, 'nginx2', false],
])('%j gets %s: %s', (own, image, expected) => {
  expect(matches(own, image)).toBe(expected);
});

test('what lies in a longer path of somebody else is theirs', () => {
  const registries = { labs: { preset: 'ghcr', path: 'acme/labs', access: 'public' } } as const;
  expect(matches(acme, 'ghcr.io/acme/labs/x', { registries })).toBe(false);
  expect(matches(acme, 'ghcr.io/acme/labs', { registries })).toBe(false);
  expect(matches(acme, 'ghcr.io/acme/labs2/x', { registries })).toBe(true);
});

test('an overlap attaches both for the images of either', () => {
  const change = {
    registries: { next: { host: 'quay.io' } },
    pullSecrets: { q: { registries: ['next'], source } },
    overlap: ['p', 'q'],
  };
  expect(matches(acme, 'quay.io/x', change)).toBe(true);
  expect(matches(acme, 'quay.io/x', { ...change, overlap: [] })).toBe(false);
});

test('a public registry needs nothing', () => {
  expect(matches({ host: 'r.example.com', access: 'public' }, 'r.example.com/x')).toBe(false);
});

const segment = fc.constantFrom('a', 'b', 'a-b', 'library', 'a.b', 'localhost', 'x_y', 'A', 'nginx');
const host = fc.constantFrom(
  '',
  'docker.io/',
  'index.docker.io/',
  'ghcr.io/',
  'localhost:5000/',
  'a.b/',
  'nginx:5000/',
);
const suffix = fc.constantFrom('', ':1', `@${digest}`, `:1@${digest}`);
const image = fc.tuple(host, fc.array(segment, { minLength: 1, maxLength: 4 }), suffix);
const path = fc.array(segment, { maxLength: 3 }).map((parts) => parts.join('/'));

test('the text of a policy decides as the registry itself does, for every image that a kubelet can read', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('docker.io', 'ghcr.io', 'a.b'),
      path,
      image,
      (registryHost, at, [prefix, parts, end]) => {
        const text = `${prefix}${parts.join('/')}${end}`;
        const reference = ImageReference.tryParse(text);
        if ('error' in reference) return;
        const own: RegistrySpec = { host: registryHost, access: 'private', ...(at !== '' && { path: at }) };
        const registry = prod({ registries: { own } }).registries.get('own');
        expect(matches(own, text)).toBe(registry?.matches(reference));
      },
    ),
    { numRuns: 5000 },
  );
});

const pattern = fc.stringMatching(/^[ab*-]{1,5}$/);
const name = fc.stringMatching(/^[ab-]{1,6}$/);

test('patterns of names mean the same in a policy', () => {
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), name, (patterns, text) => {
      const expression = celMatches('name', patterns);
      const actual = expression === undefined ? true : runCel(expression, { name: text });
      expect(actual).toBe(matchesAnyNamespace(patterns, text));
    }),
    { numRuns: 2000 },
  );
});

test('the dot of a name is a dot', () => {
  const expression = celMatches('name', ['ci.*']) ?? '';
  expect(runCel(expression, { name: 'ci.web' })).toBe(true);
  expect(runCel(expression, { name: 'cixweb' })).toBe(false);
});
