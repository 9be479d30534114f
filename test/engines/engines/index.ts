import type { Engine } from '../engine.js';
import { ageEngine } from './age.js';
import { argoCd } from './argocd.js';
import { etcd } from './etcd.js';
import { externalSecretsTemplates } from './external-secrets.js';
import { externalSecretsOperator } from './external-secrets-operator.js';
import { fluxControllers } from './flux.js';
import { helmEngine } from './helm.js';
import { kubernetes } from './kubernetes.js';
import { kustomizeEngine } from './kustomize.js';
import { kyvernoControllers } from './kyverno.js';
import { kyvernoCli } from './kyverno-cli.js';
import { oracleEngine } from './oracle.js';
import { readersEngine } from './readers.js';
import { redis } from './redis.js';
import { registryEngine } from './registry.js';
import { sarifMultitool } from './sarif-multitool.js';
import { sealedSecretsEngines } from './sealed-secrets.js';
import { sopsEngine } from './sops.js';

/** Every engine, in the order in which they are built. */
export const engines: readonly Engine[] = [
  etcd,
  kubernetes,
  oracleEngine,
  readersEngine,
  kustomizeEngine,
  kyvernoCli,
  helmEngine,
  registryEngine,
  kyvernoControllers,
  externalSecretsTemplates,
  externalSecretsOperator,
  redis,
  fluxControllers,
  argoCd,
  ...sealedSecretsEngines,
  sopsEngine,
  ageEngine,
  sarifMultitool,
];

/** Engines that emitted kinds are for and that cannot be built, and why. */
export const unavailable: Readonly<Record<string, string>> = {
  reflector: 'it is a .NET program, and only Go programs are built here',
  'kubernetes-replicator': 'the Go module proxy does not serve github.com/mittwald/kubernetes-replicator',
  'imagepullsecret-patcher': 'the Go module proxy does not serve github.com/titansoft-pte-ltd/imagepullsecret-patcher',
};
