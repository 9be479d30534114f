import { excessLength } from '../policies/delivery-names.js';
import type { ModelPath, Problem } from '../problem/problem.js';
import { labelProblems } from './check-labels.js';
import { labelError, subdomainError } from './names.js';
import type { Picks } from './picks.js';
import type { PullSecretSpec } from './spec.js';

/**
 * Problems of the options of a distribution and an attachment. They are said at the pull secret, which is where they
 * count, also where its cluster makes the choice.
 */
export function checkPicks(
  what: string,
  pullSecret: string,
  spec: PullSecretSpec,
  picks: Picks,
  path: ModelPath,
): Problem[] {
  const { sourceNamespace, accounts } = picks;
  return [
    ...nameProblems(what, pullSecret, picks, path),
    ...(sourceNamespace === undefined ? [] : sourceProblems(what, sourceNamespace, spec, path)),
    ...(accounts ? accountProblems(what, accounts.patterns, path) : []),
    ...labelProblems(accounts?.labels, [...path, 'attachment', 'labels']),
  ];
}

function nameProblems(what: string, pullSecret: string, picks: Picks, path: ModelPath): Problem[] {
  const excess = excessLength(picks, pullSecret);
  if (excess === 0) return [];
  return [
    {
      code: 'name-invalid',
      message: `${what}: the names of its policies would be longer than 63 characters, which Kyverno writes into a label`,
      path,
      hint: `shorten the name of the pull secret by ${excess}`,
    },
  ];
}

function sourceProblems(what: string, namespace: string, spec: PullSecretSpec, path: ModelPath): Problem[] {
  const error = labelError(namespace);
  const at = [...path, 'distribution'];
  if (error) return [{ code: 'name-invalid', message: `${what}: source namespace "${namespace}" ${error}`, path: at }];
  const { namespaces = [] } = spec.for ?? {};
  if (namespaces.length > 0 && namespaces.every((pattern) => pattern === namespace)) {
    return [
      {
        code: 'pull-secret-invalid',
        message: `${what}: \`for\` names only ${namespace}, the namespace of the source Secret, which gets no copy`,
        path: [...path, 'for', 'namespaces'],
        hint: 'name the namespaces that need it, or give the source another namespace',
      },
    ];
  }
  return [];
}

function accountProblems(what: string, patterns: readonly string[], path: ModelPath): Problem[] {
  const at = [...path, 'attachment', 'serviceAccounts'];
  if (patterns.length === 0)
    return [{ code: 'pull-secret-invalid', message: `${what}: serviceAccounts names none`, path: at }];
  return patterns.flatMap((pattern): Problem[] => {
    const error = pattern === '' ? 'is empty' : subdomainError(pattern.replaceAll('*', 'x'));
    return error ? [{ code: 'name-invalid', message: `${what}: service account "${pattern}" ${error}`, path: at }] : [];
  });
}
