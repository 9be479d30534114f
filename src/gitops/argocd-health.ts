import { kyvernoPolicyGroup } from './kyverno-policies.js';
import { dockercfgReference } from './openshift-accounts.js';

/** How Argo CD is told whether an object of a kind is healthy. */
export interface ArgocdHealthCheck {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** A Lua chunk that reads `obj` and returns a table of `status` and `message`. */
  readonly lua: string;
}

/** Kyverno 1.19: status.conditionStatus of policies.kyverno.io. The message names what it waits for, such as rights. */
const policyCheck = `local status = obj.status ~= nil and obj.status.conditionStatus or {}
if status.ready == true then
  return { status = "Healthy", message = "" }
end
local message = "Kyverno has not taken the policy up yet"
for _, condition in ipairs(status.conditions or {}) do
  if condition.status ~= "True" then
    message = condition.type .. ": " .. (condition.message or "")
  end
end
return { status = "Progressing", message = message }
`;

/**
 * Health checks that order needs and Argo CD does not have. They are settings of the whole instance, which belong to
 * whoever runs it, so they are printed in the docs and never written as a manifest.
 */
export const argocdHealthChecks = {
  /**
   * A parent waits for its children only where Applications have a health. A child is Healthy before its first sync is
   * through, because what is not there yet has no health: it counts once it is Synced and no operation runs.
   */
  application: {
    group: 'argoproj.io',
    kind: 'Application',
    lua: `local status = obj.status or {}
local health = status.health or {}
local sync = status.sync or {}
local operation = status.operationState or {}
if sync.status ~= "Synced" or (operation.phase ~= nil and operation.phase ~= "Succeeded") then
  return { status = "Progressing", message = operation.message or "not synced yet" }
end
return {
  status = health.status or "Progressing",
  message = health.message or "",
}
`,
  },
  /** On OpenShift with its internal registry: a pod that is made before its account is provisioned cannot pull from it. */
  serviceAccount: {
    group: '',
    kind: 'ServiceAccount',
    lua: `local annotations = obj.metadata.annotations or {}
local generated = annotations["${dockercfgReference}"]
if generated ~= nil then
  for _, entry in ipairs(obj.imagePullSecrets or {}) do
    if entry.name == generated then
      return { status = "Healthy", message = "" }
    end
  end
end
return { status = "Progressing", message = "OpenShift has not put its pull secret on the account yet" }
`,
  },
  /** The policies of Kyverno: what comes after them must wait until they act. */
  generatingPolicy: { group: kyvernoPolicyGroup, kind: 'GeneratingPolicy', lua: policyCheck },
  mutatingPolicy: { group: kyvernoPolicyGroup, kind: 'MutatingPolicy', lua: policyCheck },
} as const satisfies Readonly<Record<string, ArgocdHealthCheck>>;

/** The key of a check in the ConfigMap `argocd-cm`. */
export function argocdHealthKey({ group, kind }: ArgocdHealthCheck): string {
  return `resource.customizations.health.${group === '' ? '' : `${group}_`}${kind}`;
}
