import { parseAllDocuments } from 'yaml';
import { InventoryBuilder } from '../../../../src/model/inventory/inventory.js';
import { plainTree } from '../../../../src/model/inventory/tree.js';
import { proveCluster } from '../../../../src/model/proof/prove.js';
import type { ProvenImage } from '../../../../src/model/proof/verdict.js';
import { prod } from '../../../support.js';

const registries = { corp: { host: 'corp.example.com' }, hub: { preset: 'docker-hub', access: 'optional' } } as const;

/** What is proven of the images of manifests, where everything below corp.example.com is private. */
export function provenImages(...manifests: readonly string[]): readonly ProvenImage[] {
  const builder = new InventoryBuilder();
  for (const text of manifests)
    for (const document of parseAllDocuments(text)) {
      const object = document.toJS() as unknown;
      if (object) builder.add(plainTree(object), { keepSecretData: true });
    }
  return proveCluster({ inventory: builder.build(), cluster: prod({ registries }) }).images;
}

/** The pull secrets of pods with who put them there, and the verdict: `team-a/web: regcred by policy-a, covered`. */
export function told(images: readonly ProvenImage[]): string[] {
  return images.map(({ pod: { namespace, workload, list }, verdict }) => {
    const names = list.names.map(({ name, by, secret }) => {
      const who = typeof by === 'string' ? by : by.name;
      return `${name} by ${who}${secret.madeBy === undefined ? '' : ` from ${secret.madeBy}`}`;
    });
    const unknown = list.unknown.map((policy) => `? ${policy.name}`);
    return `${namespace}/${workload.name}: ${[...names, ...unknown, verdict].join(', ')}`;
  });
}

const config = Buffer.from('{"auths":{"corp.example.com":{"username":"robot","password":"p"}}}').toString('base64');

/** A Secret for corp.example.com. */
export function secret(namespace: string, name: string, annotations: Readonly<Record<string, string>> = {}): string {
  const metadata = JSON.stringify({ name, namespace, annotations });
  return `{ apiVersion: v1, kind: Secret, metadata: ${metadata}, type: kubernetes.io/dockerconfigjson, data: { .dockerconfigjson: ${config} } }\n---\n`;
}

/** A Namespace. */
export function namespace(name: string, labels: Readonly<Record<string, string>> = {}, annotations = {}): string {
  return `{ apiVersion: v1, kind: Namespace, metadata: ${JSON.stringify({ name, labels, annotations })} }\n---\n`;
}

/** A pod template around images, in an object of a kind. */
export function workload(kind: string, at: string, image: string, podSpec = ''): string {
  const [where = '', name = ''] = at.split('/');
  const spec = `{ ${podSpec} containers: [{ name: c, image: ${image} }] }`;
  const bodies: Readonly<Record<string, readonly [apiVersion: string, spec: string]>> = {
    Pod: ['v1', spec],
    Deployment: ['apps/v1', `{ template: { spec: ${spec} } }`],
    Job: ['batch/v1', `{ template: { spec: ${spec} } }`],
    CronJob: ['batch/v1', `{ jobTemplate: { spec: { template: { spec: ${spec} } } } }`],
  };
  const [apiVersion = '', body = ''] = bodies[kind] ?? [];
  return `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name}, namespace: ${where} }, spec: ${body} }\n---\n`;
}

/** An account with a list. */
export function account(at: string, ...names: readonly string[]): string {
  const [where, name] = at.split('/');
  const list = names.map((each) => `{ name: ${each} }`).join(', ');
  return `{ apiVersion: v1, kind: ServiceAccount, metadata: { name: ${name}, namespace: ${where} }, imagePullSecrets: [${list}] }\n---\n`;
}
