import type { ModelPath, Problem } from '../problem/problem.js';
import type { Registry } from '../registry/registry.js';
import { checkDockerConfigSource } from '../vocabulary/plaintext.js';
import { sourceNames } from '../vocabulary/sources.js';
import type { PlaintextSourceSpec, PullSecretSpec } from '../vocabulary/spec.js';
import { checkExternal } from './check-external.js';
import { expiringTokens } from './expiring-token.js';
import { shareCredential } from './shared-credential.js';

/** Problems of a pull secret's source. */
export function checkSource(
  name: string,
  pullSecret: PullSecretSpec,
  registries: ReadonlyMap<string, Registry>,
  path: ModelPath,
): Problem[] {
  const at = [...path, 'source'];
  const given = sourceNames.filter((source) => pullSecret.source[source] !== undefined);
  if (given.length !== 1) {
    const message = given.length === 0 ? 'has no source' : `has several sources: ${given.join(', ')}`;
    return [
      {
        code: 'source-invalid',
        message: `pull secret ${name} ${message}`,
        path: at,
        hint: `exactly one of ${sourceNames.join(', ')}`,
      },
    ];
  }
  const { external, plaintext } = pullSecret.source;
  const own = pullSecret.registries.flatMap((each) => registries.get(each) ?? []);
  return [
    ...(external ? checkExternal(name, external, pullSecret.registries, registries, [...at, 'external']) : []),
    ...(plaintext ? checkPlaintext(name, plaintext, pullSecret.registries, registries, [...at, 'plaintext']) : []),
    ...expiringTokens(name, pullSecret.source, own, at),
  ];
}

function checkPlaintext(
  name: string,
  plaintext: PlaintextSourceSpec,
  registryNames: readonly string[],
  registries: ReadonlyMap<string, Registry>,
  path: ModelPath,
): Problem[] {
  const problems: Problem[] = [];
  const say = (message: string, hint?: string) =>
    problems.push({ code: 'source-invalid', message: `pull secret ${name}: ${message}`, path, ...(hint && { hint }) });
  if (plaintext.acceptPlaintextInGit !== true) {
    problems.push({
      code: 'plaintext-not-accepted',
      message: `pull secret ${name} would put its credential into Git, where base64 hides nothing and history forgets nothing`,
      path,
      hint: 'use source external; or say acceptPlaintextInGit: true',
    });
  }
  const literals = [plaintext.username, plaintext.password, plaintext.passwordFile].some((each) => each !== undefined);
  if (plaintext.file !== undefined && (literals || plaintext.email !== undefined))
    say('file and literals exclude each other');
  if (plaintext.file === undefined && !plaintext.dockerConfig && !literals)
    say('plaintext needs a file, or username and password');
  problems.push(
    ...checkDockerConfigSource(
      name,
      plaintext,
      registryNames.flatMap((each) => registries.get(each) ?? []),
      path,
    ),
  );
  if (!literals) return problems;
  if (!shareCredential(registryNames, registries))
    say(
      'one user name and password cannot serve several registries, unless one is the auth host of the other',
      'use a file, or a pull secret per registry',
    );
  const fixed = registries.get(registryNames[0] ?? '')?.fixedUsername;
  if (!plaintext.username && !fixed)
    say('username is missing', 'the kubelet takes an entry without user name for anonymous');
  if (plaintext.password !== undefined && plaintext.passwordFile !== undefined)
    say('password and passwordFile exclude each other');
  if (!plaintext.password && plaintext.passwordFile === undefined) say('password is missing');
  if (plaintext.username?.includes(':')) say('the user name holds a ":", which ends it in the docker config');
  if (/[\r\n]$/.test(plaintext.password ?? ''))
    say('the password ends with a line break', 'it would be sent to the registry: in YAML write |- in place of |');
  return problems;
}
