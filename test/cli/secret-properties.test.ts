// No secret value that is handed to any command, by whatever way, is in what it says, or in a file where the config does not
// put it.
import fc from 'fast-check';
import { makeCertificate } from '../sealing/certificates.js';
import { cliWithStdin, deployment, filesOf, folderOf } from '../support.js';

const certificate = makeCertificate();

/** Passwords as registries give them out, none so short that it stands somewhere by chance. */
const password = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 14, maxLength: 40 }).filter((text) => text.trim().length >= 14),
  fc.stringMatching(/^ghp_[A-Za-z0-9]{36}$/),
  fc.stringMatching(/^dckr_pat_[A-Za-z0-9_-]{27}$/),
  fc.stringMatching(/^[a-z]{4,8}-[a-z]{6,12}-[0-9]{4}$/),
);

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const dockerConfig = (secret: string) => JSON.stringify({ auths: { 'quay.io': { auth: base64(`robot:${secret}`) } } });
const secretOf = (secret: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: own, namespace: team-a }\ntype: kubernetes.io/dockerconfigjson\ndata: { .dockerconfigjson: ${base64(dockerConfig(secret))} }\n`;

const repository = (plain: string, declared: string) => ({
  'image-pull.yaml': `version: 1
registries: { quay: { host: quay.io, path: acme }, ghcr: { preset: ghcr, path: acme } }
pullSecrets:
  sealed-pull: { registries: [quay], source: { sealed: {} } }
  plain-pull: { registries: [ghcr], source: { plaintext: { acceptPlaintextInGit: true, username: robot, password: ${JSON.stringify(plain)} } } }
workloads: [apps]
clusters: { prod: { kubernetes: "1.35", gitops: argocd, attachment: podTemplate, sealing: { certificate: prod.pem } } }
`,
  'prod.pem': certificate.pem,
  'apps/web.yaml': deployment(
    'team-a',
    'web',
    ['quay.io/acme/web', 'ghcr.io/acme/api'],
    'imagePullSecrets: [{ name: own }]',
  ),
  'apps/secret.yaml': secretOf(declared),
});

/** Every command in each of its forms; what comes on standard input is the credential, or a dump with it. */
const commands: readonly (readonly string[])[] = [
  ['seal', 'sealed-pull', '--from', '-'],
  ['seal', 'sealed-pull', '--rotate', '--from', '-'],
  ['seal', '--status'],
  ['seal', '--prune'],
  ['synth', '--diff'],
  ['synth', '--check'],
  ['synth', '--stdout'],
  ['synth', '--why'],
  ['synth', '--check', '--why'],
  ['attach', '--check'],
  ['attach'],
  ['verify', '--all', '--secrets'],
  ...['json', 'sarif', 'github', 'gitlab', 'junit'].map((format) => ['verify', '--secrets', '--format', format]),
  ['verify', 'apps', '--secrets'],
  ['explain', 'quay.io/acme/web'],
  ['explain', 'deployment/web', '-n', 'team-a'],
  ['explain', 'secret/own', '-n', 'team-a'],
  ['explain', 'secret/own', '-n', 'team-a', 'apps'],
  ['init', '-c', 'other.yaml'],
  ['init', '--update'],
  ['charts'],
  ['schema'],
];
const withDump: readonly (readonly string[])[] = [
  ['verify', '--all', '--secrets', '-'],
  ['explain', 'secret/own', '-n', 'team-a', '-'],
  ['plan', '--live', '-'],
  ['plan', '--live', '-', '--json'],
];

test('no secret value handed to any command is in its output, its errors, or its files outside of ciphertext', async () => {
  await fc.assert(
    fc.asyncProperty(password, password, password, async (sealed, plain, declared) => {
      const given = repository(plain, declared);
      const folder = folderOf(given);
      let said = '';
      const run = async (argv: readonly string[], stdin: string) => {
        const { out, err } = await cliWithStdin(folder, stdin, ...argv);
        said += out + err;
      };
      for (const argv of commands) await run(argv, dockerConfig(sealed));
      for (const argv of withDump) await run(argv, secretOf(declared));
      const files = Object.entries(filesOf(folder)).filter(
        ([path]) => !Object.hasOwn(given, path) || path === 'apps/web.yaml',
      );
      // The one place where the config accepts a credential in the clear.
      const written = files.map(([, text]) => text.replace(/^ {2}\.dockerconfigjson: .*$/gm, '')).join('\n');
      const forms = [sealed, plain, declared].flatMap((secret) => [
        secret,
        JSON.stringify(secret).slice(1, -1),
        base64(secret).replace(/=+$/, ''),
        base64(`robot:${secret}`).replace(/=+$/, ''),
      ]);
      return forms.every((form) => !said.includes(form) && !written.includes(form));
    }),
    { numRuns: 6 },
  );
});
