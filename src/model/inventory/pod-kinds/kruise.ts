import type { PodKind } from '../pod-kind.js';

const template = 'spec.template.spec';
const jobs = ['spec.template.jobTemplate.spec.template.spec', 'spec.template.broadcastJobTemplate.spec.template.spec'];
const united = ['statefulSetTemplate', 'advancedStatefulSetTemplate', 'cloneSetTemplate', 'deploymentTemplate'];

/** OpenKruise: github.com/openkruise/kruise apis/apps/v1alpha1 and v1beta1, pkg/daemon/imagepuller. */
export const kruiseKinds: readonly PodKind[] = [
  { group: 'apps.kruise.io', kind: 'CloneSet', pods: [{ podSpec: template }] },
  { group: 'apps.kruise.io', kind: 'StatefulSet', pods: [{ podSpec: template }] },
  { group: 'apps.kruise.io', kind: 'DaemonSet', pods: [{ podSpec: template }] },
  { group: 'apps.kruise.io', kind: 'BroadcastJob', pods: [{ podSpec: template }] },
  {
    group: 'apps.kruise.io',
    kind: 'AdvancedCronJob',
    pods: [...jobs.map((podSpec) => ({ podSpec })), pulled('spec.template.imageListPullJobTemplate.spec', '.images[]')],
  },
  {
    group: 'apps.kruise.io',
    kind: 'UnitedDeployment',
    pods: united.map((each) => ({ podSpec: `spec.template.${each}.spec.template.spec` })),
  },
  {
    group: 'apps.kruise.io',
    kind: 'SidecarSet',
    pods: [],
    injects: ['spec.initContainers[].image', 'spec.containers[].image'],
    ofCluster: true,
  },
  { group: 'apps.kruise.io', kind: 'ImagePullJob', pods: [pulled('spec', '.image')] },
  { group: 'apps.kruise.io', kind: 'ImageListPullJob', pods: [pulled('spec', '.images[]')] },
];

/** Path of what a daemon of each node pulls, with the Secrets that the object names. */
function pulled(at: string, image: string) {
  return {
    at,
    images: [image],
    pullSecrets: ['.pullSecrets[]'],
    defaultAccount: { name: 'default', ownListOnly: true },
  };
}
