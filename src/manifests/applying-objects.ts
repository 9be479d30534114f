import type { Gitops } from '../model/inventory/declared-object.js';
import { groupOf } from '../model/inventory/pod-kind-index.js';
import { type ManifestText, readDocuments } from '../yaml/documents.js';
import { mayMention } from '../yaml/mention.js';

/** The kinds that apply a part of a repository. A folder that has releases alone is applied by something else. */
const engines: ReadonlyMap<string, Gitops> = new Map([
  ['argoproj.io/Application', 'argocd'],
  ['argoproj.io/ApplicationSet', 'argocd'],
  ['kustomize.toolkit.fluxcd.io/Kustomization', 'flux'],
]);

/** A kind as it stands in a template, where another value may be put in, too. */
const templated = /\bkind["']?\s*:\s*(?:["']?(?:Application|ApplicationSet|Kustomization)\b|["']?\{\{)/;

/** The engines whose objects in a text apply something. What is no YAML may be a template that makes such objects. */
export function enginesIn(manifest: ManifestText): ReadonlySet<Gitops> {
  const found = new Set<Gitops>();
  if (!mayMention(manifest.text, /argoproj\.io|fluxcd\.io/)) return found;
  const problems = readDocuments(manifest, (object, hint) => {
    const group = groupOf(object.get('apiVersion')?.string() || hint.apiVersion || '');
    const engine = engines.get(`${group}/${object.get('kind')?.string() || hint.kind}`);
    if (engine) found.add(engine);
    return [];
  });
  if (problems.length > 0 && templated.test(manifest.text))
    for (const [kind, engine] of engines)
      if (manifest.text.includes(kind.slice(0, kind.indexOf('/')))) found.add(engine);
  return found;
}
