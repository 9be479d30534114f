import type { Applied, CreatedNamespace, Destination } from '../applied.js';
import { isOwnCluster } from '../cluster-match.js';
import { Field } from '../field.js';
import { pathBelow } from '../repository-path.js';
import type { Trail } from '../trail.js';
import { followSource } from './application-source.js';
import type { SourceContext } from './source.js';

/**
 * Follows an Application: each of its sources is applied to its destination.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/pkg/apis/application/v1alpha1/types.go
 */
export function followApplication(trail: Trail): void {
  const { spec } = trail.object;
  const hydrated = hydratedSource(trail);
  const sources = hydrated ? [hydrated] : sourcesOf(spec);
  if (sources.length === 0)
    trail.say('gitops-object-invalid', spec, 'has no source', 'write spec.source with repoURL and path');
  const isOneOfSeveral = sources.length > 0 && spec.get('sources').items().length === sources.length;
  const context: SourceContext = { trail, ...targetOf(trail), isOneOfSeveral, folderOfRef: refFolders(sources, trail) };
  for (const source of sources) followSource(source, context);
}

/** The sources of an Application: those of `sources` before `source`, and before both what a hydrator reads. */
export function sourcesOf(spec: Field): readonly Field[] {
  const dry = spec.get('sourceHydrator', 'drySource');
  if (dry.isGiven) return [dry];
  const sources = spec.get('sources').items();
  if (sources.length > 0) return sources;
  const source = spec.get('source');
  return source.isGiven ? [source] : [];
}

/**
 * The folder that a hydrator has written for an Application, where what is read is the branch that it writes to: that is what is
 * applied, and the dry source is on another branch. commitserver/commit/hydratorhelper.go.
 */
function hydratedSource({ object: { spec }, view }: Trail): Field | undefined {
  const sync = spec.get('sourceHydrator', 'syncSource');
  const path = sync.get('path').text();
  const url = spec.get('sourceHydrator', 'drySource', 'repoURL').text();
  const root = url === undefined ? undefined : view.pathOfUrl(url);
  const folder = path === undefined || root === undefined ? undefined : pathBelow(root, path);
  if (folder === undefined || !view.isFile(`${folder === '.' ? '' : `${folder}/`}hydrator.metadata`)) return undefined;
  const targetRevision = sync.get('targetBranch').text();
  return Field.made({ repoURL: url, path, targetRevision, directory: {} }, sync.place);
}

/** Where everything of an Application goes. */
function targetOf({ object }: Trail): Pick<Applied, 'namespace' | 'destination' | 'creates'> {
  const { spec } = object;
  const destination = destinationOf(spec.get('destination'), object.destination);
  const namespace = spec.get('destination', 'namespace').text();
  const creates = namespace === undefined ? undefined : createdNamespace(namespace, spec.get('syncPolicy'));
  return { destination, ...(namespace !== undefined && { namespace }), ...(creates && { creates }) };
}

/** The cluster of an Application; its own is that in which the Application lies. */
function destinationOf(field: Field, own: Destination): Destination {
  const server = field.get('server').text();
  const name = field.get('name').text();
  const destination = { ...(server !== undefined && { server }), ...(name !== undefined && { name }) };
  return isOwnCluster(destination) && !isOwnCluster(own) ? own : destination;
}

function createdNamespace(name: string, policy: Field): CreatedNamespace | undefined {
  if (!policy.get('syncOptions').texts().includes('CreateNamespace=true')) return undefined;
  const metadata = policy.get('managedNamespaceMetadata');
  return { name, labels: metadata.get('labels').textMap(), isManaged: metadata.isGiven };
}

/** The folders of this repository that sources are called by, as in `$values/apps/values.yaml`; undefined for those elsewhere. */
function refFolders(sources: readonly Field[], { view }: Trail): ReadonlyMap<string, string | undefined> {
  return new Map(
    sources.flatMap((source) => {
      const ref = source.get('ref').text();
      const url = source.get('repoURL').text() ?? '';
      const root = view.pathOfUrl(url);
      return ref === undefined ? [] : [[`$${ref}`, root === undefined ? undefined : pathBelow('.', root)] as const];
    }),
  );
}
