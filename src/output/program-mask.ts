/**
 * Keys that a Deployment of ours has on its pods and containers. Anything else in it may be given a credential by text.
 */
const openPodKeys = new Set([
  'automountServiceAccountToken',
  'containers',
  'enableServiceLinks',
  'imagePullSecrets',
  'nodeSelector',
  'securityContext',
  'serviceAccountName',
  'volumes',
]);
const openContainerKeys = new Set(['env', 'image', 'name', 'resources', 'securityContext', 'volumeMounts']);
const openVariables = new Set([
  'CONFIG_ALLSERVICEACCOUNT',
  'CONFIG_DEBUG',
  'CONFIG_DOCKERCONFIGJSONPATH',
  'CONFIG_EXCLUDED_NAMESPACES',
  'CONFIG_FORCE',
  'CONFIG_LOOP_DURATION',
  'CONFIG_MANAGEDONLY',
  'CONFIG_RUNONCE',
  'CONFIG_SECRETNAME',
  'CONFIG_SERVICEACCOUNTS',
]);

/**
 * True for what the pods of a Deployment have and ours do not: arguments, commands, values of other variables.
 *
 * @param place the keys that lead to the entry, its own last
 * @param name what the map that holds it calls itself
 */
export function isUnexpected(key: string, place: readonly string[], name: unknown): boolean {
  const [top, template, pod, containers, , list] = place;
  if (top !== 'spec' || template !== 'template' || pod !== 'spec') return false;
  if (place.length === 4) return !openPodKeys.has(key);
  if (containers !== 'containers' || place.length < 6) return false;
  if (place.length === 6) return !openContainerKeys.has(key);
  return list === 'env' && place.length === 8 && key !== 'name' && !(key === 'value' && isOpenVariable(name));
}

function isOpenVariable(name: unknown): boolean {
  return typeof name === 'string' && openVariables.has(name);
}
