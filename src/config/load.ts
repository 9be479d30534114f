import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml';
import { check } from '../model/check/check.js';
import { checkShape } from '../model/check/check-shape.js';
import { At } from '../model/problem/at.js';
import { ImagePullError, type ModelPath, type Place, type Problem, pathOf } from '../model/problem/problem.js';
import { sentence, type Words, words } from '../model/problem/shown.js';
import { vocabularySchema } from '../model/vocabulary/json-schema.js';
import type { ImagePullSpec } from '../model/vocabulary/spec.js';
import { documentFlaws } from '../yaml/document-check.js';
import { yamlMessage } from '../yaml/yaml-messages.js';
import { withPlaintextFiles } from './plaintext-files.js';
import { Positions } from './positions.js';
import { withCiphertexts } from './sealed-files.js';

/** The default name of the config file. */
export const configFileName = 'image-pull.yaml';

/** A config file that was read and checked. */
export interface LoadedConfig {
  readonly spec: ImagePullSpec;
  /** The folder that paths in it are relative to. */
  readonly base: string;
  /** Errors and warnings. */
  readonly problems: readonly Problem[];
  /** The place of a path of the spec in the file. */
  readonly placeOf: (path: ModelPath) => Place;
  /** Gives a problem of the spec its place in the file. */
  readonly locate: (problem: Problem) => Problem;
}

const maxSize = 8 * 1024 * 1024;

/**
 * Reads and checks image-pull.yaml. Throws what leaves no spec to go on with: `config-missing`, `config-invalid`,
 * `config-wrong-type`. Everything else that is wrong, errors included, is in `problems`, with its place in the file: so
 * that it is said together with what is wrong with the manifests.
 *
 * @param file path of the file, shown in messages as it is
 */
export function loadConfig(file: string = configFileName): LoadedConfig {
  const text = readConfig(file);
  // Manifests are found without links on the way, and are compared with it.
  return parseConfig(text, file, realpathSync(dirname(resolve(file))));
}

/** Checks the text of a config file; docker config files it names are read relative to `base`. */
export function parseConfig(text: string, file: string, base: string): LoadedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, file, lines);
  const positions = new Positions(file, text, document, lines);
  const value = plainValue(document, positions);
  const { spec: valid, problems: schema } = checkedBySchema(value, positions);
  const { spec: plain, problems: files } = withPlaintextFiles(valid, base);
  const spec = withCiphertexts(plain, base);
  const problems = [...schema, ...[...files, ...check(spec)].map((problem) => positions.locate(problem))];
  return {
    spec,
    base,
    problems,
    placeOf: (path) => positions.placeOf(path),
    locate: (problem) => positions.locate(problem),
  };
}

/** Unknown keys are taken away, so that they hide nothing else that is to be said. */
function checkedBySchema(value: unknown, positions: Positions): { spec: ImagePullSpec; problems: readonly Problem[] } {
  const problems = checkShape(value, vocabularySchema());
  const located = problems.map((problem) => positions.locate(problem));
  if (problems.some(({ code }) => code !== 'config-unknown-key')) throw new ImagePullError(located);
  const { $schema: _schema, ...spec } = problems.length > 0 ? withoutKeys(value, problems) : (value as SchemaAndSpec);
  return { spec, problems: located };
}

type SchemaAndSpec = ImagePullSpec & { readonly $schema?: string };

/** A copy of the value without the keys that problems are about. */
function withoutKeys(value: unknown, problems: readonly Problem[]): SchemaAndSpec {
  const copy = structuredClone(value) as SchemaAndSpec;
  for (const path of problems.map(pathOf)) {
    const owner = path.slice(0, -1).reduce((at: unknown, key) => (at as Record<string, unknown>)[key], copy);
    delete (owner as Record<string, unknown>)[String(path.at(-1))];
  }
  return copy;
}

function readConfig(file: string): string {
  const fail = (message: Words, hint?: Words): never => {
    throw new ImagePullError(At.of().refuse('config-missing', message, hint));
  };
  if (!existsSync(file))
    return fail(
      words`${file} does not exist`,
      words`run \`init\` to write one from your manifests, or name it with --config`,
    );
  const stat = statSync(file);
  if (!stat.isFile()) return fail(words`${file} is not a file`);
  if (stat.size > maxSize) return fail(words`${file} is larger than ${maxSize / 1024 / 1024} MiB`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    throw new ImagePullError(At.of().refuse('config-invalid', words`${basename(file)} ${reason}`));
  }
}

function parseDocument(text: string, file: string, lines: LineCounter): Document {
  const documents = parsed(text, lines);
  const invalid = (message: string, offset: number): ImagePullError => {
    const { line, col } = lines.linePos(offset);
    return new ImagePullError(At.of({ file, line, column: col }).refuse('config-invalid', sentence(message)));
  };
  if (documents === 'exhausted') throw invalid(yamlMessage('RESOURCE_EXHAUSTION'), 0);
  const [document, second] = documents;
  if (!document) throw invalid('the file is empty', 0);
  // One mistake often brings others with it. A tag that nobody knows is only a warning, but changes the value.
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw invalid(yamlMessage(error.code), error.pos[0]);
  if (second) throw invalid('the file holds more than one document', second.range?.[0] ?? 0);
  if (!isMap(document.contents)) throw invalid('the file is not a mapping', document.range?.[0] ?? 0);
  return document;
}

// Keys that occur twice are found by documentFlaws, in linear time. Warnings of the library quote the file.
const yamlOptions = { prettyErrors: false, merge: true, uniqueKeys: false, logLevel: 'silent' } as const;

function parsed(text: string, lines: LineCounter): readonly Document.Parsed[] | 'exhausted' {
  return unlessExhausted(() => Array.from(parseAllDocuments(text, { ...yamlOptions, lineCounter: lines })));
}

/** The plain value, of a document that was found fit to be one. */
function plainValue(document: Document, positions: Positions): unknown {
  const value = unlessExhausted(() => {
    const flaws = documentFlaws(document);
    if (flaws.length > 0)
      throw new ImagePullError(
        flaws.map(({ message, hint, offset }) =>
          At.of(positions.placeAt(offset)).refuse('config-invalid', sentence(message), hint && sentence(hint)),
        ),
      );
    return document.toJS({ maxAliasCount: -1 }) as unknown;
  });
  if (value !== 'exhausted') return value;
  const at = positions.placeAt(0);
  throw new ImagePullError(At.of(at).refuse('config-invalid', sentence(yamlMessage('RESOURCE_EXHAUSTION'))));
}

// The library answers most of its own exhaustion with an error of the document, but not all.
function unlessExhausted<T>(work: () => T): T | 'exhausted' {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return 'exhausted';
    throw error;
  }
}
