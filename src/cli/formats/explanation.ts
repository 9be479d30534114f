import type { ExplainedWorkload, Explanation } from '../../app/explain.js';
import { maskUser } from '../../model/docker-config-entry.js';
import type { ExplainedImage, ExplainedSecret } from '../../model/explanation.js';
import { columns } from './columns.js';
import { plural, visible } from './problems.js';

/** The answer of `explain` as text; no value of a Secret is in it. */
export function explanationText(explanation: Explanation): string {
  switch (explanation.kind) {
    case 'secrets':
      return visible(
        explanation.secrets.map(({ at, secret }) => `secret ${at}   ${secretText(secret, '  ')}`).join('\n'),
      );
    case 'image':
      return visible(imageText(explanation.image, 'image', ''));
    case 'workloads':
      return visible(explanation.workloads.map(workloadReport).join('\n'));
  }
}

/** True if something stands in the way of a pull. */
export function hasFault(explanation: Explanation): boolean {
  const faulty = (secret: ExplainedSecret) => secret.state !== 'read';
  switch (explanation.kind) {
    case 'secrets':
      return explanation.secrets.some(({ secret }) => faulty(secret));
    case 'image':
      return isFaulty(explanation.image);
    case 'workloads':
      return explanation.workloads.some((workload) => workload.images.some(({ image }) => isFaulty(image)));
  }
}

function isFaulty(image: ExplainedImage): boolean {
  return image.error !== undefined || image.ambiguous || image.secrets.some((secret) => secret.state === 'broken');
}

function workloadReport(workload: ExplainedWorkload): string {
  const list = workload.list.map((name) => name || '""').join(', ') || 'empty';
  const note =
    workload.accountOnly.length > 0
      ? `Note: its service account also lists ${workload.accountOnly.join(', ')}. A pod with a list of its own takes nothing from its account.\n`
      : '';
  const images = workload.images.map(({ container, image }) =>
    imageText(image, `container ${container}   image`, '  '),
  );
  return `${workload.title}\n  pull secrets: ${list} (${workload.listFrom})\n${images.join('')}${note}`;
}

function imageText(image: ExplainedImage, label: string, indent: string): string {
  const head = `${indent}${label} ${image.image}`;
  if (image.error !== undefined) return `${head}\n${indent}  InvalidImageName: ${image.error}\n`;
  const secrets = image.secrets.map((secret) => `${indent}  ${secret.name}: ${secretText(secret, `${indent}      `)}`);
  return `${head}   looked up as ${image.name}\n${secrets.join('')}${verdict(image, `${indent}  `)}`;
}

function secretText(secret: ExplainedSecret, indent: string): string {
  const head = {
    missing: 'not there: the kubelet goes on without it',
    skipped: `${secret.type}, skipped in silence: ${secret.reason}`,
    broken: `${secret.type}, broken: ${secret.reason}`,
    read: `${secret.type}, ${secret.entries.length === 1 ? '1 entry' : `${secret.entries.length} entries`}`,
  }[secret.state];
  const rows = secret.entries.map((entry) => [
    `${indent}${entry.key}`,
    `user ${entry.username || '(empty)'}`,
    `password ${entry.passwordEmpty ? '(empty)' : '***'}`,
    entry.verdict ?? '',
  ]);
  const remarks = secret.remarks
    .filter(() => secret.state === 'read')
    .map((remark) => `${indent}${remark.message}\n${remark.hint ? `${indent}  ${remark.hint}\n` : ''}`);
  const mend =
    secret.state === 'broken'
      ? secret.remarks.flatMap((problem) => (problem.hint ? [`${indent}${problem.hint}\n`] : []))
      : [];
  return `${head}\n${columns(rows)}${remarks.join('')}${mend.join('')}`;
}

function verdict(image: ExplainedImage, indent: string): string {
  if (image.secrets.some((secret) => secret.state === 'broken')) {
    return `${indent}Every pull of the pod fails until the broken document is mended.\n`;
  }
  if (image.credentials.length === 0) {
    return `${indent}No credential is left: the kubelet pulls anonymously, unless the node has one.\n`;
  }
  const lines = image.credentials.map((each, index) => {
    const notes = [
      ...(each.blank ? ['user name or password is empty: in effect anonymous'] : []),
      ...(each.overMatch ? ['matches by plain prefix, inside a path segment'] : []),
      ...(each.fallback ? ['the Docker Hub fallback'] : []),
    ];
    return `${indent}${index + 1}. ${maskUser(each.key)} of ${each.secret}, user ${each.username || '(empty)'}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}\n`;
  });
  const order = image.ambiguous
    ? `${indent}The order changes from run to run: two keys of one Secret come to the same. Remove one of them.\n`
    : '';
  return `${indent}The kubelet tries ${plural(image.credentials.length, 'credential')}, and never anonymously after them:\n${lines.join('')}${order}`;
}
