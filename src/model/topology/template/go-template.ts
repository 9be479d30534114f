import { words } from '../../problem/shown.js';
import { isMap } from '../merged-values.js';
import { ExpansionFault } from './expansion-fault.js';
import { type TemplateFunction, templateFunctions } from './go-template-functions.js';
import { type Delimiters, type Pipeline, parseGoTemplate, type TemplatePart, type Term } from './go-template-parser.js';
import { isEmpty, type Parameters, printed } from './parameters.js';

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
    return new Filling(parameters, this.#dialect).text(this.#parts);
  }
}

class Filling {
  constructor(
    private readonly parameters: Parameters,
    private readonly dialect: TemplateDialect,
  ) {}

  text(parts: readonly TemplatePart[]): string {
    return parts.map((part) => this.#part(part)).join('');
  }

  #part(part: TemplatePart): string {
    switch (part.is) {
      case 'text':
        return part.text;
      case 'print':
        return printedValue(this.#value(part.pipeline));
      case 'if':
        return this.text(isEmpty(this.#value(part.test)) ? part.no : part.yes);
    }
  }

  #value(pipeline: Pipeline): unknown {
    let given: readonly unknown[] = [];
    for (const command of pipeline) given = [this.#command(command, given)];
    return given[0];
  }

  #command([first, ...rest]: readonly Term[], given: readonly unknown[]): unknown {
    const values = rest.map((term) => this.#term(term));
    if (first?.is === 'call') return this.#call(first.name, [...values, ...given]);
    if (first === undefined || values.length + given.length > 0)
      throw ExpansionFault.of('engine-needed', 'has a template that is not understood here');
    return this.#term(first);
  }

  #call(name: string, values: readonly unknown[]): unknown {
    const called = (this.dialect.functions?.get(name) ?? templateFunctions.get(name))?.(values);
    if (called) return called.value;
    throw ExpansionFault.of('engine-needed', words`has a template with the function ${name}, which is not done here`);
  }

  #term(term: Term): unknown {
    switch (term.is) {
      case 'value':
        return term.value;
      case 'field':
        return this.#below(this.parameters, term.path);
      case 'call':
        return this.#call(term.name, []);
      case 'pipeline':
        return this.#below(this.#value(term.pipeline), term.path);
    }
  }

  /** What is below a value; from the second key on it must be there. */
  #below(value: unknown, path: readonly string[]): unknown {
    let found = value;
    for (const [index, key] of path.entries()) {
      if (!isMap(found)) throw MissingKey.key(path);
      const isThere = Object.hasOwn(found, key);
      if (!isThere && (this.dialect.isStrict || index < path.length - 1)) throw MissingKey.key(path);
      found = isThere ? found[key] : undefined;
    }
    return found;
  }
}

function printedValue(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  const text = printed(value);
  if (text !== undefined) return text;
  throw ExpansionFault.of('engine-needed', 'has a template that prints a map or a list');
}
