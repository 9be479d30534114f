import { maskUser } from '../model/docker-config/docker-config-entry.js';
import type { ExplainedImage, ExplainedSecret } from '../model/keyring/explanation.js';
import { shown, shownKeyOf, shownReason, shownUser, withoutPorts } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import type { ProvenImage } from '../model/proof/verdict.js';
import { columns } from './columns.js';
import { plural } from './problems.js';

/** An image, the Secrets that count for it, and what the kubelet makes of them. */
export function imageText(
  image: ExplainedImage,
  label: string,
  indent: string,
  pod: string,
  proven?: ProvenImage,
): string {
  const head = `${indent}${label} ${shown(image.image)}`;
  if (image.error !== undefined)
    return `${head}\n${indent}  InvalidImageName: ${shownReason(image.error, image.image)}\n`;
  const secrets = image.secrets.map(
    (secret) => `${indent}  ${shown(secret.name)}: ${secretText(secret, `${indent}      `)}`,
  );
  return `${head}   looked up as ${image.name}\n${secrets.join('')}${verdict(image, `${indent}  `, pod, proven)}`;
}

/** Tells what is inside of a Secret, and what is worth knowing of it. */
export function secretText(secret: ExplainedSecret, indent: string): string {
  const type = shown(secret.type);
  const head = {
    missing: 'not there: the kubelet goes on without it',
    elsewhere: `made in the cluster by ${withoutPorts(oneLine(secret.madeBy ?? secret.reason ?? ''))}: its value is not here`,
    skipped: `${skippedHead(secret, type)}, skipped in silence: ${withoutPorts(oneLine(secret.reason ?? ''))}`,
    broken: `${type}, broken: ${withoutPorts(oneLine(secret.reason ?? ''))}`,
    read: `${type}, ${secret.entries.length === 1 ? '1 entry' : `${secret.entries.length} entries`}`,
  }[secret.state];
  const rows = secret.entries.map((entry) => [
    `${indent}${shownKeyOf(entry.key)}`,
    ...(secret.state === 'elsewhere'
      ? ['user and password are not here']
      : [`user ${shownUser(entry.username) || '(empty)'}`, `password ${entry.passwordEmpty ? '(empty)' : '***'}`]),
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

function skippedHead({ madeBy }: ExplainedSecret, type: string): string {
  return madeBy === undefined ? type : `made in the cluster by ${withoutPorts(oneLine(madeBy))}`;
}

/** The answers that no look at the Secrets of the pod gives. */
function internalText({ verdict: answer, pod: { workload, list } }: ProvenImage, indent: string): string | undefined {
  const account = shown(workload.serviceAccount);
  if (answer === 'denied')
    return `${indent}OpenShift's registry refuses: no binding lets service account ${account} pull from that project.\n`;
  if (answer === 'missing' && list.from === 'pod')
    return `${indent}No credential is left: a pod with a list of its own lacks the one that OpenShift gives its service account.\n`;
  return answer === 'assumed'
    ? `${indent}OpenShift's registry takes the token that it gives service account ${account}.\n`
    : undefined;
}

function verdict(image: ExplainedImage, indent: string, pod: string, proven?: ProvenImage): string {
  const internal = proven?.access === 'internal' ? internalText(proven, indent) : undefined;
  if (internal !== undefined) return internal;
  if (image.secrets.some((secret) => secret.state === 'broken')) {
    return `${indent}Every pull of ${pod} fails until the broken document is mended.\n`;
  }
  const elsewhere = image.secrets
    .filter(({ state, entries }) => state === 'elsewhere' && entries.length === 0)
    .map(({ name }) => shown(name));
  if (image.credentials.length === 0 && elsewhere.length > 0) {
    return `${indent}No credential is known: what ${elsewhere.join(', ')} will hold decides.\n`;
  }
  if (image.credentials.length === 0) {
    return `${indent}No credential is left: the kubelet pulls anonymously, unless the node has one.\n`;
  }
  const order = image.ambiguous
    ? `${indent}The order changes from run to run: two keys of one Secret come to the same. Remove one of them.\n`
    : '';
  const count = plural(image.credentials.length, 'credential');
  const isElsewhere = image.credentials.every(({ secret }) => isMadeElsewhere(image, secret));
  const said = isElsewhere
    ? `The kubelet tries ${count}, with values that are made elsewhere:`
    : `The kubelet tries ${count}, and never anonymously after them:`;
  return `${indent}${said}\n${credentialLines(image, indent)}${order}`;
}

function isMadeElsewhere({ secrets }: ExplainedImage, name: string): boolean {
  return secrets.some((secret) => secret.name === name && secret.state === 'elsewhere');
}

/** Text for the node: what every node has on OpenShift is tried behind what the pod has. */
export function nodeText(node: ExplainedImage, indent: string): string {
  if (node.error !== undefined) return '';
  const namesOf = (secrets: ExplainedImage['secrets']) => secrets.map(({ name }) => shown(name)).join(' and ');
  if (node.credentials.length > 0)
    return `${indent}Behind that the node offers ${plural(node.credentials.length, 'credential')}:\n${credentialLines(node, indent)}`;
  const unread = node.secrets.filter(({ state, entries }) => state === 'elsewhere' && entries.length === 0);
  if (unread.length > 0) return `${indent}Behind that the node offers what ${namesOf(unread)} will hold.\n`;
  return `${indent}The node has none for it in ${namesOf(node.secrets)}.\n`;
}

/** Text for the credential providers of the kubelet, which are asked last. */
export function providerText({ credentials }: ProvenImage, indent: string): string {
  const names = credentials.filter(({ from }) => from === 'provider').map(({ secret }) => shown(secret));
  return names.length === 0 ? '' : `${indent}Behind that the kubelet asks ${names.join(', ')}.\n`;
}

function credentialLines(image: ExplainedImage, indent: string): string {
  const lines = image.credentials.map((each, index) => {
    const notes = [
      ...(each.blank ? ['user name or password is empty: in effect anonymous'] : []),
      ...(each.overMatch ? ['matches by plain prefix, inside a path segment'] : []),
      ...(each.fallback ? ['the Docker Hub fallback'] : []),
    ];
    const user = isMadeElsewhere(image, each.secret) ? '' : `, user ${shownUser(each.username) || '(empty)'}`;
    return `${indent}${index + 1}. ${shownKeyOf(maskUser(each.key))} of ${shown(each.secret)}${user}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}\n`;
  });
  return lines.join('');
}
