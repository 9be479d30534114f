import { entry, pullSecret, secret } from '../documents.js';
import type { RuleCase } from '../rule-case.js';

const at = '1 Secret a/pull';
const other = { username: 'v', password: 'q' };
const fine = [pullSecret('a', 'pull', { 'quay.io': entry })];

const base64 = (text: string) => Buffer.from(text).toString('base64');

function ofEntries(auths: Readonly<Record<string, unknown>>): readonly string[] {
  return [pullSecret('a', 'pull', auths)];
}

export const dockerConfigCases: readonly RuleCase[] = [
  { code: 'docker-config-empty', title: 'a document without entries', broken: ofEntries({}), at, fine },
  {
    code: 'docker-config-shape',
    title: 'registries at the top of a .dockerconfigjson',
    broken: [secret('a', 'pull', { '.dockerconfigjson': JSON.stringify({ 'quay.io': entry }) })],
    at,
    fine: [secret('a', 'pull', { '.dockercfg': JSON.stringify({ 'quay.io': entry }) }, '', 'kubernetes.io/dockercfg')],
  },
  {
    code: 'docker-config-shape',
    title: 'a config.json as .dockercfg',
    broken: [
      secret(
        'a',
        'pull',
        { '.dockercfg': JSON.stringify({ auths: { 'quay.io': entry } }) },
        '',
        'kubernetes.io/dockercfg',
      ),
    ],
    at,
    fine,
  },
  {
    code: 'docker-config-key-ignored',
    title: 'a key with a space in it',
    broken: ofEntries({ ' quay.io': entry }),
    at,
    fine,
  },
  {
    code: 'docker-config-key-dead',
    title: 'the address of Docker Hub without its final slash',
    broken: ofEntries({ 'https://index.docker.io/v1': entry }),
    at,
    fine: ofEntries({ 'https://index.docker.io/v1/': entry }),
  },
  {
    code: 'docker-config-key-cut',
    title: 'a user name in a key',
    broken: ofEntries({ 'https://bot@quay.io': entry }),
    at,
    fine: ofEntries({ 'https://quay.io': entry }),
  },
  {
    code: 'docker-config-blank',
    title: 'an entry without password',
    broken: ofEntries({ 'quay.io': { username: 'u' } }),
    at,
    fine,
  },
  {
    code: 'docker-config-token',
    title: 'an entry of `az acr login`',
    broken: ofEntries({
      'acme.azurecr.io': { auth: base64('00000000-0000-0000-0000-000000000000:'), identitytoken: 't' },
    }),
    at,
    says: 'as `az acr login` writes it',
    fine: ofEntries({ 'acme.azurecr.io': { ...entry, identitytoken: 't' } }),
  },
  {
    code: 'docker-config-helper',
    title: 'a credential store of the machine',
    broken: [secret('a', 'pull', { '.dockerconfigjson': '{"auths":{"quay.io":{}},"credsStore":"desktop"}' })],
    at,
    fine,
  },
  {
    code: 'docker-config-line-break',
    title: 'a password with the line break of echo',
    broken: ofEntries({ 'quay.io': { auth: base64('u:p\n') } }),
    at,
    fine: ofEntries({ 'quay.io': { auth: base64('u:p\nq') } }),
  },
  {
    code: 'docker-config-user-colon',
    title: 'a colon in a user name',
    broken: ofEntries({ 'quay.io': { username: 'u:v', password: 'p' } }),
    at,
    fine,
  },
  {
    code: 'docker-config-prefix',
    title: 'a path that ends without a slash',
    broken: ofEntries({ 'quay.io/acme': entry }),
    at,
    fine: ofEntries({ 'quay.io/acme/': entry }),
  },
  {
    code: 'docker-config-duplicate',
    title: 'two keys that come to the same',
    broken: ofEntries({ 'quay.io': entry, 'https://quay.io/v2/': other }),
    at,
    fine: ofEntries({ 'quay.io': entry, 'https://quay.io/v2/': entry }),
  },
  {
    code: 'docker-config-duplicate',
    title: 'one key twice',
    broken: [
      secret('a', 'pull', { '.dockerconfigjson': '{"auths":{"quay.io":{"auth":"dTpw"},"quay.io":{"auth":"djpx"}}}' }),
    ],
    at,
    fine,
  },
  {
    code: 'docker-config-shadowed',
    title: 'docker.io beside index.docker.io',
    broken: ofEntries({ 'docker.io': entry, 'https://index.docker.io/v1/': other }),
    at,
    fine: ofEntries({ 'docker.io/acme/': entry, 'https://index.docker.io/v1/': other }),
  },
  {
    code: 'docker-config-glob',
    title: 'a wildcard with a longer path',
    broken: ofEntries({ '*.example.com/team/': entry, 'reg.example.com': other }),
    at,
    fine: ofEntries({ '*.example.com': entry, 'reg.example.com/team/': other }),
  },
];
