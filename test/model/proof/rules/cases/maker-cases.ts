import { deployment, entry, listing, pullSecret } from '../documents.js';
import type { RuleCase } from '../rule-case.js';

const web = deployment('a', 'web', 'ghcr.io/acme/web', listing('pull'));
const argocd = '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: p, namespace: argocd } }';
const type = 'type: kubernetes.io/dockerconfigjson';

function external(target: string, version = 'v1', metadata = ''): string {
  return `{ apiVersion: external-secrets.io/${version}, kind: ExternalSecret, metadata: { name: pull, namespace: a, ${metadata} }, spec: { target: { ${target} } } }`;
}

function sealed(template: string, metadata = ''): string {
  return `{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: pull, namespace: a, ${metadata} }, spec: { template: { ${template} } } }`;
}

const wave = (number: string) => `annotations: { argocd.argoproj.io/sync-wave: "${number}" }`;

function waved(number: string): string {
  return `{ apiVersion: v1, kind: Secret, metadata: { name: pull, namespace: a, ${wave(number)} }, ${type}, data: { .dockerconfigjson: e30= } }`;
}

export const makerCases: readonly RuleCase[] = [
  {
    code: 'pull-secret-absent',
    title: 'an ExternalSecret that makes no Secret',
    broken: [external(`creationPolicy: None, template: { ${type} }`), web],
    at: '2 Deployment a/web',
    fine: [external(`creationPolicy: Orphan, template: { ${type} }`), web],
  },
  {
    code: 'pull-secret-absent',
    title: 'an ExternalSecret that writes into a Secret that nothing makes',
    broken: [external('creationPolicy: Merge'), web],
    at: '2 Deployment a/web',
    fine: [external('creationPolicy: Merge'), pullSecret('a', 'pull', { 'ghcr.io': entry }), web],
  },
  {
    code: 'external-secret-untyped',
    title: 'an ExternalSecret without template',
    broken: [external(''), web],
    at: '1 ExternalSecret a/pull',
    says: 'has no template',
    fine: [external(`template: { ${type} }`), web],
  },
  {
    code: 'external-secret-untyped',
    title: 'a template without type',
    broken: [external('template: { data: { x: y } }'), web],
    at: '1 ExternalSecret a/pull',
    says: 'has a template that states no type',
    fine: [external('creationPolicy: Merge, template: { data: { x: y } }'), web],
  },
  {
    code: 'sealed-secret-untyped',
    title: 'a SealedSecret without type',
    broken: [sealed(''), web],
    at: '1 SealedSecret a/pull',
    fine: [sealed(type), web],
  },
  {
    code: 'external-secret-not-served',
    title: 'v1beta1 on 0.17',
    cluster: { externalSecrets: '0.17' },
    broken: [external(`template: { ${type} }`, 'v1beta1')],
    at: '1 ExternalSecret a/pull',
    fine: [external(`template: { ${type} }`, 'v1')],
  },
  {
    code: 'external-secret-not-served',
    title: 'v1 on 0.15',
    cluster: { externalSecrets: '0.15' },
    broken: [external(`template: { ${type} }`, 'v1')],
    at: '1 ExternalSecret a/pull',
    fine: [external(`template: { ${type} }`, 'v1beta1')],
  },
  {
    code: 'external-secret-version-old',
    title: 'v1beta1 on nobody knows what',
    broken: [external(`template: { ${type} }`, 'v1beta1')],
    at: '1 ExternalSecret a/pull',
    fine: [external(`template: { ${type} }`), external('', 'v1beta1')],
  },
  {
    code: 'immutable-secret-rotates',
    title: 'an immutable Secret of an ExternalSecret',
    broken: [external(`immutable: true, template: { ${type} }`)],
    at: '1 ExternalSecret a/pull',
    fine: [pullSecret('a', 'pull', { 'ghcr.io': entry }, 'immutable: true'), web],
  },
  {
    code: 'sops-needs-plugin',
    title: 'ciphertext of SOPS under Argo CD',
    broken: [pullSecret('a', 'pull', {}, 'sops: { version: 3.13.2 }'), argocd],
    at: '1 Secret a/pull',
    fine: [pullSecret('a', 'pull', {}, 'sops: { version: 3.13.2 }')],
  },
  {
    code: 'sync-wave-missing',
    title: 'a SealedSecret in the wave of its pods',
    broken: [sealed(type), web, argocd],
    at: '1 SealedSecret a/pull',
    fine: [sealed(type, wave('-4')), web, argocd],
  },
  {
    code: 'sync-wave-missing',
    title: 'an ExternalSecret in the wave of its pods',
    broken: [external(`template: { ${type} }`), web, argocd],
    at: '1 ExternalSecret a/pull',
    fine: [external(`template: { ${type} }`), web],
  },
  {
    code: 'sync-wave-late',
    title: 'a Secret in a later wave than its pods',
    broken: [waved('1'), web, argocd],
    at: '1 Secret a/pull',
    fine: [waved('0'), web, argocd],
  },
];

const claims = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (exp?: number) => `${claims({ alg: 'RS256' })}.${claims({ sub: 'x', ...(exp && { exp }) })}.c2ln`;
const ecr = (expiration: number) => Buffer.from(JSON.stringify({ payload: 'x', expiration })).toString('base64');
const now = new Date('2026-11-28T12:00:00Z');
const seconds = now.getTime() / 1000;
const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

function held(key: string, username: string, password: string): readonly string[] {
  return [pullSecret('a', 'pull', { [key]: { username, password } })];
}

export const tokenCases: readonly RuleCase[] = [
  {
    code: 'credential-expired',
    title: 'a token that ended',
    now,
    broken: held('reg.example.com', 'bot', jwt(seconds - 60)),
    at: '1 Secret a/pull',
    says: 'ended at 2026-11-28T11:59:00.000Z',
    fine: held('reg.example.com', 'bot', jwt(seconds + 60)),
  },
  {
    code: 'credential-expired',
    title: 'a password of ECR that ended',
    now,
    broken: held(host, 'AWS', ecr(seconds - 1)),
    at: '1 Secret a/pull',
    fine: held(host, 'AWS', ecr(seconds + 1)),
  },
  {
    code: 'token-expires',
    title: 'a token with an end, where nobody says what time it is',
    broken: held('reg.example.com', 'bot', jwt(seconds)),
    at: '1 Secret a/pull',
    says: 'ends at 2026-11-28T12:00:00.000Z',
    fine: held('registry.redhat.io', '1234|bot', jwt()),
  },
  {
    code: 'token-expires',
    title: 'a password of ECR that does not say when it ends',
    broken: held(host, 'AWS', 'opaque'),
    at: '1 Secret a/pull',
    says: 'lasts 12 hours',
    fine: held('reg.example.com', 'AWS', 'opaque'),
  },
  {
    code: 'token-expires',
    title: 'a token of a GitHub App',
    broken: held('ghcr.io', 'bot', 'ghs_x'),
    at: '1 Secret a/pull',
    fine: held('ghcr.io', 'bot', 'ghp_x'),
  },
  {
    code: 'token-kind-refused',
    title: 'a fine-grained token for ghcr.io',
    broken: held('ghcr.io', 'bot', 'github_pat_x'),
    at: '1 Secret a/pull',
    fine: held('ghcr.io', 'bot', 'ghp_x'),
  },
];
