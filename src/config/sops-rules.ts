import { resolve } from 'node:path';
import { plainObject } from '../yaml/plain-object.js';
import { sourceOf } from '../yaml/source.js';
import { yamlDocuments } from '../yaml/yaml-documents.js';
import { YamlError } from '../yaml/yaml-error.js';
import { bytesOf } from './named-file.js';

/** The file of SOPS that says who can decrypt what. */
export const sopsConfigFile = '.sops.yaml';

/** Keys of a rule by which SOPS encrypts for others than age recipients, and groups of keys, which share a secret. */
const otherKeys = ['kms', 'gcp_kms', 'azure_keyvault', 'hckms', 'hc_vault_transit_uri', 'pgp', 'key_groups'];

type Rule = Readonly<Record<string, unknown>>;

/** The rules of a folder; undefined where it has none. A text says what is wrong: it goes on after the name of the file. */
export function sopsRules(base: string): SopsRules | string | undefined {
  const bytes = bytesOf(resolve(base, sopsConfigFile));
  if (bytes === 'does not exist') return undefined;
  if (typeof bytes === 'string') return bytes;
  const rules = rulesIn(Buffer.from(bytes).toString('utf8'));
  return rules ? new SopsRules(rules) : 'has no list creation_rules';
}

/** Rules by which SOPS decides who can decrypt a file. */
export class SopsRules {
  readonly #rules: readonly Rule[];

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /**
   * The age recipients of the first rule that fits a path, as the program `sops` picks it. A text says what is wrong: it goes
   * on after the name of the file.
   *
   * @param path relative to the file of rules
   */
  recipients(path: string): readonly string[] | string {
    const rule = this.#rules.find((each) => fits(each, path));
    if (!rule) return `has no rule for ${path}`;
    const others = otherKeys.filter((key) => rule[key] !== undefined);
    if (others.length > 0) return `encrypts for more than age recipients: ${others.join(', ')}; seal knows age alone`;
    const { age } = rule;
    const texts = typeof age === 'string' ? age.split(',') : Array.isArray(age) ? age.map(String) : [];
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }
}

function rulesIn(text: string): readonly Rule[] | undefined {
  try {
    const [root] = yamlDocuments(sourceOf({ file: '', text }));
    if (!root || root instanceof YamlError) return undefined;
    const value = plainObject(root) as { readonly creation_rules?: unknown } | null;
    const rules = value?.creation_rules;
    return Array.isArray(rules) && rules.every((each) => typeof each === 'object' && each !== null) ? rules : undefined;
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

function fits({ path_regex: pattern }: Rule, path: string): boolean {
  if (pattern === undefined || pattern === '') return true;
  try {
    return new RegExp(String(pattern)).test(path);
  } catch {
    // What Go alone understands fits nothing here, and the run says that no rule does.
    return false;
  }
}
