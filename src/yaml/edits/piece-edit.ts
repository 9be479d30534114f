import { pathText } from '../../model/inventory/tree-path.js';
import { At } from '../../model/problem/at.js';
import type { Place, Problem } from '../../model/problem/problem.js';
import { sentence, type Words, words } from '../../model/problem/shown.js';
import type { TreeNode } from '../nodes.js';
import { sourceOf } from '../source.js';
import { yamlDocuments } from '../yaml-documents.js';
import { YamlError } from '../yaml-error.js';
import { EditContext } from './edit-context.js';
import type { ListChange, ListRequest } from './list-request.js';
import { objectAt } from './locate.js';
import { endsInOpenScalar } from './nodes.js';
import { Obstacle } from './obstacle.js';
import { layoutOf } from './parse.js';
import { afterEdit, isSameValue, type PlainValue, plainValue } from './plain-values.js';
import { type PlannedEdit, planList } from './plan-list.js';
import { SourceText } from './source-text.js';
import { withSplices } from './splices.js';
import type { FileStyle } from './style.js';

/** A piece of a file that is parsed by itself, and what is asked of the lists in it. */
export interface Piece {
  /** The text of the file, without byte order mark. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The line break of a last line that has none. */
  readonly lineBreak: string;
  readonly style: FileStyle;
  readonly place: (offset: number) => Place;
  /** With the offsets in the file at which their objects begin. */
  readonly requests: readonly { readonly request: ListRequest; readonly offset: number }[];
}

/** A piece after its edits. */
export interface EditedPiece {
  readonly text: string;
  readonly changes: readonly ListChange[];
  readonly problems: readonly Problem[];
}

/** Edits the lists of one piece. What would not read as it should is left as it was. */
export function editPiece(piece: Piece): EditedPiece {
  return new PieceEditor(piece).edit();
}

interface Candidate extends PlannedEdit {
  readonly request: ListRequest;
}

class PieceEditor {
  readonly #piece: Piece;
  readonly #source: SourceText;
  readonly #isOpenEnded: boolean;
  readonly #context: EditContext | undefined;
  readonly #problems: Problem[] = [];

  constructor(piece: Piece) {
    this.#piece = piece;
    const text = piece.text.slice(piece.start, piece.end);
    this.#isOpenEnded = !text.endsWith('\n');
    // A carriage return at the end is no part of a line break.
    const lineBreak = text.endsWith('\r') ? '\r\n' : piece.lineBreak;
    this.#source = new SourceText(this.#isOpenEnded ? text + lineBreak : text);
    const root = rootOf(text);
    const layout = root && layoutOf(text);
    this.#context = layout && new EditContext(this.#source, layout, root, piece.style, piece.start);
  }

