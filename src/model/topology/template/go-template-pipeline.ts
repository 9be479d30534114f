import { ExpansionFault } from './expansion-fault.js';

/** A value in a pipeline. */
export type Term =
  | { readonly is: 'value'; readonly value: unknown }
  /** `.a.b`: of what the dot is. */
  | { readonly is: 'field'; readonly path: readonly string[] }
  /** `$.a.b`, of everything, or `$name.a.b`. */
  | { readonly is: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly is: 'call'; readonly name: string }
  | { readonly is: 'pipeline'; readonly pipeline: Pipeline; readonly path: readonly string[] };

/** Commands of which each takes the result of the one before as its last argument. */
export type Pipeline = readonly (readonly Term[])[];

const maxDepth = 50;

const token =
  /\s*(?:("(?:[^"\\\n]|\\.)*")|`([^`]*)`|(-?\d+(?:\.\d+)?)(?![\w.])|(\$\w*(?:\.[A-Za-z_]\w*)*|(?:\.[A-Za-z_]\w*)+|\.(?!\w))|([A-Za-z_]\w*)|([()|])|(\S))/y;

/** Reads a pipeline. */
export function readPipeline(text: string): Pipeline {
  const reader = new PipelineReader(text);
  const pipeline = reader.read(0);
  if (!reader.isDone) throw unreadable();
  return pipeline;
}

class PipelineReader {
  #next: RegExpExecArray | null;

  constructor(private readonly text: string) {
    token.lastIndex = 0;
    this.#next = token.exec(text);
  }

  get isDone(): boolean {
    return this.#next === null;
  }

  read(depth: number): Pipeline {
    if (depth > maxDepth) throw unreadable();
    const commands: Term[][] = [[]];
    for (let term = this.#term(depth); term !== undefined; term = this.#term(depth)) {
      if (term === '|') commands.push([]);
      else commands.at(-1)?.push(term);
    }
    if (commands.some((command) => command.length === 0) || isNil(commands[0])) throw unreadable();
    return commands;
  }

  /** The next term; undefined at the end, and before a bracket that closes. */
  #term(depth: number): Term | '|' | undefined {
    const next = this.#next;
    if (next === null || next[6] === ')') return undefined;
    const [, quoted, raw, number, field, name, sign, other] = next;
    this.#advance();
    if (quoted !== undefined) return { is: 'value', value: unquoted(quoted) };
    if (raw !== undefined) return { is: 'value', value: raw };
    if (number !== undefined) return { is: 'value', value: Number(number) };
    if (field !== undefined) return fieldOrVariable(field);
    if (name !== undefined) return this.#named(name);
    if (sign === '|') return '|';
    if (sign !== '(' || other !== undefined) throw unreadable();
    const pipeline = this.read(depth + 1);
    if (this.#next?.[6] !== ')') throw unreadable();
    this.#advance();
    return { is: 'pipeline', pipeline, path: this.#chain() };
  }

  /** A word, or the call of a function with fields behind it. */
  #named(name: string): Term {
    const term = named(name);
    const path = this.#chain();
    return path.length === 0 ? term : { is: 'pipeline', pipeline: [[term]], path };
  }

  /** Fields that follow without a blank. */
  #chain(): readonly string[] {
    const next = this.#next;
    if (!next?.[0].startsWith('.') || next[4] === undefined || next[4] === '.') return [];
    this.#advance();
    return pathIn(next[4]);
  }

  #advance(): void {
    const end = this.#next === null ? this.text.length : this.#next.index + this.#next[0].length;
    token.lastIndex = end;
    this.#next = end >= this.text.length ? null : token.exec(this.text);
    if (this.#next === null && this.text.slice(end).trim() !== '') throw unreadable();
  }
}

/** `nil` alone is no command. */
function isNil(command: readonly Term[] | undefined): boolean {
  const [term, ...rest] = command ?? [];
  return term?.is === 'value' && term.value === null && rest.length === 0;
}

function named(name: string): Term {
  if (name === 'true' || name === 'false') return { is: 'value', value: name === 'true' };
  return name === 'nil' ? { is: 'value', value: null } : { is: 'call', name };
}

function fieldOrVariable(field: string): Term {
  const [, name] = /^\$(\w*)/.exec(field) ?? [];
  return name === undefined ? { is: 'field', path: pathIn(field) } : { is: 'variable', name, path: pathIn(field) };
}

function pathIn(field: string): string[] {
  return field
    .replace(/^\$\w*/, '')
    .split('.')
    .filter((step) => step !== '');
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw unreadable();
  }
}

/** A fault of a template that is broken, or says what is not read here. */
export function unreadable(): ExpansionFault {
  return ExpansionFault.of('engine-needed', 'has a template that is not understood here');
}
