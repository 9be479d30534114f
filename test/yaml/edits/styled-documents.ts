import fc from 'fast-check';

/** Manifests in many styles: indentation, brackets, comments, quotes, line ends, empty lists and unusual ends. */
export const styledManifest: fc.Arbitrary<string> = fc
  .array(fc.nat({ max: 9999 }), { minLength: 60, maxLength: 60 })
  .map((choices) => new StyledManifest(choices).write());

type Value = string | Collection;
type Collection = readonly Value[] | readonly Entry[];
type Entry = readonly [key: string, value: Value];

const blockScalar = 'BLOCK';
const absent: readonly Entry[] = [];

class StyledManifest {
  readonly #choices: readonly number[];
  #next = 0;
  readonly #mapStep: number;
  readonly #listStep: number;
  readonly #pad: string;
  readonly #gap: string;
  #anchors = 0;

  constructor(choices: readonly number[]) {
    this.#choices = choices;
    this.#mapStep = this.#one(2, 4, 3);
    this.#listStep = this.#one(0, this.#mapStep);
    this.#pad = this.#one(' ', '', ' ');
    this.#gap = this.#one(' ', ' ', '   ');
  }

  write(): string {
    const documents = Array.from({ length: this.#one(1, 2, 3) }, () => this.#lines(this.#object(), 0));
    const lines = documents.flatMap((document, index) => [
      ...(index > 0 || this.#chance(3)
        ? [this.#one('---', '--- # next', index > 0 ? '...\n---' : '---\n...\n---')]
        : []),
      ...document,
      ...(this.#chance(4) ? ['', '# the end'] : []),
    ]);
    const lineBreak = this.#one('\n', '\n', '\r\n', 'mixed');
    const text = lines
      .join('\n')
      .split('\n')
      .map((line, index) => line + (lineBreak === 'mixed' ? (index % 2 ? '\r\n' : '\n') : lineBreak))
      .join('');
    return this.#one('', '', '\ufeff') + (this.#chance(4) ? text.replace(/\r?\n$/, '') : text);
  }

  #object(): Entry[] {
    return this.#one(
      () => this.#account(),
      () => this.#workload('v1', 'Pod', ['spec']),
      () => this.#workload('apps/v1', 'Deployment', ['spec', 'template', 'spec']),
      () => this.#workload('batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']),
      () => this.#taskRun(),
      () => this.#list(),
    )();
  }

  #head(apiVersion: string, kind: string): Entry[] {
    const metadata: Entry[] = [
      ['name', 'a'],
      ...this.#some(['labels', [['x', '"y"']]] as Entry),
      ...this.#some(['annotations', [['note', blockScalar]]] as Entry),
    ];
    return [
      ['apiVersion', apiVersion],
      ['kind', kind],
      ['metadata', metadata],
    ];
  }

  #account(): Entry[] {
    const entries: Entry[] = [
      ...this.#head('v1', 'ServiceAccount'),
      ...this.#some(['secrets', [[['name', 's']]]] as Entry),
      ...this.#secrets(),
    ];
    return this.#chance(3) ? [entries.at(-1)!, ...entries.slice(0, -1)] : entries;
  }

