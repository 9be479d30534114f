import type { Gitops } from '../model/inventory/declared-object.js';
import { argocdAnnotations } from './argocd.js';
import { fluxAnnotations } from './flux.js';
import type { ObjectRole } from './object-role.js';

const annotations: Readonly<Record<Gitops, (role: ObjectRole) => Readonly<Record<string, string>>>> = {
  argocd: argocdAnnotations,
  flux: fluxAnnotations,
};

/** Annotations that tell the GitOps engine what it must know of an object of this role. */
export function gitopsAnnotations(gitops: Gitops, role: ObjectRole): Readonly<Record<string, string>> {
  return annotations[gitops](role);
}
