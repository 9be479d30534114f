import { type ApiObject, JsonPatch } from 'cdk8s';
import { settingAt } from '../model/inventory/list-patch.js';
import { plainTree } from '../model/inventory/tree.js';
import { pathKeys } from '../model/inventory/tree-path.js';
import type { PodList } from '../model/plan/pod-list.js';
import type { ClusterRecord } from './cluster-record.js';
import { LateList } from './late-list.js';

/**
 * Puts the list of pull secrets of a pod template on its object. A pod with a list of its own gets nothing from its
 * account, so a list that was empty also holds what the account gives by the time it is rendered.
 */
export function patchTemplate(record: ClusterRecord, object: ApiObject, { workload, names }: PodList): void {
  const { listPath } = workload;
  if (listPath === undefined) return;
  const late = new LateList(() => {
    const planned = record.plan.templates.find(({ list }) => list.workloads.includes(workload));
    return [...names, ...(planned?.wanted ?? []).filter((name) => !names.includes(name))];
  });
  const { path, value } = settingAt(plainTree(object.toJson()), pathKeys(listPath), late);
  object.addJsonPatch(JsonPatch.add(path, value));
}
