import { AuthHosts } from '../model/needs/auth-hosts.js';
import { FindingCollector } from '../model/needs/finding-collector.js';
import { PullSecretChooser } from '../model/needs/pull-secret-choice.js';
import { type RecordedNeed, recordedNeed } from './cluster-record.js';
import { throwLocated } from './located.js';
import type { NamespaceScope, PullSecretScope } from './scopes.js';

/**
 * Needs a pull secret, said by hand, and the credentials of the hosts where its registries sign in: they are in the same
 * Secret, or in one beside it, which goes on no list.
 *
 * @param names names of the registries that are needed
 */
export function withAuthHosts(
  namespace: NamespaceScope,
  serviceAccount: string,
  { name }: PullSecretScope,
  names: readonly string[],
): RecordedNeed[] {
  const { cluster } = namespace;
  const said = {
    namespace: namespace.name,
    serviceAccount,
    listed: true,
    why: { byHand: [], onAccount: true },
  } as const;
  const model = cluster.model();
  const registries = names.flatMap((each) => model.registries.get(each) ?? []);
  const pullSecret = model.pullSecrets.get(name);
  if (!pullSecret || registries.every((registry) => registry.auth === undefined))
    return [{ ...said, pullSecret: name, registries: names }];
  const findings = new FindingCollector();
  const chooser = new PullSecretChooser(model, new Map([[namespace.name, namespace.labels]]));
  const needs = new AuthHosts(model, chooser, findings).with({ ...said, pullSecret, registries });
  throwLocated(namespace, findings.all(), ['finding', 'error']);
  for (const need of needs) {
    const missing = cluster.pullSecret(need.pullSecret.name)?.delivery?.missing(namespace);
    throwLocated(namespace, missing ? [missing] : [], ['finding']);
  }
  return needs.map(recordedNeed);
}
