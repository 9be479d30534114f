import { At } from '../problem/at.js';
import type { Problem, Where } from '../problem/problem.js';
import { words } from '../problem/shown.js';
import type { Registry } from '../registry/registry.js';
import type { ClusterModel, ClusterPullSecret } from '../vocabulary/cluster.js';
import { haveSameCredential } from '../vocabulary/plaintext.js';
import { allowHint, type FindingCollector, missingHint } from './finding-collector.js';
import type { Need } from './need.js';
import type { PullSecretChooser } from './pull-secret-choice.js';

/**
 * Delegated authentication: a registry whose tokens another host issues, `auth` of the registry. The kubelet picks a
 * credential by the image's host and sends that one to the other host too. OpenShift's importer and builds look the
 * other host up by itself (github.com/openshift/library-go, pkg/image/registryclient, BasicFromKeyring), so its
 * credential must be in the namespace; a pod's list does not need it.
 */
export class AuthHosts {
  readonly #cluster: ClusterModel;
  readonly #chooser: PullSecretChooser;
  readonly #findings: FindingCollector;
  readonly #compared = new Set<string>();

  constructor(cluster: ClusterModel, chooser: PullSecretChooser, findings: FindingCollector) {
    this.#cluster = cluster;
    this.#chooser = chooser;
    this.#findings = findings;
  }

  /** The need, with the entries of auth hosts that its own Secret holds, and the needs for those that another one does. */
  with(need: Need): Need[] {
    const pairs = need.registries.flatMap((registry) => {
      const auth = registry.auth === undefined ? undefined : this.#cluster.registries.get(registry.auth);
      return auth && auth.access !== 'public' ? [{ registry, auth }] : [];
    });
    if (pairs.length === 0) return [need];
    const { pullSecret } = need;
    const here = pairs.filter(({ auth }) => pullSecret.registries.includes(auth));
    for (const { registry, auth } of here) this.#compare(pullSecret, registry, pullSecret, auth);
    const wanted = new Set([...need.registries, ...here.map(({ auth }) => auth)]);
    return [
      { ...need, registries: pullSecret.registries.filter((registry) => wanted.has(registry)) },
      ...pairs
        .filter((pair) => !here.includes(pair) && !need.registries.includes(pair.auth))
        .flatMap(({ registry, auth }) => this.#beside(need, registry, auth)),
    ];
  }

  #beside(need: Need, registry: Registry, auth: Registry): Need[] {
    const { namespace, serviceAccount } = need;
    const { pullSecrets, problem } = this.#chooser.choose(auth, namespace);
    if (problem) this.#findings.add(problem);
    else if (pullSecrets.length === 0 && auth.access === 'private')
      this.#findings.add(this.#missing(need, registry, auth));
    return pullSecrets.flatMap((pullSecret) => {
      if (this.#chooser.isExcluded(pullSecret.name, namespace, serviceAccount)) return [];
      if (!this.#chooser.isAllowed(pullSecret, namespace)) {
        this.#findings.add(notAllowed(need, pullSecret, registry));
        return [];
      }
      this.#compare(need.pullSecret, registry, pullSecret, auth);
      return [{ ...need, pullSecret, registries: [auth], listed: false }];
    });
  }

  /** On OpenShift imports and builds fail without it; elsewhere nothing asks for it. */
  #missing(need: Need, registry: Registry, auth: Registry): Problem {
    const { name, platform } = this.#cluster;
    const message = words`no pull secret opens ${auth.repository}, where ${registry.repository} signs in, for namespace ${need.namespace} on cluster ${name}`;
    const hint = missingHint(auth, this.#chooser.names(auth));
    const at = At.of(whereOf(need));
    return platform === 'openshift'
      ? at.find('pull-secret-missing', message, hint)
      : at.warn('auth-secret-missing', message, hint);
  }

  #compare(first: ClusterPullSecret, registry: Registry, second: ClusterPullSecret, auth: Registry): void {
    const key = JSON.stringify([first.name, registry.name, second.name, auth.name]);
    if (this.#compared.has(key)) return;
    this.#compared.add(key);
    if (first.source.name !== 'plaintext' || second.source.name !== 'plaintext') return;
    if (haveSameCredential(first.source.plaintext, registry, second.source.plaintext, auth) !== false) return;
    this.#findings.add(
      At.of({ path: ['pullSecrets', first.name, 'source'] }).warn(
        'auth-credentials-differ',
        words`the credential for ${registry.repository} (pull secret ${first.name}) is not the one for its auth host ${auth.repository} (pull secret ${second.name})`,
      ),
    );
  }
}

function notAllowed(need: Need, pullSecret: ClusterPullSecret, registry: Registry): Problem {
  return At.of(whereOf(need)).find(
    'not-allowed',
    words`namespace ${need.namespace} may not have pull secret ${pullSecret.name}, which ${registry.repository} signs in with`,
    allowHint(pullSecret),
  );
}

function whereOf({ why }: Need): Where | undefined {
  return 'byHand' in why ? { path: why.byHand } : why.image.place;
}
