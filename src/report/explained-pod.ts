import type { ExplainedContainer, ExplainedWorkload } from '../app/explained-workload.js';
import { severityOf } from '../model/problem/problem.js';
import { shown, shownKeyOf } from '../model/problem/shown.js';
import { oneLine } from '../model/problem/terminal-text.js';
import { imageText, nodeText, providerText } from './explained-image.js';

/** A pod with its list, its images, what mends it and what has still to run. */
export function workloadReport(workload: ExplainedWorkload): string {
  const { title, pod, images, accountOnly, findings } = workload;
  const list = pod.list.names.map(({ name }) => shown(name) || '""').join(', ') || 'empty';
  const texts = images.map((each) => containerText(each));
  const misses = nearMisses(images);
  const mended = findings.filter(
    (each) => severityOf(each) === 'finding' && !(misses.length > 0 && each.code === 'access-unknown'),
  );
  const mends = new Set(mended.flatMap(({ hint }) => hint ?? []));
  const lines = [
    ...misses.map((each) => `Mend: ${each}\n`),
    ...[...mends].map((hint) => `Mend: ${oneLine(hint)}\n`),
    ...(workload.pending.length > 0
      ? [
          `This is so once ${workload.pending.join(' and ')} ${workload.pending.length > 1 ? 'have' : 'has'} run and what they write is applied.\n`,
        ]
      : []),
    ...(accountOnly.length > 0
      ? [
          `Note: its service account also lists ${shown(accountOnly.join(', '))}. A pod with a list of its own takes nothing from its account.\n`,
        ]
      : []),
    ...(workload.fresh.length > 0
      ? [
          `Note: by the config a new pod lists ${shown(workload.fresh.join(', '))} too. A pod keeps the list that it was created with: delete it and it is made again with the new one.\n`,
        ]
      : []),
  ];
  return `${oneLine(title)}\n  pull secrets: ${list} (${listSource(workload)})\n${texts.join('')}${lines.join('')}`;
}

/** Entries of the right host whose path is another one, where nothing else is offered. */
function nearMisses(images: readonly ExplainedContainer[]): string[] {
  const texts = images.flatMap(({ proven, image }) =>
    proven.credentials.length > 0
      ? []
      : image.secrets.flatMap(({ name, entries }) =>
          entries
            .filter(({ verdict: why }) => why?.endsWith('(path prefix)'))
            .map(
              ({ key }) =>
                `the entry ${shownKeyOf(key)} of ${shown(name)} is for another path than ${shown(image.name)}: correct the one or the other`,
            ),
        ),
  );
  return [...new Set(texts)];
}

/** Where the list of a pod comes from. */
function listSource({ pod, pending }: ExplainedWorkload): string {
  const { list, workload } = pod;
  const isOwn = list.from === 'pod' || workload.isLive === true;
  const account = `service account ${shown(workload.serviceAccount)}${list.account ? '' : ', which is not among the manifests'}`;
  const policies = list.names.flatMap(({ by }) => (typeof by === 'string' ? [] : [shown(`${by.kind} ${by.name}`)]));
  const added = policies.length > 0 ? `, and what ${[...new Set(policies)].join(', ')} adds` : '';
  return `${isOwn ? "the pod's own list" : account}${added}${pending.length > 0 ? ', with what synth gives' : ''}`;
}

function containerText({ proven, image, node }: ExplainedContainer): string {
  const head = `container ${shown(proven.use.container)}   image`;
  const told = imageText(image, head, '  ', 'the pod', proven);
  if (proven.verdict === 'blocked') return told;
  return `${told}${node ? nodeText(node, '    ') : ''}${providerText(proven, '    ')}`;
}
