import { decodeDockerConfig } from '../model/docker-config/docker-config-decode.js';
import type { DockerConfigEntryProps } from '../model/docker-config/docker-config-entry.js';
import { exposuresIn } from '../model/exposure/exposure.js';
import type { KnownCredential, KnownCredentials } from '../model/exposure/known-credentials.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type Problem } from '../model/problem/problem.js';
import { words } from '../model/problem/shown.js';

/** A text that is about to be written. */
export interface GuardedText {
  /** The file as it stands in messages. */
  readonly shown: string;
  readonly text: string;
  /** The text that is there: a credential in it is nothing that this run brings. @default - none */
  readonly before?: string | undefined;
  /** Whether it holds Secrets whose values the config accepts in the clear. @default false */
  readonly secret?: boolean | undefined;
}

/** The value of a Secret of ours in the clear, the only place for one. */
const accepted = /^ {2}\.dockerconfigjson: ([A-Za-z0-9+/=]+)$/gm;

/**
 * Throws `output-exposed` where a text would bring a credential to where everybody reads it: one that the run was given, one
 * that another text holds with the consent of the config, or what has the form of one.
 */
export function refuseExposed(texts: readonly GuardedText[], known: KnownCredentials): void {
  const all = known.and(texts.flatMap(({ text, secret }) => (secret ? valuesIn(text) : [])));
  const problems = texts.flatMap((each) => problemOf(each, all) ?? []);
  if (problems.length > 0) throw new ImagePullError(problems);
}

function problemOf({ shown, text, before, secret }: GuardedText, known: KnownCredentials): Problem | undefined {
  const found = exposuresIn(secret ? withoutAccepted(text, () => true) : text, known);
  if (found.length === 0) return undefined;
  const old = new Set(exposuresIn(before ?? '', known).map(({ value }) => value.reveal()));
  const [exposure] = found.filter(({ value }) => !old.has(value.reveal()));
  return exposure && At.of().refuse('output-exposed', words`${shown} would hold ${exposure.what}`);
}

/** A text of ours without the values of Secrets in the clear, as long as before, where all of their passwords are accepted. */
export function withoutAccepted(text: string, isAccepted: (password: string) => boolean): string {
  return text.replace(accepted, (line, base64: string) =>
    entriesOf(base64).every(({ password }) => isAccepted(password)) ? ' '.repeat(line.length) : line,
  );
}

function valuesIn(text: string): KnownCredential[] {
  return [...text.matchAll(accepted)].flatMap(([, base64 = '']) => entriesOf(base64));
}

/** The entries of a docker config in base64; none where it is not one. */
function entriesOf(base64: string): KnownCredential[] {
  const config = decodeDockerConfig(Buffer.from(base64, 'base64'), 'dockerconfigjson');
  return 'error' in config ? [] : config.entries.map(credentialOf);
}

function credentialOf({ username, password }: DockerConfigEntryProps): KnownCredential {
  return { username, password: typeof password === 'string' ? password : password.reveal() };
}
