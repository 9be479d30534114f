import { fieldNamed, readJson } from '../go/go-json.js';
import type { JsonMember, JsonValue } from '../go/json-value.js';
import { At } from '../problem/at.js';
import { ImagePullError, type Problem } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import { DockerConfig } from './docker-config.js';
import { entryPath } from './entry-path.js';
import { inspected } from './secret-value.js';

type JsonObject = Extract<JsonValue, { kind: 'object' }>;

/** Nothing that reads docker configs knows fields that nest deeper than a few levels. */
const deepest = 100;

/**
 * A docker config that others wrote, whole: its entries with every field, and what stands beside `auths`. It may hold
 * credentials, so nothing of it prints.
 */
export class DockerConfigDocument {
  readonly #root: JsonObject;
  readonly #auths: JsonObject;

  private constructor(root: JsonObject, auths: JsonObject) {
    this.#root = root;
    this.#auths = auths;
  }

  /**
   * Reads a document.
   *
   * @throws ImagePullError `docker-config-invalid` where the kubelet does not read it, or where it has no `auths`;
   * `auths-key-duplicate` where a key occurs twice.
   */
  static parse(text: string | Uint8Array): DockerConfigDocument {
    const { remarks } = DockerConfig.parse(text);
    const read = readJson(text);
    const root = 'value' in read && read.value.kind === 'object' ? read.value : undefined;
    const found = root?.members.filter(([key]) => fieldNamed(key, ['auths'])) ?? [];
    const [name, auths] = found[0] ?? [];
    if (!root || found.length !== 1 || name !== 'auths' || auths?.kind !== 'object')
      throw new ImagePullError(withoutAuths);
    if (depthOf(root) > deepest) throw new ImagePullError(tooDeep);
    const repeated = remarks.find(({ code }) => code === 'auths-key-duplicate');
    if (repeated) throw new ImagePullError(repeated);
    return new DockerConfigDocument(root, auths);
  }

  /** The keys of its entries, in the order of the document. */
  get keys(): string[] {
    return this.#auths.members.map(([key]) => key);
  }

  /** The keys of the entries that a reader may take for the one of this key. */
  twinsOf(key: string): string[] {
    const path = entryPath(key);
    return this.keys.filter((each) => entryPath(each) === path);
  }

  /**
   * The document with more entries, compact. What it held is there as it was, in its order; what is added comes last,
   * sorted by key. Holds the passwords.
   */
  withEntries(config: DockerConfig): string {
    const added = readJson(config.toJson());
    const [, auths] = ('value' in added && added.value.kind === 'object' && added.value.members[0]) || [];
    const members = [...this.#auths.members, ...(auths?.kind === 'object' ? auths.members : [])];
    return objectText(
      this.#root.members.map(([key, value, offset]): JsonMember => {
        return [key, value === this.#auths ? { kind: 'object', members } : value, offset];
      }),
    );
  }

  /** The document without the entries of these keys. */
  without(keys: readonly string[]): DockerConfigDocument {
    const gone = new Set(keys);
    const auths: JsonObject = { ...this.#auths, members: this.#auths.members.filter(([key]) => !gone.has(key)) };
    const members = this.#root.members.map(
      ([key, value, offset]): JsonMember => [key, value === this.#auths ? auths : value, offset],
    );
    return new DockerConfigDocument({ ...this.#root, members }, auths);
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspected](): string {
    return '***';
  }
}

function objectText(members: readonly JsonMember[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${valueText(value)}`).join(',')}}`;
}

function valueText(value: JsonValue): string {
  if (value.kind === 'object') return objectText(value.members);
  if (value.kind === 'array') return `[${value.items.map(valueText).join(',')}]`;
  // A number keeps its spelling: as a number of JavaScript it could lose digits.
  if (value.kind === 'number') return value.text;
  return JSON.stringify(value.kind === 'null' ? null : value.value);
}

/** Level by level, because a document may nest deeper than the stack. */
function depthOf(root: JsonValue): number {
  let depth = 0;
  for (let level: readonly JsonValue[] = [root]; level.length > 0 && depth <= deepest; depth++)
    level = level.flatMap((value) => {
      if (value.kind === 'array') return value.items;
      return value.kind === 'object' ? value.members.map(([, member]) => member) : [];
    });
  return depth;
}

const withoutAuths: Problem = At.of().refuse(
  'docker-config-invalid',
  'the docker config has not exactly one `auths` with entries by registry',
  "it must be the whole document: oc get secret/pull-secret -n openshift-config -o jsonpath='{.data.\\.dockerconfigjson}' | base64 -d",
);

const tooDeep: Problem = At.of().refuse(
  'docker-config-invalid',
  words`the docker config nests deeper than ${deepest} levels`,
);
