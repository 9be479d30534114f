import { dockercfgReference } from './openshift-accounts.js';

/** How Argo CD is told whether an object of a kind is healthy. */
export interface ArgocdHealthCheck {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  /** A Lua chunk that reads `obj` and returns a table of `status` and `message`. */
  readonly lua: string;
}

/**
 * Health checks that order needs and Argo CD does not have. They are settings of the whole instance, which belong to
 * whoever runs it, so they are printed in the docs and never written as a manifest.
 */
export const argocdHealthChecks = {
  /** A parent waits for its children only where Applications have a health. */
  application: {
    group: 'argoproj.io',
    kind: 'Application',
    lua: `local health = obj.status ~= nil and obj.status.health or {}
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
} as const satisfies Readonly<Record<string, ArgocdHealthCheck>>;

/** The key of a check in the ConfigMap `argocd-cm`. */
export function argocdHealthKey({ group, kind }: ArgocdHealthCheck): string {
  return `resource.customizations.health.${group === '' ? '' : `${group}_`}${kind}`;
}
