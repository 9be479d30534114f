// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are parameters of OpenShift.
// Objects that stand in others are read with the parameters of these in them.
import { deployment, inventoryOf } from '../../support.js';

const read = (text: string) =>
  inventoryOf(text).workloads.map(
    ({ kind, name, namespace = '?', images }) =>
      `${namespace} ${kind}/${name} ${images.map(({ image }) => image).join(' ')}`,
  );

describe('a Template of OpenShift', () => {
  const template = (parameters: string, objects: string, apiVersion = 'template.openshift.io/v1') =>
    `{ apiVersion: ${apiVersion}, kind: Template, metadata: { name: web, namespace: openshift }, parameters: ${parameters}, objects: [${objects}] }`;
  const web = deployment('"${SPACE}"', '"web-${NAME}"', ['r.io/${NAME}:${TAG}']);

  test.each(['template.openshift.io/v1', 'v1'])('of %s has the values of its parameters', (apiVersion) => {
    const parameters = '[{ name: NAME, value: api }, { name: TAG, value: v1 }, { name: SPACE, value: shop }]';
    expect(read(template(parameters, web, apiVersion))).toEqual(['shop Deployment/web-api r.io/api:v1']);
  });

  test('keeps what has no value', () => {
    const parameters = '[{ name: NAME, value: api }, { name: TAG, required: true }, { name: SPACE, value: shop }]';
    expect(read(template(parameters, web))).toEqual(['shop Deployment/web-api r.io/api:${TAG}']);
  });

  test('is in no namespace itself: its objects are where it is processed', () => {
    expect(read(template('[]', deployment('x', 'web', ['r.io/a']).replace(', namespace: x', '')))).toEqual([
      '? Deployment/web r.io/a',
    ]);
  });

  test('declares what stands in it, and its lists are nobody’s to edit in place', () => {
    const account = '{ apiVersion: v1, kind: ServiceAccount, metadata: { name: "${NAME}", namespace: shop } }';
    const inventory = inventoryOf(template('[{ name: NAME, value: robot }]', account));
    expect(inventory.accounts).toMatchObject([
      { name: 'robot', namespace: 'shop', source: { rendered: 'Template openshift/web' } },
    ]);
    expect(inventory.unseen).toEqual([]);
  });

  test('of objects of kinds that nobody knows says so', () => {
    const gadget = '{ apiVersion: acme.io/v1, kind: Gadget, metadata: { name: g }, spec: { image: "r.io/${NAME}" } }';
    expect(inventoryOf(template('[{ name: NAME, value: a }]', gadget)).unseen).toMatchObject([
      { kind: 'Gadget', images: [{ image: 'r.io/a' }] },
    ]);
  });
});

test('a TriggerTemplate has the defaults of its parameters, and runs in its own namespace', () => {
  const run = `{ apiVersion: tekton.dev/v1, kind: TaskRun, metadata: { generateName: run- }, spec: { params: [{ name: image, value: "$(tt.params.tool)" }], taskSpec: { steps: [{ name: s, image: "r.io/$(params.image)" }, { name: t, image: "r.io/$(tt.params.none)" }] } } }`;
  expect(
    read(
      `{ apiVersion: triggers.tekton.dev/v1beta1, kind: TriggerTemplate, metadata: { name: t, namespace: ci }, spec: { params: [{ name: tool, default: lint }, { name: none }], resourcetemplates: [${run}] } }`,
    ),
  ).toEqual(['ci TaskRun/run- r.io/lint r.io/$(tt.params.none)']);
});

test('a Sensor has what its triggers make', () => {
  const pod =
    '{ apiVersion: v1, kind: Pod, metadata: { generateName: p- }, spec: { containers: [{ name: a, image: r.io/a }] } }';
  const workflow =
    '{ apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: { generateName: w-, namespace: other }, spec: { entrypoint: a, templates: [{ name: a, container: { image: r.io/b } }] } }';
  expect(
    read(
      `{ apiVersion: argoproj.io/v1alpha1, kind: Sensor, metadata: { name: s, namespace: events }, spec: { triggers: [{ template: { k8s: { source: { resource: ${pod} } } } }, { template: { argoWorkflow: { operation: submit, source: { resource: ${workflow} } } } }, { template: { log: {} } }] } }`,
    ),
  ).toEqual(['events Pod/p- r.io/a', 'other Workflow/w- r.io/b']);
});
