// Parameters of Tekton are followed into images as far as manifests give them.
import { inventoryOf } from '../../support.js';

const images = (...texts: string[]) =>
  inventoryOf(texts.join('\n---\n')).workloads.map(
    ({ kind, name, takenFrom, images: own }) =>
      `${kind}/${name}${takenFrom ? ` of ${takenFrom.kind}/${takenFrom.name}` : ''}: ${own.map(({ image }) => image).join(' ')}`,
  );
const object = (kind: string, name: string, spec: string) =>
  `{ apiVersion: tekton.dev/v1, kind: ${kind}, metadata: { name: ${name}, namespace: ci }, spec: ${spec} }`;
const step = (image: string) => `steps: [{ name: s, image: "${image}" }]`;
const task = (params: string, image = 'r.io/$(params.image)') =>
  object('Task', 'build', `{ params: ${params}, ${step(image)} }`);
const taskRun = (params: string) => object('TaskRun', 'run', `{ taskRef: { name: build }, params: ${params} }`);

describe('a Task', () => {
  test.each<[what: string, params: string, image: string, expected: string]>([
    ['has its default', '[{ name: image, default: a }]', 'r.io/$(params.image)', 'r.io/a'],
    ['has its default by the older name', '[{ name: image, default: a }]', '$(inputs.params.image)', 'a'],
    ['has a name in brackets', '[{ name: a.b, default: c }]', `r.io/$(params['a.b'])`, 'r.io/c'],
    ['has an item of a list', '[{ name: images, type: array, default: [a, b] }]', 'r.io/$(params.images[1])', 'r.io/b'],
    [
      'has a key of an object',
      '[{ name: i, type: object, default: { tag: v1 } }]',
      'r.io/a:$(params.i.tag)',
      'r.io/a:v1',
    ],
    ['has all that it may be', '[{ name: image, enum: [a, b] }]', 'r.io/$(params.image)', 'r.io/a r.io/b'],
    [
      'has two of them in one text',
      '[{ name: a, default: x }, { name: b, default: "y" }]',
      '$(params.a)/$(params.b)',
      'x/y',
    ],
    ['keeps one without default', '[{ name: image }]', 'r.io/$(params.image)', 'r.io/$(params.image)'],
    ['keeps what only a run knows', '[]', 'r.io/$(context.taskRun.name)', 'r.io/$(context.taskRun.name)'],
    [
      'keeps a text with one that is known',
      '[{ name: a, default: x }]',
      '$(params.a)/$(params.b)',
      '$(params.a)/$(params.b)',
    ],
  ])('that nobody runs %s', (_, params, image, expected) => {
    expect(images(task(params, image))).toEqual([`Task/build: ${expected}`]);
  });

  test('has what its run gives it', () => {
    expect(images(task('[{ name: image, default: a }]'), taskRun('[{ name: image, value: b }]'))).toEqual([
      'TaskRun/run of Task/build: r.io/b',
    ]);
    expect(images(task('[{ name: image, default: a }]'), taskRun('[]'))).toEqual(['TaskRun/run of Task/build: r.io/a']);
  });

  test('that stands in its run has what that gives, declared or not', () => {
    const spec = (params: string) =>
      `{ params: [{ name: image, value: b }], taskSpec: { params: ${params}, ${step('r.io/$(params.image)')} } }`;
    expect(images(object('TaskRun', 'run', spec('[{ name: image, default: a }]')))).toEqual(['TaskRun/run: r.io/b']);
    expect(images(object('TaskRun', 'run', spec('[]')))).toEqual(['TaskRun/run: r.io/b']);
  });
});

describe('a Pipeline', () => {
  const declared = task('[{ name: image, default: a }]');
  const pipeline = (tasks: string, params = '[{ name: base, default: base }]') =>
    object('Pipeline', 'all', `{ params: ${params}, tasks: ${tasks} }`);
  const given = (value: string) =>
    `[{ name: one, taskRef: { name: build }, params: [{ name: image, value: "${value}" }] }]`;
  const run = object('PipelineRun', 'run', '{ pipelineRef: { name: all }, params: [{ name: base, value: other }] }');

  test('hands its parameters to its tasks', () => {
    const texts = [pipeline(given('$(params.base):v1')), declared];
    expect(images(...texts)).toEqual(['Pipeline/all of Task/build: r.io/base:v1']);
    expect(images(...texts, run)).toEqual(['PipelineRun/run of Task/build: r.io/other:v1']);
  });

  test('hands a result of a task to another one, which nobody knows: the default is not it', () => {
    expect(images(pipeline(given('$(tasks.first.results.image)')), declared)).toEqual([
      'Pipeline/all of Task/build: r.io/$(params.image)',
    ]);
  });

  test('runs one task twice with two images', () => {
    const call = (name: string) =>
      `{ name: ${name}, taskRef: { name: build }, params: [{ name: image, value: ${name} }] }`;
    expect(images(pipeline(`[${call('x')}, ${call('w')}]`), declared)).toEqual([
      'Pipeline/all of Task/build: r.io/w',
      'Pipeline/all of Task/build: r.io/x',
    ]);
  });

  test('runs a matrix with all of its values', () => {
    const matrix = `{ params: [{ name: image, value: [x, w] }], include: [{ name: more, params: [{ name: image, value: v }] }] }`;
    expect(images(pipeline(`[{ name: one, taskRef: { name: build }, matrix: ${matrix} }]`), declared)).toEqual([
      'Pipeline/all of Task/build: r.io/x r.io/w r.io/v',
    ]);
  });

  test('has tasks in it that see its parameters and their own', () => {
    const inner = (params: string) =>
      `[{ name: one, params: [{ name: tag, value: "$(params.base)-1" }], taskSpec: { params: ${params}, ${step('r.io/$(params.base):$(params.tag)')} } }]`;
    expect(images(pipeline(inner('[{ name: tag, default: none }]')))).toEqual(['Pipeline/all: r.io/base:base-1']);
    const spec = `{ pipelineSpec: { params: [{ name: base }], tasks: ${inner('[]')} }, params: [{ name: base, value: z }] }`;
    expect(images(object('PipelineRun', 'run', spec))).toEqual(['PipelineRun/run: r.io/z:z-1']);
  });
});

test('a step hands its parameters to its action', () => {
  const action = object('StepAction', 'act', '{ params: [{ name: tool, default: t }], image: "r.io/$(params.tool)" }');
  const build = object(
    'Task',
    'build',
    '{ params: [{ name: image, default: a }], steps: [{ name: s, ref: { name: act }, params: [{ name: tool, value: "$(params.image)-x" }] }, { name: u, ref: { name: act } }] }',
  );
  expect(images(action, build)).toEqual([
    'Task/build of StepAction/act: r.io/a-x',
    'Task/build of StepAction/act: r.io/t',
  ]);
});

test('more texts than anybody writes are not followed', () => {
  const list = `[${Array.from({ length: 40 }, (_, index) => `v${index}`).join(', ')}]`;
  const params = `[{ name: a, enum: ${list} }, { name: b, enum: ${list} }]`;
  expect(images(task(params, 'r.io/$(params.a)/$(params.b)'))).toEqual(['Task/build: r.io/$(params.a)/$(params.b)']);
});
