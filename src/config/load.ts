import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { check } from '../model/check.js';
import { ImagePullError, type Problem, throwErrors } from '../model/problem.js';
import type { ImagePullSpec } from '../model/spec.js';
import { withDockerConfigs } from './docker-config-files.js';
import { Positions } from './positions.js';
import { imagePullSchema } from './schema.js';
import { schemaProblems } from './schema-problems.js';

/** The default name of the config file. */
export const configFileName = 'image-pull.yaml';

/** A config file that was read and checked. */
export interface LoadedConfig {
  readonly spec: ImagePullSpec;
  /** The folder that paths in it are relative to. */
  readonly base: string;
  /** Warnings. */
  readonly problems: readonly Problem[];
  /** Gives a problem of the spec its place in the file. */
  readonly locate: (problem: Problem) => Problem;
}

const maxSize = 8 * 1024 * 1024;

/**
 * Reads and checks image-pull.yaml. Throws all errors together: `config-missing`, `config-invalid`,
 * `config-unknown-key`, `config-wrong-type`, and whatever `check` finds, each with its place in the file.
 *
 * @param file path of the file, shown in messages as it is
 */
export function loadConfig(file: string = configFileName): LoadedConfig {
  const base = dirname(resolve(file));
  return parseConfig(readConfig(file), file, base);
}

/** Checks the text of a config file; docker config files it names are read relative to `base`. */
export function parseConfig(text: string, file: string, base: string): LoadedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, file, lines);
  const positions = new Positions(file, text, document, lines);
  const value = plainValue(document, positions);
  const parsed = imagePullSchema.safeParse(value);
  if (!parsed.success)
    throw new ImagePullError(schemaProblems(parsed.error.issues, value).map((problem) => positions.locate(problem)));
  const { $schema: _schema, ...spec } = parsed.data;
  const { spec: complete, problems: fileProblems } = withDockerConfigs(spec, base);
  const problems = [...fileProblems, ...check(complete)].map((problem) => positions.locate(problem));
  throwErrors(problems);
  return { spec: complete, base, problems, locate: (problem) => positions.locate(problem) };
}

function readConfig(file: string): string {
  const fail = (message: string, hint?: string): never => {
    throw new ImagePullError({ code: 'config-missing', message, ...(hint && { hint }) });
  };
  if (!existsSync(file))
    return fail(`${file} does not exist`, 'run `init` to write one from your manifests, or name it with --config');
  const stat = statSync(file);
  if (!stat.isFile()) return fail(`${file} is not a file`);
  if (stat.size > maxSize) return fail(`${file} is larger than ${maxSize / 1024 / 1024} MiB`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'is not UTF-8 text' : 'cannot be read';
    throw new ImagePullError({ code: 'config-invalid', message: `${basename(file)} ${reason}` });
  }
}

function parseDocument(text: string, file: string, lines: LineCounter): Document {
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const [document, second] = Array.isArray(documents) ? documents : [];
  const invalid = (message: string, offset: number): Problem => {
    const { line, col } = lines.linePos(offset);
    return { code: 'config-invalid', message, place: { file, line, column: col } };
  };
  if (!document) throw new ImagePullError(invalid('the file is empty', 0));
  if (second) throw new ImagePullError(invalid('the file holds more than one document', second.range?.[0] ?? 0));
  if (document.errors.length > 0)
    throw new ImagePullError(document.errors.map((error) => invalid(error.message, error.pos[0])));
  if (!isMap(document.contents))
    throw new ImagePullError(invalid('the file is not a mapping', document.range?.[0] ?? 0));
  return document;
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The plain value. Keys that reach into JavaScript are refused on the tree, before there is an object to hold them. */
function plainValue(document: Document, positions: Positions): unknown {
  const problems: Problem[] = [];
  visit(document, {
    Pair(_, pair) {
      const key = pair.key;
      if (!isScalar(key) || (typeof key.value === 'string' && forbiddenKeys.has(key.value))) {
        const offset = isScalar(key) ? key.range?.[0] : undefined;
        const place = positions.placeAt(offset ?? 0);
        const frame = positions.frameAt(place);
        problems.push({
          code: 'config-invalid',
          message: 'this key is not allowed',
          place,
          ...(frame !== undefined && { frame }),
        });
      }
    },
  });
  if (problems.length > 0) throw new ImagePullError(problems);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const message =
      error instanceof ReferenceError ? 'an alias is unknown, or aliases multiply the file' : 'an alias loops';
    throw new ImagePullError({
      code: 'config-invalid',
      message,
      place: positions.placeAt(0),
      hint: 'write the value out',
    });
  }
}
