import { DockerConfig } from '../../docker-config/docker-config.js';
import { shownKey } from '../../docker-config/docker-config-entry.js';
import { hubFallbackKey } from '../../docker-config/registry-key.js';
import { ImageReference } from '../../image/image-reference.js';
import type { DeclaredSecret } from '../../inventory/declared-object.js';
import { isFoundByCrio } from '../../keyring/crio-lookup.js';
import { Keyring } from '../../keyring/keyring.js';
import { At } from '../../problem/at.js';
import { sentence, words } from '../../problem/shown.js';
import { isGlobalPullSecret } from '../../vocabulary/global-pull-secret.js';
import type { ProofRule } from '../rule.js';
import { contentOf } from '../secret-content.js';
import type { ProofState } from '../state.js';
import { entriesOf } from './declared-secrets.js';
import { aboutSecret, secretText } from './subjects.js';

/** Rules about the docker config that OpenShift puts on every node: a row for each. */
export const nodeRules: readonly ProofRule[] = [
  {
    code: 'global-pull-secret-type',
    about: ['Secret'],
    check: (state) =>
      globalOnes(state)
        .filter(({ type }) => type !== 'kubernetes.io/dockerconfigjson')
        .map((secret) =>
          aboutSecret(
            secret,
            At.of(secret.place).find(
              'global-pull-secret-type',
              words`${secretText(secret)} is of type ${secret.type || 'Opaque'}, which the Machine Config Operator refuses`,
            ),
          ),
        ),
  },
  {
    code: 'global-pull-secret-broken',
    about: ['Secret'],
    check: (state) =>
      globalOnes(state).flatMap((secret) => {
        const { state: found, reason = '' } = contentOf(secret);
        if (found !== 'broken') return [];
        return [aboutSecret(secret, At.of(secret.place).find('global-pull-secret-broken', sentence(reason)))];
      }),
  },
  {
    code: 'node-keys-disagree',
    about: ['Secret'],
    check: (state) =>
      globalOnes(state).flatMap((secret) =>
        entriesOf(contentOf(secret)).flatMap(({ key, ringKey }) => {
          const name = ringKey === undefined ? undefined : disagreement(key, ringKey);
          if (name === undefined) return [];
          const finder = isFoundByCrio(key, name) ? 'CRI-O' : 'the kubelet';
          return [
            aboutSecret(
              secret,
              At.of(secret.place).warn(
                'node-keys-disagree',
                words`${secretText(secret)}: only ${finder} takes the key ${shownKey(key)} for images such as ${name}`,
              ),
            ),
          ];
        }),
      ),
  },
];

function globalOnes({ cluster, inventory }: ProofState): DeclaredSecret[] {
  return cluster.platform === 'openshift' ? inventory.secrets.filter(isGlobalPullSecret) : [];
}

/** An image of which one of the two finds the key, and the other does not: below its path, or elsewhere on its host. */
function disagreement(key: string, ringKey: string): string | undefined {
  const [host = '', ...segments] = ringKey.replaceAll('*', 'x').replace(/\/$/, '').split('/');
  const registry = host === hubFallbackKey ? 'docker.io' : host;
  const names = [
    [registry, ...segments, 'image'],
    [registry, 'elsewhere', 'image'],
  ].map((parts) => parts.join('/'));
  return names.find((name) => isFoundByKubelet(key, name) !== isFoundByCrio(key, name));
}

function isFoundByKubelet(key: string, name: string): boolean {
  const reference = ImageReference.tryParse(name);
  // No image is called so: the key is dead to both.
  if ('error' in reference) return isFoundByCrio(key, name);
  const data = {
    '.dockerconfigjson': DockerConfig.fromEntries([{ key, username: 'u', password: 'p' }]).toSecretData(),
  };
  const keyring = Keyring.fromSecrets([{ name: 'node', type: 'kubernetes.io/dockerconfigjson', data }]);
  return keyring.lookup(reference).credentials.length > 0;
}
