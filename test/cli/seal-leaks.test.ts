import fc from 'fast-check';
import { makeCertificate } from '../sealing/certificates.js';
import { cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const { generateX25519Identity, identityToRecipient } =
  require('age-encryption') as typeof import('age-encryption', { with: { 'resolution-mode': 'import' }});

const certificate = makeCertificate();
const recipient = generateX25519Identity().then(identityToRecipient);

const config = (source: string, age: string) => `version: 1
registries: { quay: { host: quay.io, path: acme } }
pullSecrets: { pull: { registries: [quay], source: { ${source}: {} } } }
workloads: [apps]
clusters: { prod: { gitops: flux, sealing: { certificate: prod.pem, age: [${age}] } } }
`;

/** Passwords as registries give them out, none so short that it stands somewhere by chance. */
const password = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 60 }).filter((text) => text.trim().length >= 12),
  fc.string({ unit: 'grapheme', minLength: 12, maxLength: 30 }).filter((text) => text.trim().length >= 12),
  fc.stringMatching(/^ghp_[A-Za-z0-9]{36}$/),
  fc.stringMatching(/^dckr_pat_[A-Za-z0-9_-]{27}$/),
);

/** Ways to hand a password to a command, right ones and wrong ones. */
const ways: readonly ((secret: string) => { readonly argv: readonly string[]; readonly stdin: string })[] = [
  (secret) => ({ argv: ['--username', 'robot', '--password-stdin'], stdin: secret }),
  (secret) => ({
    argv: ['--from', '-'],
    stdin: JSON.stringify({ auths: { 'quay.io': { username: 'u', password: secret } } }),
  }),
  (secret) => ({
    argv: ['--rotate', '--from', '-'],
    stdin: JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from(`u:${secret}`).toString('base64') } } }),
  }),
  (secret) => ({ argv: ['--from', '-'], stdin: `{"auths":{"quay.io":{"password":${secret}}}}` }),
  (secret) => ({ argv: [`--password=${secret}`], stdin: '' }),
  (secret) => ({ argv: ['--password', secret], stdin: '' }),
  (secret) => ({ argv: ['--password', `-${secret}`], stdin: '' }),
  (secret) => ({ argv: [`--passwd=${secret}`], stdin: '' }),
  (secret) => ({ argv: [`-p${secret}`], stdin: '' }),
  (secret) => ({ argv: ['--username', `robot:${secret}`, '--password-stdin'], stdin: secret }),
  (secret) => ({ argv: ['--from', `{"auths":{"quay.io":{"password":"${secret}"}}}`], stdin: '' }),
  (secret) => ({ argv: ['--status', '--from', '-'], stdin: secret }),
];

test.each([
  'sealed',
  'sops',
])('no password handed to seal is in what it says or writes, with source %s', async (source) => {
  const age = await recipient;
  await fc.assert(
    fc.asyncProperty(password, fc.constantFrom(...ways), async (secret, way) => {
      const { argv, stdin } = way(secret);
      const folder = folderOf({
        'image-pull.yaml': config(source, age),
        'prod.pem': certificate.pem,
        'apps/a.yaml': deployment('team-a', 'web', ['quay.io/acme/web']),
      });
      const ran = await cliWithStdin(folder, stdin, 'seal', 'pull', ...argv);
      const again = await cliWithStdin(folder, stdin, 'seal', 'pull', ...argv);
      const synth = await cliWithStdin(folder, '', 'synth');
      const traces =
        [ran, again, synth].map(({ out, err }) => out + err).join() + Object.values(filesOf(folder)).join();
      const encoded = Buffer.from(secret).toString('base64').replace(/=+$/, '');
      return !traces.includes(secret) && !traces.includes(encoded);
    }),
    { numRuns: 40 },
  );
});
