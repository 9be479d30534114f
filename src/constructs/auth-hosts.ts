import { AuthHosts } from '../model/needs/auth-hosts.js';
import { FindingCollector } from '../model/needs/finding-collector.js';
import { PullSecretChooser } from '../model/needs/pull-secret-choice.js';
import { throwLocated } from './located.js';
import type { Namespace } from './namespace.js';
import type { PullSecret } from './pull-secret.js';

/**
 * Puts the credentials of the hosts where these registries sign in beside a pull secret: into the same Secret, or into
 * the one that has them, which goes on no list.
 *
 * @param registries names of the registries that are needed
 */
export function addAuthHosts(
  namespace: Namespace,
  serviceAccount: string,
  pullSecret: PullSecret,
  registries: readonly string[],
): void {
  const { cluster } = namespace;
  const model = cluster.model();
  const needed = registries.flatMap((name) => model.registries.get(name) ?? []);
  const chosen = model.pullSecrets.get(pullSecret.name);
  if (!chosen || needed.every((registry) => registry.auth === undefined)) return;
  const findings = new FindingCollector();
  const chooser = new PullSecretChooser(model, new Map([[namespace.name, namespace.labels]]));
  const needs = new AuthHosts(model, chooser, findings).with({
    namespace: namespace.name,
    serviceAccount,
    pullSecret: chosen,
    registries: needed,
    listed: true,
    why: { byHand: [] },
  });
  throwLocated(namespace, findings.all(), ['finding', 'error']);
  for (const need of needs) {
    const construct = cluster.pullSecret(need.pullSecret.name);
    const missing = construct?.delivery?.missing(namespace);
    throwLocated(namespace, missing ? [missing] : [], ['finding']);
    const names = need.registries.map((registry) => registry.name);
    if (construct) namespace.pullSecret(construct, names);
  }
}
