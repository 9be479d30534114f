import { compareText, sortedUnique } from '../names/names.js';
import { comparePlaces } from './object-head.js';
import type { FoundLoan, FoundPod, PodObject, StatedAccount } from './pod-object.js';
import { type Choices, filledChoices, filledTexts, noChoices, overlaid } from './task-parameters.js';
import type { UnusedTemplate } from './unseen-object.js';
import type { Workload } from './workload.js';

/** The pods of all objects. */
export interface SettledPods {
  readonly workloads: readonly Workload[];
  readonly unused: readonly UnusedTemplate[];
}

/**
 * Makes workloads of what objects say about pods. The pods of an object that another one names, such as the Task of a
 * TaskRun, run under the account of the one that names it; objects that only lend count by themselves only where
 * nobody borrows from them, and those of the cluster, of which nobody knows the namespace then, are unused.
 */
export function settlePods(objects: readonly PodObject[]): SettledPods {
  return new PodLoans(objects).settle();
}

class PodLoans {
  readonly #objects: readonly PodObject[];
  readonly #lenders = new Map<string, PodObject>();
  readonly #borrowedFrom = new Set<PodObject>();
  readonly #workloads: Workload[] = [];

  constructor(objects: readonly PodObject[]) {
    this.#objects = objects;
    // Of two of the same name the first by place counts, whatever the order of reading.
    for (const object of [...objects].sort((a, b) => comparePlaces(a.head.place, b.head.place))) {
      const { group, lends, head, pods } = object;
      if (!(lends || pods.some(({ pooled }) => pooled))) continue;
      const key = lenderKey(group, head.kind, lends === 'cluster' ? undefined : head.namespace, head.name);
      if (!this.#lenders.has(key)) this.#lenders.set(key, object);
    }
  }

  settle(): SettledPods {
    for (const object of this.#objects) if (!object.lends) this.#run(object);
    // Pipelines before the Tasks that they name, and in a ring of borrowers the first by name.
    const named = new Set(
      [...this.#lenders.values()].flatMap((lender) =>
        lender.loans.map((loan) => this.#lender(lender, loan, lender.head.namespace)),
      ),
    );
    const idle = this.#objects
      .filter((object) => object.lends === 'namespace')
      .sort((a, b) => Number(named.has(a)) - Number(named.has(b)) || compareText(lenderText(a), lenderText(b)));
    for (const lender of idle) if (!this.#borrowedFrom.has(lender)) this.#run(lender);
    const unused = this.#objects.filter((object) => object.lends === 'cluster' && !this.#borrowedFrom.has(object));
    return { workloads: this.#workloads, unused: unused.flatMap(unusedTemplate) };
  }

  #run(runner: PodObject): void {
    if (runner.lends) this.#borrowedFrom.add(runner);
    const { declared, given } = runner.parameters;
    const known = overlaid(declared, given);
    for (const pod of runner.pods) this.#workloads.push(workloadOf(runner, withParameters(pod, known), pod.task));
    this.#borrow(runner, runner, { known }, new Map([[runner, new Set([taskKey({ known })])]]));
  }

  // The same Task in two tasks of a Pipeline may run under two accounts and with two images, so it is taken once for each.
  #borrow(runner: PodObject, from: PodObject, around: Around, taken: Map<PodObject, Set<string>>): void {
    for (const loan of from.loans) {
      const lender = this.#lender(from, loan, runner.head.namespace);
      if (!lender) continue;
      this.#borrowedFrom.add(lender);
      const task = around.task ?? loan.task;
      const known = overlaid(lender.parameters.declared, filledChoices(loan.given, around.known));
      const within: Around = { known, ...(task !== undefined && { task }) };
      const ways = taken.get(lender) ?? new Set();
      if (ways.has(taskKey(within))) continue;
      taken.set(lender, ways.add(taskKey(within)));
      const effective = { ...runner, stated: statedFor(runner, loan, lender) };
      for (const pod of borrowed(lender, loan))
        this.#workloads.push(workloadOf(effective, withParameters(pod, known), task ?? pod.task, lender));
      this.#borrow(effective, lender, within, taken);
    }
  }

  #lender({ group }: PodObject, loan: FoundLoan, namespace: string | undefined): PodObject | undefined {
    return this.#lenders.get(lenderKey(group, loan.kind, loan.ofCluster ? undefined : namespace, loan.name));
  }
}

function unusedTemplate({ head, pods, parameters }: PodObject): UnusedTemplate[] {
  const known = overlaid(parameters.declared, parameters.given);
  const images = sortedUnique(pods.flatMap((pod) => withParameters(pod, known).images.map(({ image }) => image)));
  const { apiVersion, kind, name, place } = head;
  return images.length === 0
    ? []
    : [{ is: 'unused template', apiVersion, kind, name, ...(place && { place }), images }];
}

/** Facts where an object borrows from others. */
interface Around {
  readonly task?: string;
  /** Its parameters. */
  readonly known: Choices;
}

function taskKey({ task, known }: Around): string {
  return JSON.stringify([task ?? null, ...known]);
}

/** A pod with the values of parameters in its images; one whose values nobody knows stays as it is. */
function withParameters(pod: FoundPod, around: Choices): FoundPod {
  if (!pod.images.some(({ image }) => image.includes('$('))) return pod;
  const { declared, given } = pod.parameters ?? { declared: noChoices, given: noChoices };
  const known = overlaid(around, declared, filledChoices(given, around));
  const images = pod.images.flatMap((use) =>
    (filledTexts(use.image, known) ?? [use.image]).map((image) => ({ ...use, image })),
  );
  return { ...pod, images };
}

function workloadOf(runner: PodObject, pod: FoundPod, task: string | undefined, lender?: PodObject): Workload {
  const { head } = runner;
  const ofTask = task === undefined ? undefined : runner.perTask.get(task);
  const account = [pod.own, ofTask, runner.stated].find((each) => each?.serviceAccount !== undefined)?.serviceAccount;
  const unstated = pod.defaultAccount ?? runner.defaultAccount;
  const { pullSecrets } = withList(pod.own) ?? withList(ofTask) ?? runner.stated;
  // What is borrowed has no place in the manifest of the borrower.
  const own = lender ? undefined : pod;
  const { listPath, namesField } =
    [own?.own, withList(ofTask), runner.stated].find((each) => each?.listPath ?? each?.namesField) ?? {};
  return {
    apiVersion: head.apiVersion,
    kind: head.kind,
    name: head.name,
    ...(head.namespace !== undefined && { namespace: head.namespace }),
    serviceAccount: account ?? unstated.name,
    accountStated: account !== undefined,
    ...(account === undefined && unstated.ownListOnly && { ownListOnly: true }),
    ...(runner.ofCluster && { ofCluster: true }),
    pullSecrets,
    ...(own?.podSpecPlace && { podSpecPlace: own.podSpecPlace }),
    images: pod.images,
    ...(pod.resolveNames && { resolveNames: true }),
    ...(runner.annotations && { annotations: runner.annotations }),
    ...(runner.isLive && head.kind === 'Pod' && { isLive: true }),
    ...(head.place && { place: head.place }),
    ...(own?.templatePath !== undefined && { templatePath: own.templatePath }),
    ...(listPath !== undefined && { listPath }),
    ...(namesField !== undefined && { namesField }),
    ...(lender && { takenFrom: { kind: lender.head.kind, name: lender.head.name } }),
    ...(head.source && { source: head.source }),
  };
}

/** The pods that a field borrows. The template of a pool takes the place of all that its cluster says of them. */
function borrowed({ pods }: PodObject, { ofPool }: FoundLoan): readonly FoundPod[] {
  if (!ofPool) return pods;
  return pods.filter(({ pooled }) => pooled).map((pod) => ({ ...pod, own: { pullSecrets: { names: [] } } }));
}

function statedFor(runner: PodObject, loan: FoundLoan, lender: PodObject): StatedAccount {
  if (loan.own) return { ...runner.stated, ...loan.own };
  return loan.whole ? mergeStated(runner.stated, lender.stated) : runner.stated;
}

// Argo merges the two specs, lists of named entries item by item: workflow/util/merge.go, JoinWorkflowSpec.
function mergeStated(first: StatedAccount, second: StatedAccount): StatedAccount {
  const { names } = first.pullSecrets;
  const further = second.pullSecrets.names.filter((name) => !names.includes(name));
  return { ...second, ...first, pullSecrets: { ...first.pullSecrets, names: [...names, ...further] } };
}

function withList(stated: StatedAccount | undefined): StatedAccount | undefined {
  return stated && stated.pullSecrets.names.length > 0 ? stated : undefined;
}

function lenderText({ head }: PodObject): string {
  return `${head.namespace ?? ''}/${head.kind}/${head.name}`;
}

function lenderKey(group: string, kind: string, namespace: string | undefined, name: string): string {
  return JSON.stringify([group, kind, namespace ?? null, name]);
}
