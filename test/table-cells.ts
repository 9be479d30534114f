// Every cell of the compatibility table: what can be picked, on each platform, with each GitOps engine.
import { DockerConfigDocument } from '../src/model/docker-config/docker-config-document.js';
import { readCiphertext } from '../src/model/sealing/ciphertext.js';
import { Ciphertexts } from '../src/model/sealing/ciphertexts.js';
import { clusterModel } from '../src/model/vocabulary/cluster.js';
import { combinationOf, compatibility } from '../src/model/vocabulary/compatibility.js';
import { engineNames, kyvernoEngineNames } from '../src/model/vocabulary/engines.js';
import { type AttachmentSpec, type DistributionSpec, picksOfSpecs } from '../src/model/vocabulary/picks.js';
import { resolvedSource, type SourceName } from '../src/model/vocabulary/sources.js';
import type { ClusterSpec, ImagePullSpec, SourceSpec } from '../src/model/vocabulary/spec.js';

const stored = { store: 'vault', key: 'registries/r' };
const generator = { ecr: { region: 'eu-west-1' } };
const sealedText = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(560, 7)]).toString('base64');

/** A SealedSecret for each namespace. */
const sealedAs = (name: string, key: string) =>
  Ciphertexts.from((_cluster, namespace) => {
    const ciphertext = readCiphertext({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name, namespace },
      spec: { encryptedData: { [key]: sealedText } },
    });
    return typeof ciphertext === 'string' ? undefined : { ciphertext };
  });

const sopsValue = `ENC[AES256_GCM,data:AAAA,iv:${Buffer.alloc(32).toString('base64')},tag:${Buffer.alloc(16).toString('base64')},type:str]`;

/** A Secret that SOPS encrypted, for each namespace. */
const encrypted = Ciphertexts.from((_cluster, namespace) => {
  const ciphertext = readCiphertext({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'r-pull', namespace },
    data: { '.dockerconfigjson': sopsValue },
    sops: { mac: sopsValue, lastmodified: '2026-11-28T12:00:00Z', mac_only_encrypted: true },
  });
  return typeof ciphertext === 'string' ? undefined : { ciphertext };
});

export const sources: readonly (readonly [SourceName, SourceSpec])[] = [
  ['existing', { existing: {} }],
  ['external', { external: stored }],
  ['external', { external: { generator } }],
  ['external', { external: { ...stored, fanOut: 'hub' } }],
  ['external', { external: { generator, fanOut: { hub: { namespace: 'access' } } } }],
  ['sealed', { sealed: { ciphertexts: sealedAs('r-pull', 'r') } }],
  ['sops', { sops: { ciphertexts: encrypted } }],
  ['plaintext', { plaintext: { username: 'robot', password: 'hunter2', acceptPlaintextInGit: true } }],
];
export const distributions: readonly DistributionSpec[] = [
  'perNamespace',
  'clusterExternalSecret',
  ...kyvernoEngineNames.map((engine) => ({ kyverno: { engine } })),
  'reflector',
  'replicator',
  'patcher',
  'globalPullSecret',
];
export const attachments: readonly AttachmentSpec[] = [
  'serviceAccount',
  'podTemplate',
  'patcher',
  ...engineNames.flatMap((engine): AttachmentSpec[] => [{ podPolicy: engine }, { serviceAccountPolicy: engine }]),
  { podPolicy: 'native', apiVersion: 'v1beta1' },
  { serviceAccountPolicy: 'native', apiVersion: 'v1beta1' },
  'node',
];
const platforms = [{}, { openshift: '4.20' }] as const;

/** What a cluster must say where pull secrets go to every node: the rest of the document, from the same kind of source. */
const currents: Readonly<Record<string, ClusterSpec['globalPullSecret']>> = {
  sealed: { current: { sealed: { ciphertexts: sealedAs('pull-secret', '.dockerconfigjson') } } },
  sops: { current: { sops: { ciphertexts: encrypted } } },
  external: { current: { external: { store: 'vault', key: 'openshift/pull-secret' } } },
  plaintext: {
    current: { plaintext: { acceptPlaintextInGit: true, document: DockerConfigDocument.parse('{"auths":{}}') } },
  },
};

export interface Cell {
  readonly name: string;
  readonly source: SourceName;
  readonly spec: ImagePullSpec;
}

export function* cells(): Generator<Cell> {
  for (const [source, sourceSpec] of sources)
    for (const distribution of distributions)
      for (const attachment of attachments)
        for (const platform of platforms)
          for (const gitops of ['argocd', 'flux'] as const) {
            const spec: ImagePullSpec = {
              version: 1,
              registries: { r: { preset: 'ecr', account: '123456789012', region: 'eu-west-1' } },
              pullSecrets: { 'r-pull': { registries: ['r'], source: sourceSpec } },
              clusters: {
                prod: {
                  gitops,
                  distribution,
                  attachment,
                  ...platform,
                  ...('openshift' in platform &&
                    distribution === 'globalPullSecret' && { globalPullSecret: currents[source] }),
                },
              },
            };
            yield { name: JSON.stringify({ sourceSpec, distribution, attachment, platform, gitops }), source, spec };
          }
}

/** What the table says of a cell. */
export function verdictOf({ source, spec: { clusters, pullSecrets } }: Cell) {
  const model = clusterModel({ version: 1, clusters }, 'prod');
  const { distribution = 'perNamespace', attachment = 'serviceAccount' } = clusters.prod ?? {};
  const { platform, gitops, versions } = model;
  const external = pullSecrets?.['r-pull']?.source.external;
  const fanOut = external?.fanOut && ('hub' as const);
  const generated = external?.generator !== undefined;
  const picks = picksOfSpecs(distribution, attachment);
  return compatibility({
    ...combinationOf({ source: resolvedSource({ [source]: {} }), ...picks }),
    fanOut,
    generated,
    platform,
    gitops,
    versions,
  }).verdict;
}
