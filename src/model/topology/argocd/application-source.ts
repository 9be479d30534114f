import { words } from '../../problem/shown.js';
import { Field } from '../field.js';
import { elsewhere, folderOf } from '../locations.js';
import type { ChartSource, Rendering } from '../rendering.js';
import { pathBelow } from '../repository-path.js';
import { sayRevision } from '../revision.js';
import type { Trail } from '../trail.js';
import { buildVariables, substituted } from './build-variables.js';
import { directoryFolder } from './directory-source.js';
import { helmTemplate } from './helm-source.js';
import { kustomizeBuild } from './kustomize-source.js';
import { mergePatch } from './merge-patch.js';
import type { Source, SourceContext } from './source.js';
import { detectedType } from './source-type.js';

const explicitTypes = ['kustomize', 'helm', 'directory', 'plugin'] as const;
type SourceType = (typeof explicitTypes)[number];

/** Follows one source of an Application. */
export function followSource(source: Field, context: SourceContext): void {
  const { trail } = context;
  const chart = source.get('chart').text();
  if (chart === undefined && isOfRoot(source, trail))
    sayRevision(trail, source.get('targetRevision'), source.get('targetRevision').scalar());
  if (source.get('ref').isGiven && chart === undefined && !source.get('path').isGiven) return;
  const found = chart === undefined ? inRepository(source, trail) : source;
  if (!found) return;
  const folder = chart === undefined ? sourceFolder(found, trail) : undefined;
  if (chart === undefined && folder === undefined) return;
  const whole = folder === undefined ? found : withOverrides(found, folder, trail);
  const variables = buildVariables(trail.object, whole);
  const rendering = renderingOf({
    ...context,
    source: whole,
    folder,
    substitute: (text) => substituted(text, variables),
  });
  const { namespace, destination, creates } = context;
  if (rendering)
    trail.apply({ rendering, destination, ...(namespace !== undefined && { namespace }), ...(creates && { creates }) });
}

function renderingOf(source: Source): Rendering | undefined {
  const type = typeOf(source);
  switch (type) {
    case 'helm':
      return helmTemplate(source, chartOf(source));
    case 'kustomize':
      return source.folder === undefined ? undefined : kustomizeBuild(source, source.folder);
    case 'directory':
      return source.folder === undefined ? undefined : directoryFolder(source, source.folder);
    default:
      return undefined;
  }
}

/** Whether a source is this repository; a folder that stands for another one has the revision that lies there. */
function isOfRoot(source: Field, { view }: Trail): boolean {
  return view.pathOfUrl(source.get('repoURL').text() ?? '') === '.';
}

/** Type that a source is rendered by: the part of it that says so, else what lies in its folder. */
function typeOf({ source, folder, trail }: Source): SourceType | undefined {
  const [type, ...others] = explicitTypes.filter((each) => source.get(each).isGiven);
  if (type !== undefined && others.length > 0) {
    trail.say(
      'gitops-object-invalid',
      source.get(type),
      words`has a source with ${[type, ...others].join(' and ')}, which Argo CD refuses`,
      'keep one of them',
    );
    return undefined;
  }
  if (type === 'plugin') {
    trail.say('engine-needed', source.get('plugin'), 'is rendered by a plugin, which only Argo CD runs');
    return undefined;
  }
  return type ?? (folder === undefined ? 'helm' : detectedType(trail.view, folder));
}

function chartOf({ source, folder }: Source): ChartSource {
  if (folder !== undefined) return { folder };
  const repoUrl = source.get('repoURL').text() ?? '';
  const version = source.get('targetRevision').scalar();
  return {
    name: source.get('chart').text() ?? '',
    ...(version !== undefined && { version }),
    // Argo CD knows an OCI registry by an address without scheme.
    repository: repoUrl.includes('://') ? repoUrl : `oci://${repoUrl}`,
  };
}

function inRepository(source: Field, trail: Trail): Field | undefined {
  const repoUrl = source.get('repoURL');
  const url = repoUrl.text();
  if (url !== undefined && trail.view.pathOfUrl(url) !== undefined) return source;
  if (url === undefined)
    trail.say('gitops-object-invalid', source, 'has a source without repoURL', 'write its repoURL');
  else elsewhere(trail, repoUrl, url);
  return undefined;
}

function sourceFolder(source: Field, trail: Trail): string | undefined {
  const root = trail.view.pathOfUrl(source.get('repoURL').text() ?? '') ?? '.';
  return folderOf(trail, source.get('path'), root);
}

/** A source with what `.argocd-source.yaml` of its folder says in place of it. */
function withOverrides(source: Field, folder: string, { view, object }: Trail): Field {
  const files = ['.argocd-source.yaml', `.argocd-source-${object.name}.yaml`].map(
    (name) => pathBelow(folder, name) ?? '',
  );
  let merged = source.plain();
  for (const file of files.filter((each) => view.isFile(each))) {
    const patch = view.parse(view.read(file) ?? '');
    const kept = ['chart', 'path', 'repoURL', 'targetRevision'].map((key) => [key, source.get(key).plain()] as const);
    merged = { ...(mergePatch(merged, patch) as object), ...Object.fromEntries(kept) };
  }
  return files.some((each) => view.isFile(each)) ? Field.made(merged, source.place) : source;
}
