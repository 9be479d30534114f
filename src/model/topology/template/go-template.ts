import { compareText } from '../../names/names.js';
import { words } from '../../problem/shown.js';
import { isMap } from '../merged-values.js';
import { ExpansionFault } from './expansion-fault.js';
import { type TemplateFunction, templateFunctions } from './go-template-functions.js';
import {
  type BranchPart,
  type Delimiters,
  type Naming,
  parseGoTemplate,
  type TemplatePart,
} from './go-template-parser.js';
import { type Pipeline, type Term, unreadable } from './go-template-pipeline.js';
import { isEmpty, type Parameters, printed } from './parameters.js';
import { Variables } from './template-variables.js';

/** A parameter is not there, and must be. */
export class MissingKey extends ExpansionFault {
  static key(path: readonly string[]): MissingKey {
    const what = words`has a template with .${path.join('.')}, which its generators do not give`;
    return new MissingKey(
      'gitops-object-invalid',
      what,
      words`${'correct the name, or give it a value in the generator'}`,
    );
  }
}

/** How a template is written and filled. */
export interface TemplateDialect {
  readonly delimiters: Delimiters;
  /** Whether a key that is not there is a fault, as with the option `missingkey=error`. */
  readonly isStrict: boolean;
  /** Functions beside those that every template has. @default - none */
  readonly functions?: ReadonlyMap<string, TemplateFunction>;
}

/** A Go template, as far as it can be filled exactly. */
export class GoTemplate {
  readonly #parts: readonly TemplatePart[];
  readonly #dialect: TemplateDialect;

  constructor(text: string, dialect: TemplateDialect) {
    this.#parts = parseGoTemplate(text, dialect.delimiters);
    this.#dialect = dialect;
  }

  /** The text with what its dot stands for. */
  fill(parameters: Parameters): string {
    return new Filling(this.#dialect).text(this.#parts, {
      dot: parameters,
      variables: new Variables(new Map([['', parameters]])),
    });
  }
}

/** As often may the parts of ranges be filled in one template, and as much text may they make. */
const maxRounds = 10_000;
const maxText = 10_000_000;

/** Where a part of a template is filled. */
interface Scope {
  readonly dot: unknown;
  readonly variables: Variables;
}

class Filling {
  readonly #dialect: TemplateDialect;
  #rounds = 0;
  #text = 0;

  constructor(dialect: TemplateDialect) {
    this.#dialect = dialect;
  }

  text(parts: readonly TemplatePart[], scope: Scope): string {
    return parts.map((part) => this.#part(part, scope)).join('');
  }

  #part(part: TemplatePart, scope: Scope): string {
    switch (part.is) {
      case 'text':
        return part.text;
      case 'print':
        return printedValue(this.#value(part.pipeline, scope));
      case 'name':
        scope.variables.set(part.naming, this.#value(part.naming.pipeline, scope));
        return '';
      default:
        return this.#branch(part, { ...scope, variables: scope.variables.block() });
    }
  }

  #branch({ is, value: naming, yes, no }: BranchPart, scope: Scope): string {
    const value = this.#value(naming.pipeline, scope);
    if (is === 'range') return this.#range(itemsOf(value), naming, yes, no, scope);
    scope.variables.set(naming, value);
    if (isEmpty(value)) return this.text(no, scope);
    return this.text(yes, is === 'with' ? { ...scope, dot: value } : scope);
  }

  #range(
    items: readonly (readonly [unknown, unknown])[],
    naming: Naming,
    yes: readonly TemplatePart[],
    no: readonly TemplatePart[],
    scope: Scope,
  ): string {
    if (items.length === 0) return this.text(no, scope);
    const texts = items.map(([key, item]) => {
      const variables = scope.variables.block();
      variables.set(naming, ...(naming.names.length === 2 ? [key, item] : [item]));
      const text = this.text(yes, { dot: item, variables });
      this.#text += text.length;
      if (++this.#rounds > maxRounds || this.#text > maxText)
        throw ExpansionFault.of('expansion-too-large', 'has a template that goes on for very long');
      return text;
    });
    return texts.join('');
  }

  #value(pipeline: Pipeline, scope: Scope): unknown {
    let given: readonly unknown[] = [];
    for (const command of pipeline) given = [this.#command(command, given, scope)];
    return given[0];
  }

  #command([first, ...rest]: readonly Term[], given: readonly unknown[], scope: Scope): unknown {
    const values = rest.map((term) => this.#term(term, scope));
    if (first?.is === 'call') return this.#call(first.name, [...values, ...given]);
    if (first === undefined || values.length + given.length > 0)
      throw ExpansionFault.of('engine-needed', 'has a template that is not understood here');
    return this.#term(first, scope);
  }

  #call(name: string, values: readonly unknown[]): unknown {
    const called = (this.#dialect.functions?.get(name) ?? templateFunctions.get(name))?.(values);
    if (called) return called.value;
    throw ExpansionFault.of('engine-needed', words`has a template with the function ${name}, which is not done here`);
  }

  #term(term: Term, scope: Scope): unknown {
    switch (term.is) {
      case 'value':
        return term.value;
      case 'field':
        return this.#below(scope.dot, term.path);
      case 'variable':
        return this.#below(scope.variables.get(term.name), term.path);
      case 'call':
        return this.#call(term.name, []);
      case 'pipeline':
        return this.#below(this.#value(term.pipeline, scope), term.path);
    }
  }

  /** Finds what is below a value; from the second key on it must be there. */
  #below(value: unknown, path: readonly string[]): unknown {
    let found = value;
    for (const [index, key] of path.entries()) {
      if (!isMap(found)) throw MissingKey.key(path);
      const isThere = Object.hasOwn(found, key);
      if (!isThere && (this.#dialect.isStrict || index < path.length - 1)) throw MissingKey.key(path);
      found = isThere ? found[key] : undefined;
    }
    return found;
  }
}

/** The keys and items of a list or a map; those of a map by key. */
function itemsOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  if (isMap(value)) return Object.entries(value).sort(([a], [b]) => compareText(a, b));
  throw unreadable();
}

function printedValue(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  const text = printed(value);
  if (text !== undefined) return text;
  throw ExpansionFault.of('engine-needed', 'has a template that prints a map or a list');
}
