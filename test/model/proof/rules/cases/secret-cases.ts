import { deployment, entry, listing, pullSecret, secret } from '../documents.js';
import type { RuleCase } from '../rule-case.js';

const at = '1 Secret a/pull';
const broken = secret('a', 'pull', { '.dockerconfigjson': '{"auths":{"ghcr.io":{"auth":"pants"}}}' });
const dockercfg = (name: string, metadata = '') =>
  `{ apiVersion: v1, kind: Secret, metadata: { name: ${name}, namespace: a, ${metadata} }, type: kubernetes.io/dockercfg, data: { .dockercfg: e30= } }`;

export const secretCases: readonly RuleCase[] = [
  {
    code: 'pull-secret-broken',
    title: 'a Secret that does not decode and that nothing lists',
    broken: [broken],
    at,
    fine: [broken, deployment('a', 'web', 'nginx', listing('pull'))],
  },
  {
    code: 'pull-secret-too-large',
    title: 'more than 1 MiB',
    broken: [pullSecret('a', 'pull', { 'quay.io': { username: 'u', password: 'p'.repeat(1024 * 1024) } })],
    at,
    fine: [pullSecret('a', 'pull', { 'quay.io': { username: 'u', password: 'p'.repeat(1024 * 1023) } })],
  },
  {
    code: 'secret-declared-twice',
    title: 'two Secrets of one name with other entries',
    broken: [pullSecret('a', 'pull', { 'quay.io': entry }), pullSecret('a', 'pull', { 'ghcr.io': entry })],
    at: '2 Secret a/pull',
    fine: [pullSecret('a', 'pull', { 'quay.io': entry }), pullSecret('a', 'pull', { 'quay.io': entry })],
  },
  {
    code: 'secret-string-data',
    title: 'a document as stringData',
    broken: [
      `{ apiVersion: v1, kind: Secret, metadata: { name: pull, namespace: a }, type: kubernetes.io/dockerconfigjson, stringData: { .dockerconfigjson: '{"auths":{}}' } }`,
    ],
    at,
    fine: [
      `{ apiVersion: v1, kind: Secret, metadata: { name: other, namespace: a }, stringData: { token: x } }`,
      pullSecret('a', 'pull', { 'quay.io': entry }),
    ],
  },
  {
    code: 'dockercfg-in-git',
    title: 'a Secret that OpenShift made',
    broken: [dockercfg('default-dockercfg-x7k2p')],
    at: '1 Secret a/default-dockercfg-x7k2p',
    fine: [dockercfg('default-dockercfg-x7k2p', 'uid: 8c6e'), dockercfg('pull')],
  },
];
