import { grouped } from '../../model/names/grouped.js';
import { compareText } from '../../model/names/names.js';
import type { Severity } from '../../model/problem/problem-codes.js';
import { terminalText } from '../../model/problem/shown.js';
import type { FindingRow } from './finding-row.js';
import type { Paint } from './paint.js';

const order: Readonly<Record<Severity, number>> = { error: 0, stop: 1, finding: 2, warning: 3 };

/** As many findings of one sort and namespace, and as many namespaces, are shown one by one. */
const most = { findings: 3, namespaces: 5 } as const;

/**
 * Findings for people: the gravest sort first, each with what mends it said once; in it by namespace and workload. Of many
 * of one sort the first are shown.
 */
export function findingGroups(findings: readonly FindingRow[], all: boolean, paint: Paint): string {
  const sorts = grouped(findings, ({ severity, code, hint }) => JSON.stringify([severity, code, hint]));
  return [...sorts.values()]
    .sort(([a], [b]) => (a && b ? order[a.severity] - order[b.severity] || compareText(a.code, b.code) : 0))
    .map((sort) => sortText(sort, all, paint))
    .join('');
}

function sortText(findings: readonly FindingRow[], all: boolean, paint: Paint): string {
  const [first] = findings;
  if (!first) return '';
  const { severity, code, hint } = first;
  const namespaces = [...grouped(findings, ({ about }) => about?.namespace ?? '')].sort(([a], [b]) =>
    compareText(a, b),
  );
  const shown = all ? namespaces : namespaces.slice(0, most.namespaces);
  const hidden = namespaces.slice(shown.length);
  const isCut = !all && (hidden.length > 0 || shown.some(([, own]) => own.length > most.findings));
  const title = paint(severity === 'warning' ? 'doubtful' : 'bad', severity);
  const count = findings.length === 1 ? '' : `, ${findings.length} times${isCut ? ' (--all shows each)' : ''}`;
  const lines = [
    `${title} ${paint('strong', code)}${count}`,
    ...shown.flatMap(([namespace, own]) => namespaceLines(namespace, own, all, paint)),
    ...(hidden.length > 0
      ? [`  and ${hidden.flatMap(([, own]) => own).length} in ${hidden.length} more namespaces`]
      : []),
    ...(hint === undefined ? [] : [`  ${paint('weak', 'mend:')} ${terminalText(hint)}`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function namespaceLines(namespace: string, findings: readonly FindingRow[], all: boolean, paint: Paint): string[] {
  const sorted = [...findings].sort((a, b) => compareText(subjectOf(a), subjectOf(b)));
  const shown = all ? sorted : sorted.slice(0, most.findings);
  const indent = namespace === '' ? '  ' : '    ';
  const hidden = sorted.length - shown.length;
  return [
    ...(namespace === '' ? [] : [`  ${terminalText(namespace)}`]),
    ...shown.map(({ message, file, line, column }) => {
      const place = file === undefined ? '' : `${terminalText(`${file}:${line}:${column}`)}: `;
      return `${indent}${paint('weak', place)}${terminalText(message)}`;
    }),
    ...(hidden > 0 ? [`${indent}and ${hidden} more`] : []),
  ];
}

function subjectOf({ about }: FindingRow): string {
  return about ? `${about.kind}/${about.name}` : '';
}
