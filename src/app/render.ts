import type { AccessPlan } from '../model/plan/access-plan.js';
import { throwErrors } from '../model/problem/problem.js';
import { objectsOf } from '../objects/objects-of.js';
import { jsonOf, type WrittenObject } from '../objects/written-object.js';
import { type FileObject, SameObjects } from '../output/file-object.js';
import { pathOf } from '../output/layout.js';
import { byFile, type Rendered, Renderer } from '../output/rendered.js';

/** Renders the files of plans. Throws `object-duplicate`, `secret-too-large` and `output-collision`. */
export function renderPlans(plans: readonly AccessPlan[]): Rendered {
  const objects = plans.flatMap(objectsOf);
  const same = new SameObjects();
  const renderer = new Renderer('config');
  for (const { at, items } of byFile(objects, (object) => object.at).values()) {
    const documents = items.map(fileObject);
    for (const each of documents) same.add(at.cluster, each);
    renderer.addManifests(at, documents);
  }
  throwErrors(same.problems);
  renderer.addKustomizations(plans.flatMap(({ cluster }) => (cluster.kustomization ? [cluster.name] : [])));
  return renderer.rendered();
}

function fileObject(object: WrittenObject): FileObject {
  const { apiVersion, kind, metadata, at } = object;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, namespace, origin: pathOf(at), json: jsonOf(object) };
}
