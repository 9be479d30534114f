import { words } from '../../problem/shown.js';
import { ExpansionFault } from './expansion-fault.js';
import { type Pipeline, readPipeline, unreadable } from './go-template-pipeline.js';

/** Texts that begin and end an action. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
}

/** A value that gets a name: a new one, or that of a variable which is there. */
export interface Naming {
  readonly names: readonly string[];
  readonly isNew: boolean;
  readonly pipeline: Pipeline;
}

/** A part of a template. */
export type TemplatePart =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'print'; readonly pipeline: Pipeline }
  | { readonly is: 'name'; readonly naming: Naming }
  | BranchPart;

/** A part that is filled where its value is not empty: once, with the value as dot, or for each item. */
export interface BranchPart {
  readonly is: 'if' | 'with' | 'range';
  readonly value: Naming;
  readonly yes: readonly TemplatePart[];
  readonly no: readonly TemplatePart[];
}

const maxDepth = 50;

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

/** Reads a Go template of texts, pipelines, variables and branches; anything else is a fault. */
export function parseGoTemplate(text: string, delimiters: Delimiters): readonly TemplatePart[] {
  return new TemplateReader(pieces(text, delimiters)).read();
}

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
      if (isAction) parts.push(...this.#action(text, depth));
      else if (text !== '') parts.push({ is: 'text', text });
    }
    if (depth > 0) throw unreadable();
    return parts;
  }

  #action(text: string, depth: number): readonly TemplatePart[] {
    if (text.startsWith('/*') && text.endsWith('*/')) return [];
    const [word = ''] = /^[a-z]+\b/.exec(text) ?? [];
    if (word === 'if' || word === 'with' || word === 'range')
      return [this.#branch(word, text.slice(word.length), depth)];
    if (unfilled.has(word))
      throw ExpansionFault.of('engine-needed', words`has a template with {{ ${text} }}, which is not filled here`);
    const naming = namingOf(text);
    if (naming.names.length > 1) throw unreadable();
    return [naming.names.length > 0 ? { is: 'name', naming } : { is: 'print', pipeline: naming.pipeline }];
  }

  #branch(is: BranchPart['is'], text: string, depth: number): BranchPart {
    const value = namingOf(text);
    if (value.names.length > (is === 'range' ? 2 : 1) || (is === 'range' && value.names.length > 0 && !value.isNew))
      throw unreadable();
    const yes = this.#parts(depth + 1);
    const next = this.pieces[this.#at++]?.text ?? '';
    if (next === 'end') return { is, value, yes, no: [] };
    const [, further] = /^else\s+if\b([\s\S]*)$/.exec(next) ?? [];
    if (further !== undefined && is === 'if') return { is, value, yes, no: [this.#branch('if', further, depth + 1)] };
    if (next !== 'else') throw unreadable();
    const no = this.#parts(depth + 1);
    if (this.pieces[this.#at++]?.text !== 'end') throw unreadable();
    return { is, value, yes, no };
  }
}

/** Words with which an action begins that is not filled. */
const unfilled: ReadonlySet<string> = new Set(['define', 'template', 'block', 'break', 'continue']);

/** A pipeline with the names that its value gets: `$x := .a`, or `$key, $value := .a` of a range. */
function namingOf(text: string): Naming {
  const [all = '', first, second, sign] = /^\s*\$(\w+)\s*(?:,\s*\$(\w+)\s*)?(:?=)/.exec(text) ?? [];
  const names = [first, second].filter((name) => name !== undefined);
  return { names, isNew: sign === ':=', pipeline: readPipeline(text.slice(all.length)) };
}
