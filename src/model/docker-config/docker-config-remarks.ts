import type { JsonMember, JsonValue } from '../go/json-value.js';
import type { Problem } from '../problem/problem.js';
import { sentence, type Words, words } from '../problem/shown.js';
import type { DecodedConfig, DockerConfigType } from './docker-config-decode.js';
import { type DockerConfigEntry, shownKey } from './docker-config-entry.js';
import { config, keyRemarks } from './docker-config-key-remarks.js';
import { pairRemarks } from './docker-config-pair-remarks.js';

/** Tokens that commands write next to, or instead of, a credential. */
interface Tokens {
  readonly identity: boolean;
  readonly registry: boolean;
}

/**
 * Everything in a document that the kubelet passes over in silence or reads otherwise than it looks.
 *
 * @param document - the JSON behind the entries; none when they were made by hand
 */
export function configRemarks(
  entries: readonly DockerConfigEntry[],
  document?: { readonly config: DecodedConfig; readonly type: DockerConfigType },
): Problem[] {
  const shape = document ? shapeRemarks(document.config, document.type) : [];
  const tokens = tokensByKey(document?.config);
  const misplaced = document?.type === 'dockercfg' ? isConfigJson(document.config) : false;
  const remarks = [
    ...shape,
    ...entries.flatMap((entry) => [
      // The fields of a config.json are no keys, which is said once.
      ...(misplaced ? [] : keyRemarks(entry)),
      ...(misplaced ? [] : userInKeyRemarks(entry)),
      ...(misplaced ? [] : credentialRemarks(entry, tokens.get(entry.key) ?? { identity: false, registry: false })),
    ]),
    ...pairRemarks(entries),
  ];
  return remarks;
}

function shapeRemarks({ root, entries }: DecodedConfig, type: DockerConfigType): Problem[] {
  if (type === 'dockercfg') return entries.some(({ key }) => key === 'auths') ? [configJsonRemark] : [];
  const members = membersOf(root);
  const helpers = members.flatMap((member) => helperRemark(member) ?? []);
  if (entries.length > 0) return helpers;
  const looksLikeDockercfg = members.some(([, value]) => hasCredentialFields(value));
  return [...helpers, looksLikeDockercfg ? dockercfgRemark : emptyRemark];
}

const configJsonRemark: Problem = config.warn(
  'docker-config-shape',
  'the document is a config.json, and type kubernetes.io/dockercfg takes its fields for registries',
  'Use type kubernetes.io/dockerconfigjson with the key .dockerconfigjson',
);

const dockercfgRemark: Problem = config.warn(
  'docker-config-shape',
  'the document has registries at its top, and type kubernetes.io/dockerconfigjson reads them only under auths',
  'Put them under auths',
);

const emptyRemark: Problem = config.warn(
  'docker-config-empty',
  'the document holds no entry under auths, so it gives no credential',
  'Add an entry with user name and password under auths',
);

const withKubectl = 'kubectl create secret docker-registry --dry-run=client -o yaml';

/** Fields that keep credentials on the machine they were made on, each with what puts them into the document. */
const helpers: Readonly<Record<string, string>> = {
  credsStore: `docker login left the credential in a credential store of this machine: log in with an empty credsStore, or use ${withKubectl}`,
  credHelpers: `a program of this machine makes the credential: take the registry out of credHelpers and log in again, or use ${withKubectl}`,
};

function helperRemark([key, value]: JsonMember): Problem | undefined {
  const isSet =
    (value.kind === 'string' && value.value !== '') || (value.kind === 'object' && value.members.length > 0);
  const hint = Object.hasOwn(helpers, key) ? helpers[key] : undefined;
  if (!isSet || hint === undefined) return undefined;
  return config.warn(
    'docker-config-helper',
    words`the kubelet does not read ${key}: what the helper holds stays on the machine it was made on`,
    sentence(hint),
  );
}

function userInKeyRemarks({ key, ringKey }: DockerConfigEntry): Problem[] {
  const authority = key.replace(/^https?:\/\//, '').split('/', 1)[0] ?? '';
  if (ringKey === undefined || !authority.includes('@')) return [];
  return [
    config.warn(
      'docker-config-key-cut',
      words`of the key ${shownKey(key)} the kubelet drops what stands before the @`,
      'Put user name and password into the entry, not into its key',
    ),
  ];
}

function credentialRemarks(entry: DockerConfigEntry, tokens: Tokens): Problem[] {
  const shown = shownKey(entry.key);
  const blank = entry.blank ? [blankRemark(entry, shown, tokens)] : [];
  return [...blank, ...lineBreakRemarks(entry, shown), ...(entry.username.includes(':') ? [colonRemark(shown)] : [])];
}

const helpful = 'Give the entry a user name and a password';

function blankRemark(entry: DockerConfigEntry, shown: Words, tokens: Tokens): Problem {
  if (tokens.identity) {
    const fromAzure = entry.username === '00000000-0000-0000-0000-000000000000';
    return config.warn(
      'docker-config-token',
      words`the entry ${shown} holds an identitytoken${fromAzure ? ', as `az acr login` writes it' : ''}; the kubelet does not read it and pulls anonymously`,
      fromAzure ? 'Use a token of the registry, or a service principal with its password' : helpful,
    );
  }
  if (tokens.registry) {
    return config.warn(
      'docker-config-token',
      words`the entry ${shown} holds a registrytoken; the kubelet does not read it and pulls anonymously`,
      helpful,
    );
  }
  const missing =
    entry.username === '' ? (entry.password.isEmpty ? 'user name and password' : 'user name') : 'password';
  return config.warn(
    'docker-config-blank',
    words`the entry ${shown} has no ${missing}: it counts as a match, and the runtime pulls anonymously with it`,
    words`${helpful}, or remove it`,
  );
}

/** A password may hold line breaks, as the key files of Google do; at the end they are those of `echo`. */
function lineBreakRemarks({ username, password }: DockerConfigEntry, shown: Words): Problem[] {
  const fault = /[\r\n]/.test(username)
    ? words`the user name of ${shown} holds a line break`
    : /[\r\n]$/.test(password.reveal())
      ? words`the password of ${shown} ends in a line break`
      : undefined;
  if (fault === undefined) return [];
  return [config.warn('docker-config-line-break', words`${fault}, which the kubelet keeps`)];
}

function colonRemark(shown: Words): Problem {
  return config.warn(
    'docker-config-user-colon',
    words`the user name of ${shown} holds a colon, which neither auth nor HTTP basic authentication can carry`,
    'Use a user name without colon',
  );
}

function tokensByKey(config: DecodedConfig | undefined): Map<string, Tokens> {
  return new Map(
    config?.entries.map(({ key, source }) => [
      key,
      { identity: hasText(source, 'identitytoken'), registry: hasText(source, 'registrytoken') },
    ]),
  );
}

function isConfigJson({ entries }: DecodedConfig): boolean {
  return entries.some(({ key }) => key === 'auths');
}

function hasCredentialFields(value: JsonValue): boolean {
  return membersOf(value).some(([name]) => /^(auth|username|password|identitytoken)$/i.test(name));
}

function hasText(value: JsonValue, field: string): boolean {
  return membersOf(value).some(
    ([name, member]) => name.toLowerCase() === field && member.kind === 'string' && member.value !== '',
  );
}

function membersOf(value: JsonValue): readonly JsonMember[] {
  return value.kind === 'object' ? value.members : [];
}
