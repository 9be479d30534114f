import type { Explanation } from '../app/explain.js';
import type { ExplainedImage, ExplainedSecret } from '../model/keyring/explanation.js';
import { severityOf } from '../model/problem/problem.js';
import { shown, terminalText } from '../model/problem/shown.js';
import type { KnownMessage } from '../model/proof/messages.js';
import type { ProvenImage } from '../model/proof/verdict.js';
import { imageText, secretText } from './explained-image.js';
import { workloadReport } from './explained-pod.js';

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
    case 'messages':
      return terminalText(explanation.messages.map(messageText).join('\n'));
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
      return explanation.workloads.some(
        ({ images, findings }) =>
          images.some(({ proven }) => faults.has(proven.verdict)) ||
          findings.some((each) => severityOf(each) === 'finding'),
      );
    case 'messages':
      return false;
  }
}

/** Verdicts of images that are not pulled, or by chance. */
const faults: ReadonlySet<ProvenImage['verdict']> = new Set<ProvenImage['verdict']>([
  'invalid',
  'blocked',
  'denied',
  'missing',
  'inert',
  'ambiguous',
]);

function messageText({ text, by, means, mend }: KnownMessage): string {
  return `"${text}"\n  said by ${by}\n  ${means}\n${mend.map((each) => `  - ${each}\n`).join('')}`;
}

function isFaulty(image: ExplainedImage): boolean {
  return image.error !== undefined || image.ambiguous || image.secrets.some((secret) => secret.state === 'broken');
}
