import type { AccessPlan } from '../model/plan/access-plan.js';
import { FilePurposes, noPurpose } from '../model/plan/file-purpose.js';
import { throwErrors } from '../model/problem/problem.js';
import type { Retired } from '../model/retire/retired.js';
import { objectsOf } from '../objects/objects-of.js';
import { jsonOf, type WrittenObject } from '../objects/written-object.js';
import { type FileObject, SameObjects } from '../output/file-object.js';
import { pathOf } from '../output/layout.js';
import { byFile, type Rendered, Renderer } from '../output/rendered.js';

/** A plan, what leaves in two steps, and the objects that come of both. */
export interface PlannedObjects {
  readonly plan: AccessPlan;
  readonly retired: Retired;
  readonly objects: readonly WrittenObject[];
}

/** The objects of a plan. */
export function planObjects(plan: AccessPlan, retired: Retired): PlannedObjects {
  return { plan, retired, objects: objectsOf(plan, retired) };
}

/** Renders the files of plans. Throws `object-duplicate`, `secret-too-large` and `output-collision`. */
export function renderPlans(planned: readonly PlannedObjects[]): Rendered {
  const same = new SameObjects();
  const renderer = new Renderer('config');
  const objects = planned.flatMap((each) => each.objects);
  const purposes = new Map(planned.map(({ plan }) => [plan.cluster.name, new FilePurposes(plan)]));
  for (const { at, items } of byFile(objects, (object) => object.at).values()) {
    const origin = pathOf(at);
    const documents = items.map((object) => fileObject(object, origin));
    for (const each of documents) same.add(at.cluster, each);
    renderer.addManifests(at, documents, purposes.get(at.cluster)?.of(at) ?? noPurpose);
  }
  throwErrors(same.problems);
  const clusters = planned.map(({ plan }) => plan.cluster);
  renderer.addKustomizations(clusters.flatMap(({ kustomization, name }) => (kustomization ? [name] : [])));
  return renderer.rendered();
}

function fileObject(object: WrittenObject, origin: string): FileObject {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, namespace, origin, json: jsonOf(object) };
}
