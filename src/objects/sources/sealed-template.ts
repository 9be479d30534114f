import { compareText } from '../../model/names/names.js';
import type { Registry } from '../../model/registry/registry.js';
import { dockerConfigKey } from '../../model/sealing/sealed-secret.js';
import { templateKey, templateText } from './go-template.js';

/**
 * The data of a template of SealedSecrets that puts sealed entries into a docker config. The controller writes values as
 * they are, so each is the JSON of its entry.
 */
export function sealedDockerConfig(registries: readonly Registry[]): Record<string, string> {
  const sorted = [...registries].sort((a, b) => compareText(a.key, b.key));
  const entries = sorted.map(({ key, name }) => `${templateText(JSON.stringify(key))}:{{ ${templateKey(name)} }}`);
  return { [dockerConfigKey]: `{"auths":{${entries.join(',')}}}` };
}
