import { type ModuleFolder, moduleYaml } from '../toolchain/module-files.js';
import type { ApiServer } from './api-server.js';
import type { KubeObject, ObjectRef } from './kube-object.js';

/** Where the kinds of others are defined, at the version whose schema judges. */
export const crdFolders = {
  argoCd: { module: 'github.com/argoproj/argo-cd/v3', version: 'v3.6.1', folder: 'manifests/crds' },
  externalSecrets: {
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    folder: 'config/crds/bases',
  },
  flux: { module: 'github.com/fluxcd/kustomize-controller', version: 'v1.9.4', folder: 'config/crd/bases' },
  kyverno: { module: 'github.com/kyverno/kyverno', version: 'v1.19.1', folder: 'config/crds' },
  sealedSecrets: {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: 'v0.40.0',
    folder: 'helm/sealed-secrets/crds',
  },
} as const satisfies Record<string, ModuleFolder>;

interface Crd {
  readonly name: string;
  /** `group/Kind`. */
  readonly defines: string;
  readonly text: string;
}

/** Serves every kind of a folder. */
export async function installCrds(api: ApiServer, folder: ModuleFolder): Promise<void> {
  await install(api, await crdsOf(folder));
}

/** Serves those kinds of objects that the API server does not know by itself. */
export async function installCrdsFor(api: ApiServer, objects: readonly ObjectRef[]): Promise<void> {
  const wanted = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]}/${kind}`));
  const all = await Promise.all(Object.values(crdFolders).map(crdsOf));
  await install(
    api,
    all.flat().filter(({ defines }) => wanted.has(defines)),
  );
}

const known = new Map<ModuleFolder, Crd[]>();

async function crdsOf(folder: ModuleFolder): Promise<Crd[]> {
  const crds = known.get(folder) ?? (await moduleYaml(folder)).flatMap((text) => crdOf(text) ?? []);
  known.set(folder, crds);
  return crds;
}

/** By patterns: a definition has up to two megabytes, and is sent as it stands. */
function crdOf(text: string): Crd | undefined {
  if (!/^kind: CustomResourceDefinition$/m.test(text)) return undefined;
  const value = (pattern: RegExp) => pattern.exec(text)?.[1] ?? '';
  const name = value(/^ {2}name: (\S+)$/m);
  return { name, defines: `${value(/^ {2}group: (\S+)$/m)}/${value(/^ {4}kind: (\S+)$/m)}`, text };
}

async function install(api: ApiServer, crds: readonly Crd[]): Promise<void> {
  for (const { name, text } of crds) await api.apply({ object: reference(name), text });
  await Promise.all(crds.map(({ name }) => api.until(reference(name), isEstablished)));
}

function reference(name: string): KubeObject {
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name } };
}

function isEstablished({ status }: KubeObject): boolean {
  const conditions = (status?.conditions ?? []) as { type: string; status: string }[];
  return conditions.some((each) => each.type === 'Established' && each.status === 'True');
}