  edit(): EditedPiece {
    const candidates = this.#withOwnMarkLines(
      this.#piece.requests.flatMap(({ request, offset }) => this.#plan(request, offset)),
    );
    const accepted = this.#accepted(candidates);
    const text = this.#edited(accepted) ?? this.#edited([])!;
    const changes = accepted.map((candidate) => this.#changeOf(candidate));
    return { text, changes, problems: this.#problems };
  }

  #plan(request: ListRequest, offset: number): Candidate[] {
    try {
      const context = this.#context;
      const object = context && objectAt(context.contents, offset - this.#piece.start, context.aliases);
      if (!object) {
        const message = rootOf(this.#source.text) && !context ? unusualLayout : movedAway;
        throw new Obstacle('list-not-editable', message, offset - this.#piece.start);
      }
      const planned = planList(object, request, context);
      if (planned) this.#checkEnd(planned, context);
      return planned ? [{ ...planned, request }] : [];
    } catch (obstacle) {
      if (!(obstacle instanceof Obstacle)) throw obstacle;
      this.#refuse(request, obstacle);
      return [];
    }
  }

  // Kubernetes reads a block scalar without its last line break as a text without one.
  #checkEnd({ splices }: PlannedEdit, { contents }: EditContext): void {
    const end = this.#source.text.length;
    if (!this.#isOpenEnded || !endsInOpenScalar(contents, this.#source)) return;
    if (splices.every(({ start }) => start < end)) return;
    const message = 'stands behind a text without final line break, which would get one';
    throw new Obstacle('list-not-editable', message, end);
  }

  #withOwnMarkLines(candidates: readonly Candidate[]): Candidate[] {
    const counts = new Map<number, number>();
    for (const { markLine } of candidates)
      if (markLine !== undefined) counts.set(markLine, (counts.get(markLine) ?? 0) + 1);
    return candidates.filter(({ markLine, request, splices }) => {
      if (markLine === undefined || counts.get(markLine) === 1) return true;
      const message = 'shares its line with another list: a mark would not say whose it is';
      this.#refuse(request, new Obstacle('list-not-editable', message, splices[0]?.start ?? markLine));
      return false;
    });
  }

  /** Those that read as they should, together with what was accepted before. */
  #accepted(candidates: readonly Candidate[], before: readonly Candidate[] = []): readonly Candidate[] {
    if (candidates.length === 0 || this.#holds([...before, ...candidates])) return candidates;
    const [only, ...others] = candidates;
    if (only && others.length === 0) {
      const message = 'cannot be edited in place: the document would not read as it should';
      this.#refuse(only.request, new Obstacle('list-not-editable', message, only.splices[0]?.start ?? 0));
      return [];
    }
    const half = candidates.length >> 1;
    const first = this.#accepted(candidates.slice(0, half), before);
    return [...first, ...this.#accepted(candidates.slice(half), [...before, ...first])];
  }

  #holds(candidates: readonly Candidate[]): boolean {
    const text = this.#edited(candidates);
    if (text === undefined) return false;
    let expected: PlainValue | undefined = this.#context && plainValue(this.#context.root);
    for (const { outcome, task } of candidates) expected = expected && afterEdit(expected, outcome, task.item);
    const root = rootOf(text);
    return isSameValue(expected, root && plainValue(root));
  }

  #edited(candidates: readonly Candidate[]): string | undefined {
    // Where both end at one place, an item that goes on with a list stands in front of a new key.
    const isNew = ({ task }: Candidate) => Number(task.target.list === undefined);
    const ordered = [...candidates].sort((a, b) => isNew(a) - isNew(b));
    const text = withSplices(
      this.#source.text,
      ordered.flatMap(({ splices }) => splices),
    );
    if (text === undefined || !this.#isOpenEnded) return text;
    // The last line is without an end, as it was.
    return text.endsWith('\r\n') ? text.slice(0, -2) : text.slice(0, -1);
  }

  #changeOf({ request, splices, task, takenBack }: Candidate): ListChange {
    const first = Math.min(...splices.map(({ start }) => start));
    return { request, added: task.add, takenBack, place: this.#place(first) };
  }

  #refuse(request: ListRequest, { code, message, offset }: Obstacle): void {
    const at = At.of(this.#place(offset));
    this.#problems.push(at.find(code, words`${pathText(request.path)} ${sentence(message)}`, handHint(request)));
  }

  #place(offset: number): Place {
    return this.#piece.place(this.#piece.start + offset);
  }
}

const unusualLayout = 'stands in a document that is laid out in a way that is not edited in place';
const movedAway = 'is not where it was: no object begins at this place';

/** Reads a piece as Kubernetes does; undefined where it reads nothing. */
function rootOf(text: string): TreeNode | undefined {
  const [root] = yamlDocuments(sourceOf({ file: '', text }));
  return root instanceof YamlError ? undefined : root;
}

/** Hint of what to do where no edit is possible. */
export function handHint({ wanted }: ListRequest): Words {
  return wanted.length > 0
    ? words`edit it by hand; it must hold ${wanted}`
    : words`take the marked entries off by hand`;
}
