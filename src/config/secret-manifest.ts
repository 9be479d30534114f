import { dockerConfigOf, type SecretContent } from '../model/docker-config/secret-manifest.js';
import { MapNode } from '../yaml/nodes.js';
import { sourceOf } from '../yaml/source.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError, YamlSyntaxError } from '../yaml/yaml-error.js';

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
  if (root.get('kind')?.string() !== 'Secret' || root.get('apiVersion')?.string() !== 'v1')
    return 'is a manifest of something else than a Secret';
  if (root.get('sops')?.kind === 'map')
    return 'is a Secret whose values are SOPS ciphertext, which nothing here decrypts';
  const [data, stringData] = [textsAt(root, 'data'), textsAt(root, 'stringData')];
  if (!data || !stringData) return 'is a Secret whose data is not a map of texts';
  const type = root.get('type')?.string();
  return dockerConfigOf({ data, stringData, ...(type !== undefined && { type }) });
}

function rootOf(text: string): MapNode | string {
  const documents = [...yamlDocuments(sourceOf({ file: '', text }))];
  const error = documents.find((document) => document instanceof YamlError);
  if (error)
    return error instanceof YamlSyntaxError ? `is ${error.message}` : `is not a valid manifest: ${error.message}`;
  const [root, second] = documents.filter((each) => !(each instanceof YamlError) && each.kind !== 'null');
  if (!root || second) return 'holds several manifests: name a file with the Secret alone';
  return root instanceof MapNode ? root : 'is not a manifest';
}

/** The texts of a map, none where it is absent; undefined where it holds anything else. */
function textsAt(root: MapNode, key: string): Readonly<Record<string, string>> | undefined {
  const map = root.get(key);
  if (map === undefined || map.kind === 'null') return {};
  if (map.kind !== 'map') return undefined;
  const texts: [string, string][] = [];
  for (const [name, value] of map.entries()) {
    const found = value.string();
    if (found === undefined) return undefined;
    texts.push([name, found]);
  }
  return Object.fromEntries(texts);
}
