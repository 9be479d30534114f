import type { ExplainedWorkload, Explanation } from '../app/explain.js';
import { maskUser } from '../model/docker-config/docker-config-entry.js';
import type { ExplainedImage, ExplainedSecret } from '../model/keyring/explanation.js';
import { shown, shownKeyOf, shownReason, shownUser, terminalText, withoutPorts } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { columns } from './columns.js';
import { plural } from './problems.js';

/** The answer of `explain` as text; no value of a Secret is in it. */
export function explanationText(explanation: Explanation): string {
  switch (explanation.kind) {
    case 'secrets':
      return terminalText(
        explanation.secrets.map(({ at, secret }) => `secret ${shown(at)}   ${secretText(secret, '  ')}`).join('\n'),
      );
    case 'image':
      return terminalText(imageText(explanation.image, 'image', '', 'a pod that lists it'));
    case 'workloads':
      return terminalText(explanation.workloads.map(workloadReport).join('\n'));
  }
}

/** True if something stands in the way of a pull. */
export function hasFault(explanation: Explanation): boolean {
  const faulty = (secret: ExplainedSecret) => secret.state !== 'read' && secret.state !== 'elsewhere';
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
  const list = workload.list.map((name) => shown(name) || '""').join(', ') || 'empty';
  const note =
    workload.accountOnly.length > 0
      ? `Note: its service account also lists ${shown(workload.accountOnly.join(', '))}. A pod with a list of its own takes nothing from its account.\n`
      : '';
  const images = workload.images.map(({ container, image, node }) => {
    const text = imageText(image, `container ${shown(container)}   image`, '  ', 'the pod');
    const isBroken = image.secrets.some(({ state }) => state === 'broken');
    return node && !isBroken ? text + nodeText(node, '    ') : text;
  });
  return `${oneLine(workload.title)}\n  pull secrets: ${list} (${oneLine(workload.listFrom)})\n${images.join('')}${note}`;
}

function imageText(image: ExplainedImage, label: string, indent: string, pod: string): string {
  const head = `${indent}${label} ${shown(image.image)}`;
  if (image.error !== undefined)
    return `${head}\n${indent}  InvalidImageName: ${shownReason(image.error, image.image)}\n`;
  const secrets = image.secrets.map(
    (secret) => `${indent}  ${shown(secret.name)}: ${secretText(secret, `${indent}      `)}`,
  );
  return `${head}   looked up as ${image.name}\n${secrets.join('')}${verdict(image, `${indent}  `, pod)}`;
}

function secretText(secret: ExplainedSecret, indent: string): string {
  const type = shown(secret.type);
  const head = {
    missing: 'not there: the kubelet goes on without it',
    elsewhere: `made in the cluster by ${withoutPorts(oneLine(secret.reason ?? ''))}: its value is not here`,
    skipped: `${type}, skipped in silence: ${withoutPorts(oneLine(secret.reason ?? ''))}`,
    broken: `${type}, broken: ${withoutPorts(oneLine(secret.reason ?? ''))}`,
    read: `${type}, ${secret.entries.length === 1 ? '1 entry' : `${secret.entries.length} entries`}`,
  }[secret.state];
  const rows = secret.entries.map((entry) => [
    `${indent}${shownKeyOf(entry.key)}`,
    `user ${shownUser(entry.username) || '(empty)'}`,
    `password ${entry.passwordEmpty ? '(empty)' : '***'}`,
    withoutPorts(oneLine(entry.verdict ?? '')),
  ]);
  const remarks = secret.remarks
    .filter(() => secret.state === 'read')
    .map(
      (remark) =>
        `${indent}${withoutPorts(oneLine(remark.message))}\n${remark.hint ? `${indent}  ${withoutPorts(oneLine(remark.hint))}\n` : ''}`,
    );
  const mend =
    secret.state === 'broken'
      ? secret.remarks.flatMap((problem) => (problem.hint ? [`${indent}${oneLine(problem.hint)}\n`] : []))
      : [];
  return `${head}\n${columns(rows)}${remarks.join('')}${mend.join('')}`;
}

function verdict(image: ExplainedImage, indent: string, pod: string): string {
  if (image.secrets.some((secret) => secret.state === 'broken')) {
    return `${indent}Every pull of ${pod} fails until the broken document is mended.\n`;
  }
  const elsewhere = image.secrets.filter((secret) => secret.state === 'elsewhere').map((secret) => shown(secret.name));
  if (image.credentials.length === 0 && elsewhere.length > 0) {
    return `${indent}No credential is known: what ${elsewhere.join(', ')} will hold decides.\n`;
  }
  if (image.credentials.length === 0) {
    return `${indent}No credential is left: the kubelet pulls anonymously, unless the node has one.\n`;
  }
  const order = image.ambiguous
    ? `${indent}The order changes from run to run: two keys of one Secret come to the same. Remove one of them.\n`
    : '';
  return `${indent}The kubelet tries ${plural(image.credentials.length, 'credential')}, and never anonymously after them:\n${credentialLines(image, indent)}${order}`;
}

/** What every node has on OpenShift is tried behind what the pod has. */
function nodeText(node: ExplainedImage, indent: string): string {
  if (node.error !== undefined) return '';
  const names = node.secrets.map(({ name }) => shown(name)).join(' and ');
  if (node.secrets.some(({ state }) => state === 'elsewhere'))
    return `${indent}Behind that the node offers what ${names} will hold.\n`;
  if (node.credentials.length === 0) return `${indent}The node has none for it in ${names}.\n`;
  return `${indent}Behind that the node offers ${plural(node.credentials.length, 'credential')}:\n${credentialLines(node, indent)}`;
}

function credentialLines({ credentials }: ExplainedImage, indent: string): string {
  const lines = credentials.map((each, index) => {
    const notes = [
      ...(each.blank ? ['user name or password is empty: in effect anonymous'] : []),
      ...(each.overMatch ? ['matches by plain prefix, inside a path segment'] : []),
      ...(each.fallback ? ['the Docker Hub fallback'] : []),
    ];
    return `${indent}${index + 1}. ${shownKeyOf(maskUser(each.key))} of ${shown(each.secret)}, user ${shownUser(each.username) || '(empty)'}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}\n`;
  });
  return lines.join('');
}
