import { isMap, isScalar, parseAllDocuments, type YAMLMap } from 'yaml';
import { dockerConfigOf, type SecretContent } from '../model/docker-config/secret-manifest.js';
import { documentFlaws } from '../yaml/document-check.js';
import { yamlMessage } from '../yaml/yaml-messages.js';

/** True for a text that is a Kubernetes manifest, not a docker config, which is JSON without apiVersion and kind. */
export function isManifest(text: string): boolean {
  const keys = ['apiVersion', 'kind'];
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && keys.every((key) => Object.hasOwn(value, key));
  } catch {
    return keys.every((key) => new RegExp(`(?:^|[{,])\\s*["']?${key}["']?\\s*:`, 'm').test(text));
  }
}

/**
 * The docker config of a Secret manifest, YAML or JSON, or what is wrong with it: a sentence that goes on after the name
 * of the file and shows nothing that stands in it.
 */
export function readSecretManifest(text: string): SecretContent | string {
  const root = rootOf(text);
  if (typeof root === 'string') return root;
  if (textAt(root, 'kind') !== 'Secret' || textAt(root, 'apiVersion') !== 'v1')
    return 'is a manifest of something else than a Secret';
  if (isMap(root.get('sops', true))) return 'is a Secret whose values are SOPS ciphertext, which nothing here decrypts';
  const [data, stringData] = [textsAt(root, 'data'), textsAt(root, 'stringData')];
  if (!data || !stringData) return 'is a Secret whose data is not a map of texts';
  const type = textAt(root, 'type');
  return dockerConfigOf({ data, stringData, ...(type !== undefined && { type }) });
}

function rootOf(text: string): YAMLMap | string {
  try {
    const documents = Array.from(
      parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' }),
    );
    const [document, second] = documents.filter(({ contents, errors }) => contents !== null || errors.length > 0);
    const [error] = document?.errors ?? [];
    if (error) return `is not valid YAML: ${yamlMessage(error.code)}`;
    if (!document || second) return 'holds several manifests: name a file with the Secret alone';
    const [flaw] = documentFlaws(document);
    if (flaw) return `is not a valid manifest: ${flaw.message}`;
    return isMap(document.contents) ? document.contents : 'is not a manifest';
  } catch (error) {
    if (error instanceof RangeError) return `is not valid YAML: ${yamlMessage('RESOURCE_EXHAUSTION')}`;
    throw error;
  }
}

function textAt(map: YAMLMap, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a map, none where it is absent; undefined where it holds anything else. */
function textsAt(root: YAMLMap, key: string): Readonly<Record<string, string>> | undefined {
  const map = root.get(key, true);
  if (map === undefined || (isScalar(map) && map.value === null)) return {};
  if (!isMap(map)) return undefined;
  const texts: [string, string][] = [];
  for (const { key: name, value } of map.items) {
    if (!isScalar(name) || !isScalar(value) || typeof value.value !== 'string') return undefined;
    texts.push([String(name.value), value.value]);
  }
  return Object.fromEntries(texts);
}