  #workload(apiVersion: string, kind: string, path: readonly string[]): Entry[] {
    const containers: Value = [
      [['name', 'c'], ['image', 'docker.io/acme/c'], ...this.#some(['args', ['-x', '"y # z"']] as Entry)],
    ];
    const spec: Entry[] = [
      ...this.#some(['restartPolicy', "'Always'"] as Entry),
      ...this.#one(this.#secrets(), []),
      ['containers', containers],
      ...this.#some(['volumes', '[]'] as Entry),
    ];
    const nested = path.slice(1).reduceRight<Value>((inner, key) => [[key, inner]], spec);
    return [...this.#head(apiVersion, kind), [path[0] ?? '', nested]];
  }

  #taskRun(): Entry[] {
    const template: Entry[] = this.#one<Entry[]>(
      [],
      [['podTemplate', this.#one<Value>('', '{}', 'null', [['hostNetwork', 'true']])]],
      this.#secrets().map((list): Entry => ['podTemplate', [list]]),
    );
    const taskSpec: Entry = ['taskSpec', [['steps', [[['image', 'docker.io/acme/t']]]]]];
    return [
      ...this.#head('tekton.dev/v1', 'TaskRun'),
      ['spec', this.#one<Entry[]>([taskSpec, ...template], [...template, taskSpec])],
    ];
  }

  #list(): Entry[] {
    const items = Array.from({ length: this.#one(1, 2) }, () =>
      this.#one(
        () => this.#account(),
        () => this.#workload('v1', 'Pod', ['spec']),
      )(),
    );
    return [
      ['apiVersion', 'v1'],
      ['kind', 'List'],
      ['items', items],
    ];
  }

  #secrets(): Entry[] {
    const names = this.#one(['own'], ['own', 'other'], ['own', 'hub-pull'], ['"quoted"']);
    return this.#one<Entry[]>(
      [],
      [['imagePullSecrets', this.#one('', '[]', '[ ]', 'null', '~')]],
      [['imagePullSecrets', names.map((name): Entry[] => [['name', name]])]],
    );
  }

  #lines(entries: readonly Entry[], column: number): string[] {
    return entries.flatMap(([key, value]) => {
      const indent = ' '.repeat(column);
      const head = `${indent}${this.#key(key)}:`;
      return [...this.#comments(column), ...this.#entry(head, value, column)];
    });
  }

  #entry(head: string, value: Value, column: number): string[] {
    if (value === blockScalar) return this.#block(head, column);
    if (typeof value === 'string') return [`${head}${value && ` ${value}`}${this.#comment()}`];
    if (this.#chance(4)) return this.#brackets(head, value, column);
    const props = this.#chance(6) ? ` &a${this.#anchors++}` : '';
    const step = isMap(value) ? this.#mapStep : this.#listStep;
    const lines = isMap(value) ? this.#lines(value, column + step) : this.#items(value, column + step);
    return [`${head}${props}${this.#comment()}`, ...lines];
  }

  #items(items: readonly Value[], column: number): string[] {
    return items.flatMap((item) => {
      const dash = `${' '.repeat(column)}-${this.#gap}`;
      if (typeof item === 'string') return [`${dash}${item}`];
      if (this.#chance(4)) return [...this.#comments(column), `${dash}${this.#flow(item)}${this.#comment()}`];
      const lines = this.#lines(item as readonly Entry[], column + 1 + this.#gap.length);
      const first = lines.findIndex((line) => !/^ *(?:#|$)/.test(line));
      return [...lines.slice(0, first), dash + lines[first]!.trimStart(), ...lines.slice(first + 1)];
    });
  }

  #brackets(head: string, value: Collection, column: number): string[] {
    if (this.#chance(2) || value.length === 0) return [`${head} ${this.#flow(value)}${this.#comment()}`];
    const [open, close] = isMap(value) ? '{}' : '[]';
    const indent = ' '.repeat(column + this.#mapStep);
    const parts = this.#parts(value);
    const lines = parts.map((part, index) => {
      const comma = index < parts.length - 1 || this.#chance(2) ? ',' : '';
      return `${indent}${part}${comma}${this.#comment()}`;
    });
    return [`${head} ${open}${this.#comment()}`, ...lines, `${' '.repeat(column + 1)}${close}${this.#comment()}`];
  }

  #flow(value: Value): string {
    if (value === blockScalar) return '"text"';
    if (typeof value === 'string') return value;
    const [open, close] = isMap(value) ? ['{', '}'] : ['[', ']'];
    const pad = isMap(value) ? this.#pad : '';
    return `${open}${pad}${this.#parts(value).join(this.#one(', ', ', ', ',  '))}${pad}${close}`;
  }

  #parts(value: Collection): string[] {
    if (isMap(value)) return value.map(([key, each]) => `${this.#key(key)}: ${this.#flow(each)}`);
    return (value as readonly Value[]).map((each) => this.#flow(each));
  }

  #block(head: string, column: number): string[] {
    const indent = ' '.repeat(column + 2);
    return [
      `${head} ${this.#one('|', '>-', '|+')}`,
      `${indent}# text`,
      `${indent}- name: hub-pull # image-pull`,
      ...this.#one([], ['', ''], ['', `${indent}end`]),
    ];
  }

  #key(key: string): string {
    return this.#chance(12) ? `"${key}"` : key;
  }

  #comment(): string {
    return this.#chance(6) ? this.#one(' # comment', '   # {comment}:', '  ') : '';
  }

  #comments(column: number): string[] {
    if (!this.#chance(8)) return [];
    return this.#one(['# at the left'], [`${' '.repeat(column)}# here`, ''], [`${' '.repeat(column + 3)}# further in`]);
  }

  #some(entry: Entry): readonly Entry[] {
    return this.#chance(3) ? [entry] : absent;
  }

  #chance(of: number): boolean {
    return this.#number() % of === 0;
  }

  #one<T>(...values: readonly T[]): T {
    return values[this.#number() % values.length]!;
  }

  #number(): number {
    const round = Math.floor(this.#next / this.#choices.length);
    return this.#choices[this.#next++ % this.#choices.length]! + round;
  }
}

function isMap(value: Collection): value is readonly Entry[] {
  const [first] = value;
  return Array.isArray(first) && first.length === 2 && typeof first[0] === 'string' && first[0] !== '-x';
}
