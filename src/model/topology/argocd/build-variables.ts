import type { Field } from '../field.js';
import type { KeptObject } from '../kept-object.js';

/** Stands for the commit, which nobody knows before there is one. It can only be a tag or a label. */
const revision = '0'.repeat(40);

/**
 * The variables that Argo CD knows while it renders a source.
 *
 * @see https://github.com/argoproj/argo-cd/blob/v3.5.1/reposerver/repository/repository.go newEnv()
 */
export function buildVariables({ name, spec }: KeptObject, source: Field): ReadonlyMap<string, string> {
  return new Map([
    ['ARGOCD_APP_NAME', name],
    ['ARGOCD_APP_NAMESPACE', spec.get('destination', 'namespace').text() ?? ''],
    ['ARGOCD_APP_PROJECT_NAME', spec.get('project').text() ?? 'default'],
    ['ARGOCD_APP_REVISION', revision],
    ['ARGOCD_APP_REVISION_SHORT', revision.slice(0, 7)],
    ['ARGOCD_APP_REVISION_SHORT_8', revision.slice(0, 8)],
    ['ARGOCD_APP_SOURCE_REPO_URL', source.get('repoURL').text() ?? ''],
    ['ARGOCD_APP_SOURCE_PATH', source.get('path').text() ?? ''],
    ['ARGOCD_APP_SOURCE_TARGET_REVISION', source.get('targetRevision').scalar() ?? ''],
  ]);
}

/** A text with variables replaced as Go's `os.Expand` does; `$$` is a dollar sign, and what is unknown is empty. */
export function substituted(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\$|\{([^}]*)\}|([A-Za-z_]\w*|[*#@!?0-9-]))/g,
    (all, braced: string | undefined, plain: string | undefined) =>
      all === '$$' ? '$' : (variables.get(braced ?? plain ?? '') ?? ''),
  );
}
