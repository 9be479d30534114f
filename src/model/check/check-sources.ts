import type { At } from '../problem/at.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import { checkDockerConfigSource } from '../vocabulary/plaintext.js';
import { sourceNames } from '../vocabulary/sources.js';
import type { PlaintextSourceSpec, PullSecretSpec } from '../vocabulary/spec.js';
import { checkExternal } from './check-external.js';
import { warnOfTokens } from './expiring-token.js';
import { shareCredential } from './shared-credential.js';

/**
 * Checks the source of a pull secret.
 *
 * @param at the pull secret
 */
export function checkSource(pullSecret: PullSecretSpec, registries: ReadonlyMap<string, Registry>, at: At): void {
  const ofSource = at.key('source');
  const given = sourceNames.filter((source) => pullSecret.source[source] !== undefined);
  if (given.length !== 1) {
    const message = given.length === 0 ? words`it has no source` : words`it has several sources: ${given}`;
    return ofSource.refuse('source-invalid', message);
  }
  const { external, plaintext } = pullSecret.source;
  if (external) checkExternal(external, pullSecret.registries, registries, ofSource.key('external'));
  if (plaintext) checkPlaintext(plaintext, pullSecret.registries, registries, ofSource.key('plaintext'));
  const own = pullSecret.registries.flatMap((each) => registries.get(each) ?? []);
  warnOfTokens(pullSecret.source, own, ofSource);
}

function checkPlaintext(
  plaintext: PlaintextSourceSpec,
  registryNames: readonly string[],
  registries: ReadonlyMap<string, Registry>,
  at: At,
): void {
  if (plaintext.acceptPlaintextInGit !== true)
    at.refuse(
      'plaintext-not-accepted',
      'it would put its credential into Git, where base64 hides nothing and history forgets nothing',
    );
  const literals = [plaintext.username, plaintext.password, plaintext.passwordFile];
  const hasLiterals = literals.some((each) => each !== undefined);
  if (plaintext.file !== undefined && (hasLiterals || plaintext.email !== undefined))
    at.refuse('options-exclude-each-other', 'file and literals exclude each other');
  if (plaintext.file === undefined && !plaintext.dockerConfig && !hasLiterals)
    at.refuse('source-incomplete', 'plaintext needs a file, or username and password', 'file: config.json');
  const own = registryNames.flatMap((each) => registries.get(each) ?? []);
  checkDockerConfigSource(plaintext, own, at);
  if (hasLiterals) checkLiterals(plaintext, registryNames, registries, at);
}

function checkLiterals(
  { username, password, passwordFile }: PlaintextSourceSpec,
  registryNames: readonly string[],
  registries: ReadonlyMap<string, Registry>,
  at: At,
): void {
  if (!shareCredential(registryNames, registries))
    at.refuse(
      'credential-shared',
      'one user name and password cannot serve several registries, unless one is the auth host of the other',
    );
  if (!username && !registries.get(registryNames[0] ?? '')?.fixedUsername)
    at.refuse('source-incomplete', 'username is missing', 'the kubelet takes an entry without user name for anonymous');
  if (password !== undefined && passwordFile !== undefined)
    at.refuse('options-exclude-each-other', 'password and passwordFile exclude each other');
  if (!password && passwordFile === undefined)
    at.refuse('source-incomplete', 'password is missing', 'the kubelet takes an entry without password for anonymous');
  if (username?.includes(':'))
    at.refuse(
      'credential-invalid',
      'the user name holds a ":", which ends it in the docker config',
      'write the part before the ":" as username, the rest as password',
    );
  if (/[\r\n]$/.test(password ?? ''))
    at.refuse(
      'credential-invalid',
      'the password ends with a line break',
      'it would be sent to the registry: in YAML write |- in place of |',
    );
}
