import { dockerConfigIn, readDockerConfig } from '../config/docker-config-file.js';
import { passwordIn } from '../config/password-file.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { type Words, words } from '../model/problem/shown.js';
import { concealed } from '../model/vocabulary/plaintext.js';
import type { PlaintextSourceSpec } from '../model/vocabulary/spec.js';
import type { Io } from './io.js';

/** Ways to hand a credential to `seal`. */
export interface CredentialOptions {
  readonly from?: string;
  readonly username?: string;
  readonly passwordStdin?: boolean;
}

/** A credential that was given, and what is to be said of it. */
export interface GivenCredential {
  readonly given: PlaintextSourceSpec | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the credential: from a file, from standard input, or from somebody who types it unseen. */
export async function credentialOf(options: CredentialOptions, io: Io): Promise<GivenCredential> {
  const { from, username } = options;
  if (username !== undefined) {
    if (username.includes(':')) throw refused(words`the user name of --username holds a ":", which ends it`);
    const password = await passwordOf(options, io);
    return { given: concealed({ plaintext: { username, password } }).plaintext, problems: [] };
  }
  if (from === undefined) return { given: undefined, problems: [] };
  const { dockerConfig, remarks } =
    from === '-' ? dockerConfigIn(io.stdin(), 'standard input') : readDockerConfig(from, io.cwd);
  const problems = remarks.filter(({ code }) => code !== 'docker-config-prefix');
  return { given: { dockerConfig }, problems };
}

async function passwordOf({ username, passwordStdin }: CredentialOptions, io: Io): Promise<string> {
  if (passwordStdin) return passwordIn(io.stdin(), 'standard input');
  if (!io.ask) throw refused(words`nobody can be asked for the password of --username: standard input is no terminal`);
  return passwordIn(Buffer.from(await io.ask(String(words`Password of ${username}: `)), 'utf8'), 'the password');
}

function refused(message: Words): ImagePullError {
  return new ImagePullError(At.of().refuse('usage', message, 'pipe it in, with --password-stdin'));
}
