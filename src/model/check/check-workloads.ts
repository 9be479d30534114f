import { labelError } from '../names/names.js';
import { namespacePatternError } from '../names/namespace-pattern.js';
import type { At } from '../problem/at.js';
import { problemCodes } from '../problem/problem-codes.js';
import { words } from '../problem/shown.js';
import type { AcknowledgeSpec, ImagePullSpec, WorkloadsSpec } from '../vocabulary/spec.js';

/** As helm has it: room is left for what charts put behind the name. */
const longestRelease = 53;

/** Checks what says where manifests are read from, and what of them need not be seen. */
export function checkWorkloads(spec: ImagePullSpec, root: At): void {
  checkEntries(spec.workloads, root.key('workloads'));
  for (const [name, { workloads, match }] of Object.entries(spec.clusters)) {
    checkEntries(workloads, root.key('clusters', name, 'workloads'));
    if (match && Object.keys(match).length === 0)
      root
        .key('clusters', name, 'match')
        .refuse('match-invalid', 'match says nothing', 'match: { server: https://… }, { name: … } or { path: … }');
    else if ((match?.labels ?? match?.annotations) && match?.server === undefined && match?.name === undefined)
      root
        .key('clusters', name, 'match')
        .refuse(
          'match-invalid',
          'match has what the Secret of a cluster says, and not of which cluster',
          'give it the name or the address by which Argo CD knows the cluster: { name: …, server: https://…, labels: { … } }',
        );
  }
  for (const [tool, version] of Object.entries(spec.renderers ?? {}))
    if (!/^v?\d+(?:\.\d+){0,2}$/.test(String(version)))
      root
        .key('renderers', tool)
        .refuse('version-invalid', words`${tool} ${version} is no version`, words`${tool}: "5", or "5.8.1"`);
  for (const [index, entry] of (spec.acknowledge ?? []).entries())
    checkAcknowledge(entry, root.key('acknowledge', index));
}

function checkEntries(entries: readonly WorkloadsSpec[] | undefined, at: At): void {
  for (const [index, entry] of (entries ?? []).entries()) {
    if (typeof entry === 'string' || !('helm' in entry)) continue;
    const { release, namespace } = entry;
    const error =
      release.length > longestRelease ? `is longer than ${longestRelease} characters` : releaseError(release);
    at.key(index, 'release').name('release', release, error);
    at.key(index, 'namespace').name('namespace', namespace, labelError(namespace));
  }
}

function releaseError(release: string): string | undefined {
  return labelError(release.replaceAll('.', '-'));
}

function checkAcknowledge({ reason, ...parts }: AcknowledgeSpec, at: At): void {
  if (Object.keys(parts).length === 0)
    at.refuse(
      'acknowledgement-invalid',
      'an entry of acknowledge would take away everything',
      'acknowledge: [{ path: legacy, reason: … }], or [{ kind: Workflow, namespace: ci, reason: … }]',
    );
  if (reason.trim() === '')
    at.key('reason').refuse(
      'acknowledgement-invalid',
      'an acknowledgement has no reason',
      'say why it need not be seen',
    );
  if (parts.code !== undefined && !Object.hasOwn(problemCodes, parts.code))
    at.key('code').refuse(
      'acknowledgement-invalid',
      words`${parts.code} is no code`,
      'docs/findings.md lists what the proof finds',
    );
  if (parts.namespace !== undefined)
    at.key('namespace').name('pattern', parts.namespace, namespacePatternError(parts.namespace));
}
