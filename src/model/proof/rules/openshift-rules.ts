import { ImageReference } from '../../image/image-reference.js';
import type { DeclaredMirrors, MirrorLocation } from '../../inventory/declared-object.js';
import { isFoundByCrio } from '../../keyring/crio-lookup.js';
import { workloadText } from '../../needs/puller-text.js';
import { At } from '../../problem/at.js';
import { words } from '../../problem/shown.js';
import { accessOf } from '../image-access.js';
import type { ProofRule } from '../rule.js';
import type { ProofState } from '../state.js';
import type { ProvenImage } from '../verdict.js';
import { entriesOf } from './declared-secrets.js';
import { about, aboutAccount, aboutImage, aboutPod, accountText } from './subjects.js';

/** The names of the Secrets that OpenShift makes for service accounts. */
const dockercfgName = /-dockercfg-[a-z0-9]{5}$/;

/** Rules about what is otherwise on OpenShift: a row for each. */
export const openshiftRules: readonly ProofRule[] = [
  {
    code: 'account-list-atomic',
    about: ['service account'],
    check: ({ cluster, inventory }) =>
      inventory.accounts
        .filter(({ pullSecrets, isLive }) => cluster.platform === 'openshift' && pullSecrets.length > 0 && !isLive)
        .map((account) =>
          aboutAccount(
            account,
            At.of(account.pullSecretsPlace ?? account.place).warn(
              'account-list-atomic',
              words`${accountText(account)} declares its list, on which OpenShift keeps a Secret of its own: ${account.pullSecrets}`,
            ),
          ),
        ),
  },
  {
    code: 'dockercfg-listed',
    about: ['service account', 'workload'],
    check: ({ inventory, pods }) => [
      ...inventory.accounts.flatMap((account) =>
        generatedNames(account.isLive ? [] : account.pullSecrets).map((name) =>
          aboutAccount(
            account,
            At.of(account.pullSecretsPlace ?? account.place).warn(
              'dockercfg-listed',
              words`${accountText(account)} lists ${name}, a name that OpenShift made up`,
            ),
          ),
        ),
      ),
      ...pods.flatMap((pod) =>
        generatedNames(pod.workload.isLive ? [] : pod.workload.pullSecrets.names).map((name) =>
          aboutPod(
            pod,
            At.of(pod.workload.pullSecrets.place ?? pod.workload.place).warn(
              'dockercfg-listed',
              words`${workloadText(pod.workload)} lists ${name}, a name that OpenShift made up`,
            ),
          ),
        ),
      ),
    ],
  },
  {
    code: 'image-short-name',
    about: ['workload'],
    check: ({ cluster, images }) =>
      (cluster.platform === 'openshift' ? images : [])
        .filter(isShort)
        .map((image) =>
          aboutImage(
            image,
            At.of(image.use.place).warn(
              'image-short-name',
              words`${workloadText(image.pod.workload)} pulls ${image.use.image}, which names no registry`,
              words`write ${image.lookedUp}`,
            ),
          ),
        ),
  },
  {
    code: 'mirror-not-covered',
    about: ['mirrors'],
    check: (state) =>
      state.inventory.mirrors.flatMap((mirrors) =>
        mirrors.mirrors
          .filter(({ location }) => isUnknownToNode(state, location))
          .map((location) => about(mirrors, mirrorProblem(mirrors, location))),
      ),
  },
];

function generatedNames(names: readonly string[]): string[] {
  return names.filter((name) => dockercfgName.test(name));
}

function isShort({ use, lookedUp }: ProvenImage): boolean {
  if (use.imageStream || !lookedUp?.startsWith('docker.io/')) return false;
  return !/^(index\.)?docker\.io\//.test(use.image);
}

/** Whether the file of the node was read, and has nothing for a mirror that needs a credential. */
function isUnknownToNode({ cluster, secrets }: ProofState, location: string): boolean {
  if (cluster.platform !== 'openshift' || secrets.onNodes.length === 0) return false;
  if (secrets.onNodes.some(({ state }) => state !== 'read')) return false;
  const reference = ImageReference.tryParse(location.includes('/') ? location : `${location}/x`);
  if ('error' in reference) return false;
  const access = accessOf(reference, cluster.registryIndex);
  if (access === 'public' || access === 'optional' || access === 'internal') return false;
  return !secrets.onNodes.some((secret) => entriesOf(secret.content).some(({ key }) => isFoundByCrio(key, location)));
}

function mirrorProblem({ kind, name, source }: DeclaredMirrors, { location, place }: MirrorLocation) {
  return At.of(place).find(
    'mirror-not-covered',
    words`${kind} ${name}: images of ${source} are pulled from ${location}, for which the global pull secret has no entry that CRI-O finds`,
    'add an entry for the mirror to openshift-config/pull-secret',
  );
}
