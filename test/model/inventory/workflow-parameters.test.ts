import { parse } from 'yaml';
import { InventoryBuilder } from '../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../src/model/inventory/tree.js';

/** The images of a workflow whose templates are given, in order. */
function images(spec: string, kind = 'Workflow'): string[] {
  const workflow = { apiVersion: 'argoproj.io/v1alpha1', kind, metadata: { name: 'x', namespace: 'n' } };
  const builder = new InventoryBuilder();
  builder.add(plainTree({ ...workflow, spec: kind === 'CronWorkflow' ? { workflowSpec: parse(spec) } : parse(spec) }));
  return builder.build().workloads.flatMap((each) => each.images.map(({ image }) => image));
}

const run = (rest = '') =>
  `{ name: run, inputs: { parameters: [{ name: image${rest} }] }, container: { image: "{{inputs.parameters.image}}" } }`;
const main = (call: string) => `{ name: main, steps: [[{ name: a, template: run, ${call} }]] }`;
const given = (value: string) => `arguments: { parameters: [{ name: image, value: ${value} }] }`;
const spec = (call: string, rest = '', further = '') =>
  `{ entrypoint: main, ${further} templates: [${main(call)}, ${run(rest)}] }`;
const left = ['{{inputs.parameters.image}}'];

describe('an image of an Argo workflow is followed', () => {
  test.each<[string, string, string[]]>([
    ['to the argument of a step', spec(given('r.io/a')), ['r.io/a']],
    [
      'to the argument of a task',
      `{ entrypoint: main, templates: [{ name: main, dag: { tasks: [{ name: a, template: run, ${given('r.io/a')} }] } }, ${run()}] }`,
      ['r.io/a'],
    ],
    [
      'to the arguments of all that call it',
      `{ entrypoint: main, templates: [{ name: main, steps: [[{ name: a, template: run, ${given('r.io/a')} }], [{ name: b, template: run, ${given('r.io/b')} }]] }, ${run()}] }`,
      ['r.io/a', 'r.io/b'],
    ],
    ['to a default', spec('when: "true"', ', default: r.io/a'), ['r.io/a']],
    ['to a value', spec('when: "true"', ', value: r.io/a'), ['r.io/a']],
    ['to all of an enum', spec('when: "true"', ', enum: [r.io/a, r.io/b]'), ['r.io/a', 'r.io/b']],
    [
      'to an argument of the workflow',
      spec(given('"{{workflow.parameters.image}}"'), '', `${given('r.io/a')},`),
      ['r.io/a'],
    ],
    [
      'to a part of it',
      spec(given('"r.io/a:{{workflow.parameters.tag}}"'), '', 'arguments: { parameters: [{ name: tag, value: v1 }] },'),
      ['r.io/a:v1'],
    ],
    ['to the items of a loop', spec(`withItems: [r.io/a, r.io/b], ${given('"{{item}}"')}`), ['r.io/a', 'r.io/b']],
    [
      'to fields of items, which stay together',
      spec(`withItems: [{ image: a, tag: v1 }, { image: b, tag: v2 }], ${given('"r.io/{{item.image}}:{{item.tag}}"')}`),
      ['r.io/a:v1', 'r.io/b:v2'],
    ],
    [
      'to items in a parameter',
      spec(
        `withParam: "{{workflow.parameters.list}}", ${given('"r.io/{{item.image}}"')}`,
        '',
        `arguments: { parameters: [{ name: list, value: '[{ "image": "a" }, { "image": "b" }]' }] },`,
      ),
      ['r.io/a', 'r.io/b'],
    ],
    [
      'through a template in between',
      `{ entrypoint: top, templates: [{ name: top, steps: [[{ name: a, template: main, ${given('r.io/a')} }]] }, { name: main, inputs: { parameters: [{ name: image }] }, steps: [[{ name: b, template: run, ${given('"{{inputs.parameters.image}}"')} }]] }, ${run()}] }`,
      ['r.io/a'],
    ],
    [
      'to the arguments of the workflow, where it is the entrypoint',
      `{ entrypoint: run, ${given('r.io/a')}, templates: [${run()}] }`,
      ['r.io/a'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(images(text)).toEqual(expected);
    expect(images(text, 'CronWorkflow')).toEqual(expected);
  });
});

describe('an image stays as it is where', () => {
  test.each<[string, string]>([
    ['an output of another step gives it', spec(given('"{{steps.a.outputs.result}}"'))],
    ['an expression makes it', spec(given('"{{= 1 + 1}}"'))],
    [
      'one of the calls is not known',
      `{ entrypoint: main, templates: [{ name: main, steps: [[{ name: a, template: run, ${given('r.io/a')} }], [{ name: b, template: run, ${given('"{{steps.a.outputs.result}}"')} }]] }, ${run()}] }`,
    ],
    [
      'a run reads it from elsewhere',
      spec(
        'arguments: { parameters: [{ name: image, valueFrom: { configMapKeyRef: { name: c, key: k } } }] }',
        ', default: r.io/a',
      ),
    ],
    [
      'a template calls itself',
      `{ entrypoint: run, ${given('r.io/a')}, templates: [{ name: run, inputs: { parameters: [{ name: image }] }, container: { image: "{{inputs.parameters.image}}" }, steps: [[{ name: a, template: run, ${given('"{{inputs.parameters.image}}"')} }]] }] }`,
    ],
    [
      'there are too many values',
      `{ entrypoint: main, templates: [${main(`withItems: [${Array.from({ length: 1001 }, (_, i) => `r.io/a${i}`).join(', ')}], ${given('"{{item}}"')}`)}, ${run()}] }`,
    ],
    [
      'loops would multiply',
      `{ entrypoint: t0, templates: [${Array.from({ length: 9 }, (_, i) => `{ name: t${i}, inputs: { parameters: [{ name: image }] }, steps: [[{ name: a, template: ${i < 8 ? `t${i + 1}` : 'run'}, withItems: [a, b, c, d], ${given('"{{item}}{{inputs.parameters.image}}"')} }]] }`).join(', ')}, ${run()}], ${given('r.io/a')} }`,
    ],
  ])('%s', (_what, text) => {
    expect(images(text)).toEqual(left);
  });

  test('others call the template with values of their own', () => {
    expect(images(spec(given('r.io/a')), 'WorkflowTemplate')).toEqual(left);
  });
});
