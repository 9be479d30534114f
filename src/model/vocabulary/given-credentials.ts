import { DockerConfig } from '../docker-config/docker-config.js';
import type { DockerConfigDocument } from '../docker-config/docker-config-document.js';
import type { KnownCredential } from '../exposure/known-credentials.js';
import type { CurrentPullSecretSpec, ImagePullSpec, PlaintextSourceSpec } from './spec.js';

/** The credentials that a spec holds in the clear, or that files hold which it names. */
export function givenCredentials({ pullSecrets = {}, clusters }: ImagePullSpec): KnownCredential[] {
  const all = Object.values(clusters);
  const sources = [pullSecrets, ...all.map((cluster) => cluster.pullSecrets ?? {})].flatMap(Object.values);
  return [
    ...sources.flatMap(({ source }) => plaintextCredentials(source?.plaintext)),
    ...all.flatMap(({ globalPullSecret }) => currentCredentials(globalPullSecret?.current)),
  ];
}

/** The credentials of a plaintext source. */
export function plaintextCredentials({
  username = '',
  password,
  dockerConfig,
}: PlaintextSourceSpec = {}): KnownCredential[] {
  return [
    ...(password === undefined ? [] : [{ username, password }]),
    ...(dockerConfig ? credentialsIn(dockerConfig) : []),
  ];
}

/** The credentials of a document that others wrote. */
export function documentCredentials(document: DockerConfigDocument | undefined): KnownCredential[] {
  return document ? credentialsIn(DockerConfig.parse(document.withEntries(DockerConfig.fromEntries([])))) : [];
}

function currentCredentials(current: CurrentPullSecretSpec | undefined): KnownCredential[] {
  return documentCredentials(current?.plaintext?.document);
}

/** The credentials of a docker config. */
export function credentialsIn({ entries }: DockerConfig): KnownCredential[] {
  return entries.map(({ username, password }) => ({ username, password: password.reveal() }));
}
