import type { Need } from '../needs/need.js';
import { workloadText } from '../needs/puller-text.js';
import { At } from '../problem/at.js';
import type { Problem } from '../problem/problem.js';
import { sentence, type Words, words } from '../problem/shown.js';
import { copierOf, scopeHint } from '../reach/copier.js';
import { deliveryName } from '../reach/delivery-names.js';
import { inScope, isFiltered, type Labelled, type PolicyScope, selectsAccount } from '../reach/policy-scope.js';
import { accountsOf, attachmentOf, engineOf } from '../vocabulary/attachments.js';
import { cloneEngineOf, isCopied, originalOf } from '../vocabulary/distributions.js';
import { hubOf } from '../vocabulary/sources.js';

/** Facts about the place of a need. */
export interface NeedPlace {
  readonly scope: PolicyScope;
  readonly namespace: Labelled;
  /** Undefined where nobody is known to declare the account. */
  readonly account: Labelled | undefined;
}

/** Why the Secret of a need is not copied to where it is needed; undefined if it is, or if it is not to be copied. */
export function copyGap(need: Need, { scope, namespace }: NeedPlace): Problem | undefined {
  const { name } = need.pullSecret;
  if (!isCopied(need.pullSecret)) return undefined;
  if (isFiltered(cloneEngineOf(need.pullSecret), namespace.name))
    return gap(need, filtered(deliveryName('clone', name), namespace.name), otherPullSecret(need));
  if (inScope(scope, namespace.name, namespace.labels)) return undefined;
  if (namespace.name === (originalOf(need.pullSecret) ?? hubOf(need.pullSecret)?.namespace)) {
    const message = words`namespace ${namespace.name} is the one of the source of ${name}, which gets no copy`;
    return gap(need, message, 'run workloads in another namespace');
  }
  const message = words`${copierOf(need.pullSecret)} does not bring ${name} into namespace ${namespace.name}`;
  return gap(need, message, sentence(scopeHint(need.pullSecret)));
}

/** Why a policy or the patcher does not attach the pull secret of a need; undefined if it does, or if neither is to. */
export function attachmentGap(need: Need, place: NeedPlace): Problem | undefined {
  const { purpose } = attachmentOf(need.pullSecret);
  if (purpose === undefined) return undefined;
  if (purpose === 'copy') return patcherGap(need);
  const ofPolicy = scopeGap(need, place, deliveryName(purpose, need.pullSecret.name)) ?? buildGap(need);
  return ofPolicy ?? (purpose === 'pods' ? podGap(need) : accountGap(need, place));
}

function scopeGap(need: Need, { scope, namespace }: NeedPlace, policy: string): Problem | undefined {
  if (isFiltered(engineOf(need.pullSecret), namespace.name))
    return gap(need, filtered(policy, namespace.name), otherPullSecret(need));
  if (inScope(scope, namespace.name, namespace.labels)) return undefined;
  const hint = words`widen \`for\` of ${need.pullSecret.name}, or give the namespace its labels`;
  return gap(need, words`policy ${policy} does not act in namespace ${namespace.name}`, hint);
}

/** Images that something else than the kubelet reads before the pod is there, by kind. */
const readBefore: Readonly<Record<string, string>> = {
  'serving.knative.dev/Service': 'Knative looks it up before it makes a pod',
  'serving.knative.dev/Configuration': 'Knative looks it up before it makes a pod',
  'serving.knative.dev/Revision': 'Knative looks it up before it makes a pod',
};

/**
 * Images that a build pulls inside its pod, with the pull secret that the BuildConfig names, else with one of the
 * account's `secrets`; no list of pull secrets is read (openshift-controller-manager,
 * pkg/build/controller/build/build_controller.go, resolveImageSecretAsReference). The image of a custom strategy is the
 * pod's own (pkg/build/controller/strategy/custom.go).
 */
function buildGap(need: Need): Problem | undefined {
  if (!('workload' in need.why)) return undefined;
  const { workload, image } = need.why;
  if (workload.kind !== 'BuildConfig' || image.container.startsWith('spec.strategy.customStrategy')) return undefined;
  if (workload.pullSecrets.names.includes(need.pullSecret.name)) return undefined;
  const message = words`${workloadText(workload)} pulls ${image.image}, where no policy is any help: a build does not read lists of pull secrets`;
  return gap(need, message, words`name ${need.pullSecret.name} in the pullSecret beside the image`);
}

/** Pods whose list is not what counts, or is fixed before the image is known. */
function podGap(need: Need): Problem | undefined {
  if (!('workload' in need.why)) return undefined;
  const { workload, image } = need.why;
  const kind = `${workload.apiVersion.split('/')[0]}/${workload.kind}`;
  const why =
    image.field === 'ephemeralContainers'
      ? 'an ephemeral container comes when the list of its pod is fixed'
      : readBefore[kind];
  if (why === undefined) return undefined;
  const message = words`${workloadText(workload)} pulls ${image.image}, where a policy on pods is no help: ${why}`;
  return gap(need, message, 'use attachment serviceAccount for its pull secret');
}

function accountGap(need: Need, { account }: NeedPlace): Problem | undefined {
  const { name } = need.pullSecret;
  const accounts = accountsOf(need.pullSecret);
  if (!accounts) return undefined;
  const labels = Object.keys(accounts.labels);
  if (labels.length > 0 && !account) {
    const message = words`whether service account ${need.serviceAccount} of namespace ${need.namespace} carries the labels of policy ${deliveryName('accounts', name)} is unknown: no manifest declares it`;
    return gap(need, message, 'declare it, or select accounts by name');
  }
  const labelled = account ?? { name: need.serviceAccount, labels: new Map<string, string>() };
  if (selectsAccount(accounts, need.serviceAccount, labelled.labels)) return undefined;
  const hint =
    labels.length > 0
      ? words`give the account the labels ${labels}`
      : words`serviceAccounts: [${[...accounts.patterns, need.serviceAccount].join(', ')}]`;
  const message = words`policy ${deliveryName('accounts', name)} does not reach service account ${need.serviceAccount} of namespace ${need.namespace}`;
  return gap(need, message, hint);
}

/** The patcher knows accounts by their names alone, and where it copies it patches. */
function patcherGap(need: Need): Problem | undefined {
  const accounts = accountsOf(need.pullSecret);
  if (!accounts || selectsAccount(accounts, need.serviceAccount, new Map())) return undefined;
  const message = words`imagepullsecret-patcher does not patch service account ${need.serviceAccount} of namespace ${need.namespace}`;
  const names = [...accounts.patterns, need.serviceAccount].join(', ');
  return gap(need, message, words`distribution: { patcher: { serviceAccounts: [${names}] } }`);
}

function filtered(policy: string, namespace: string): Words {
  return words`Kyverno leaves namespace ${namespace} out, so policy ${policy} does not act there`;
}

function otherPullSecret({ namespace }: Need): Words {
  return words`use a pull secret of its own with distribution perNamespace and attachment serviceAccount: for: { namespaces: [${namespace}] }`;
}

function gap({ why }: Need, message: Words, hint: string | Words): Problem {
  const at = 'byHand' in why ? { path: why.byHand } : why.image.place;
  return At.of(at).find('policy-gap', message, words`${hint}`);
}
