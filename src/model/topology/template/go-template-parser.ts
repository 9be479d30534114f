import { words } from '../../problem/shown.js';
import { ExpansionFault } from './expansion-fault.js';

/** A value in a pipeline. */
export type Term =
  | { readonly is: 'value'; readonly value: unknown }
  /** `.a.b`, or `$.a.b`. */
  | { readonly is: 'field'; readonly path: readonly string[] }
  | { readonly is: 'call'; readonly name: string }
  | { readonly is: 'pipeline'; readonly pipeline: Pipeline; readonly path: readonly string[] };

/** Commands of which each takes the result of the one before as its last argument. */
export type Pipeline = readonly (readonly Term[])[];

/** A part of a template. */
export type TemplatePart =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'print'; readonly pipeline: Pipeline }
  | {
      readonly is: 'if';
      readonly test: Pipeline;
      readonly yes: readonly TemplatePart[];
      readonly no: readonly TemplatePart[];
    };

const maxDepth = 50;

/** What begins and ends an action. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
}

/** Reads a Go template of texts, pipelines and `if`; anything else is a fault. */
export function parseGoTemplate(text: string, delimiters: Delimiters): readonly TemplatePart[] {
  return new TemplateReader(pieces(text, delimiters)).read();
}

interface Piece {
  readonly isAction: boolean;
  readonly text: string;
}

/** The texts and actions of a template; a dash at an action takes the blanks beside it. */
function pieces(template: string, { open: begin, close: end }: Delimiters): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  let trims = false;
  for (;;) {
    const open = template.indexOf(begin, at);
    const text = template.slice(at, open < 0 ? template.length : open);
    const opensTrimmed = open >= 0 && /^-[ \t\r\n]/.test(template.slice(open + 2, open + 4));
    const started = trims ? text.replace(/^[ \t\r\n]+/, '') : text;
    found.push({ isAction: false, text: opensTrimmed ? withoutBlanksBehind(started) : started });
    if (open < 0) return found;
    const close = actionEnd(template, open + 2, end);
    const inside = template.slice(open + (opensTrimmed ? 3 : 2), close);
    trims = /[ \t\r\n]-$/.test(inside);
    found.push({ isAction: true, text: (trims ? inside.slice(0, -1) : inside).trim() });
    at = close + 2;
  }
}

const actionPart = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|[}>]{2}|[^"`]/y;

function actionEnd(template: string, start: number, end: string): number {
  const comment = /-?\s*\/\*/y;
  comment.lastIndex = start;
  const from = comment.test(template) ? template.indexOf('*/', start) : start;
  actionPart.lastIndex = from < 0 ? template.length : from;
  for (let part = actionPart.exec(template); part; part = actionPart.exec(template))
    if (part[0] === end) return part.index;
  throw unreadable();
}

function withoutBlanksBehind(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\r\n'.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

const token =
  /\s*(?:("(?:[^"\\\n]|\\.)*")|`([^`]*)`|(-?\d+(?:\.\d+)?)(?![\w.])|(\$?(?:\.[A-Za-z_]\w*)+|\$(?!\w)|\.(?!\w))|([A-Za-z_]\w*)|([()|])|(\S))/y;

class TemplateReader {
  #at = 0;

  constructor(private readonly pieces: readonly Piece[]) {}

  read(): readonly TemplatePart[] {
    const parts = this.#parts(0);
    if (this.#at < this.pieces.length) throw unreadable();
    return parts;
  }

  /** The parts up to an `else` or `end` that belongs to who asks. */
  #parts(depth: number): TemplatePart[] {
    if (depth > maxDepth) throw unreadable();
    const parts: TemplatePart[] = [];
    for (; this.#at < this.pieces.length; ) {
      const { isAction, text } = this.pieces[this.#at]!;
      if (isAction && /^(?:else|end)\b/.test(text)) {
        if (depth === 0) throw unreadable();
        return parts;
      }
      this.#at++;
      if (!isAction) {
        if (text !== '') parts.push({ is: 'text', text });
      } else if (/^if\b/.test(text)) parts.push(this.#if(text.slice(2), depth));
      else if (!/^\/\*[\s\S]*\*\/$/.test(text)) parts.push({ is: 'print', pipeline: readPipeline(text) });
    }
    if (depth > 0) throw unreadable();
    return parts;
  }

  #if(test: string, depth: number): TemplatePart {
    const pipeline = readPipeline(test);
    const yes = this.#parts(depth + 1);
    const next = this.pieces[this.#at++]?.text ?? '';
    if (next === 'end') return { is: 'if', test: pipeline, yes, no: [] };
    const [, further] = /^else\s+if\b([\s\S]*)$/.exec(next) ?? [];
    if (further !== undefined) return { is: 'if', test: pipeline, yes, no: [this.#if(further, depth + 1)] };
    if (next !== 'else') throw unreadable();
    const no = this.#parts(depth + 1);
    if (this.pieces[this.#at++]?.text !== 'end') throw unreadable();
    return { is: 'if', test: pipeline, yes, no };
  }
}

function readPipeline(text: string): Pipeline {
  const [word = ''] = /^[a-z]+\b/.exec(text) ?? [];
  if (['range', 'with', 'define', 'template', 'block', 'break', 'continue'].includes(word) || /^\$\w+\s*:?=/.test(text))
    throw ExpansionFault.of('engine-needed', words`has a template with {{ ${text} }}, which is not filled here`);
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
    if (field !== undefined) return { is: 'field', path: pathIn(field) };
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

function pathIn(field: string): string[] {
  return field
    .replace(/^\$/, '')
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

function unreadable(): ExpansionFault {
  return ExpansionFault.of('engine-needed', 'has a template that is not understood here');
}
