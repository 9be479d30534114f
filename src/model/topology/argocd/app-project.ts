import { At } from '../../problem/at.js';
import type { Problem } from '../../problem/problem.js';
import { words } from '../../problem/shown.js';
import type { Destination } from '../applied.js';
import { isOwnCluster } from '../cluster-match.js';
import type { Field } from '../field.js';
import { type KeptObject, keyOf, nameOf } from '../kept-object.js';
import { addressGlob, directoryGlob } from '../path-glob.js';
import { sourcesOf } from './application.js';

/**
 * Says what projects forbid to Applications. A cluster is known by its name or by its address, seldom by both, so that
 * only what is certain is said.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/pkg/apis/application/v1alpha1/app_project_types.go
 */
export function forbidden(applications: readonly KeptObject[], projects: readonly KeptObject[]): Problem[] {
  const byName = new Map(projects.map((project) => [projectKey(project.name, project), project]));
  return applications.flatMap((application) => {
    const project = byName.get(projectKey(application.spec.get('project').text() ?? 'default', application));
    return project ? refusals(application, project) : [];
  });
}

/** Projects lie in the namespace of Argo CD, Applications may lie in others. */
function projectKey(name: string, { destination }: KeptObject): string {
  return keyOf({ group: 'argoproj.io', kind: 'AppProject', name }, destination);
}

function refusals(application: KeptObject, project: KeptObject): Problem[] {
  const { spec } = application;
  const sources = sourcesOf(spec)
    .map((source) => source.get('repoURL'))
    .filter((url) => !allowsSource(project.spec, url.text() ?? ''))
    .map((url) => refusal(application, project, url, words`the source ${url.text() ?? ''}`, 'sourceRepos'));
  const destination = spec.get('destination');
  if (allowsDestination(project.spec, destination)) return sources;
  const { server, name, namespace } = placesOf(destination);
  const where = words`namespace ${namespace} of ${server ?? name ?? 'its cluster'}`;
  return [...sources, refusal(application, project, destination, where, 'destinations')];
}

function refusal(
  application: KeptObject,
  project: KeptObject,
  at: Field,
  what: ReturnType<typeof words>,
  list: 'sourceRepos' | 'destinations',
): Problem {
  return At.of(at.place ?? application.place).find(
    'project-forbids',
    words`${nameOf(project)} forbids ${what} to ${nameOf(application)}`,
    words`add it to spec.${list} of the project, or correct the Application`,
  );
}

function allowsSource(project: Field, url: string): boolean {
  const address = normalized(url);
  const patterns = project.get('sourceRepos').texts();
  const isDenied = patterns.some((each) => each.startsWith('!') && addressGlob(normalized(each.slice(1)), address));
  return (
    !isDenied && patterns.some((each) => each === '*' || each.startsWith('!') || addressGlob(normalized(each), address))
  );
}

/** An address as Argo CD compares it. */
function normalized(url: string): string {
  const text = url.trim().toLowerCase();
  const isScp = /^[^/:]*@[^@]+$/.test(text) || /^[^/:]*@[^@/:]+:/.test(text);
  return (isScp ? text.replace(':', '/') : text).replace(/\.git$/, '').replace(/^ssh:\/\//, '');
}

interface Places extends Destination {
  readonly namespace: string;
}

/** The parts of a destination; those of the cluster of Argo CD itself are known. */
function placesOf(destination: Field): Places {
  const server = destination.get('server').text();
  const name = destination.get('name').text();
  const namespace = destination.get('namespace').text() ?? '';
  const cluster = { ...(server !== undefined && { server }), ...(name !== undefined && { name }) };
  const isOwn = (server !== undefined || name !== undefined) && isOwnCluster(cluster);
  return { ...cluster, ...(isOwn && { server: 'https://kubernetes.default.svc', name: 'in-cluster' }), namespace };
}

function allowsDestination(project: Field, destination: Field): boolean {
  const place = placesOf(destination);
  const items = project.get('destinations').items();
  let isAllowed = false;
  for (const item of items) {
    const [server, name, namespace] = [
      item.get('server').text(),
      item.get('name').text(),
      item.get('namespace').text() ?? '',
    ];
    const isCluster = mayMatch(server, place.server) || mayMatch(name, place.name);
    const isNamespace = matches(namespace, place.namespace);
    if (isCluster && isNamespace) isAllowed = true;
    else if (isDenied(name, place.name) || (isDenied(server, place.server) && isNamespace)) return false;
    else if (
      !isNamespace &&
      namespace.startsWith('!') &&
      server !== undefined &&
      place.server !== undefined &&
      matches(server, place.server)
    )
      return false;
  }
  return isAllowed;
}

/** True for a pattern that matches, or whose other side nobody knows. */
function mayMatch(pattern: string | undefined, value: string | undefined): boolean {
  return pattern !== undefined && (value === undefined || matches(pattern, value));
}

function isDenied(pattern: string | undefined, value: string | undefined): boolean {
  return pattern !== undefined && value !== undefined && pattern.startsWith('!') && !matches(pattern, value);
}

function matches(pattern: string, value: string): boolean {
  if (pattern.startsWith('!')) return !directoryGlob(pattern.slice(1), value);
  return pattern === '*' || directoryGlob(pattern, value);
}
