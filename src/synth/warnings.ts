import { stderr } from 'node:process';
import type { IConstruct } from 'constructs';
import { Cluster } from '../constructs/cluster.js';
import { type Problem, problemText, severityOf } from '../model/problem/problem.js';
import { terminalText } from '../model/problem/shown.js';

/** Prints the warnings of clusters and their pull secrets on standard error, as the command line does; each only once. */
export class PrintedWarnings {
  readonly #printed = new Set<Problem>();

  print(constructs: readonly IConstruct[]): void {
    for (const problem of constructs.filter(Cluster.isCluster).flatMap(warningsOf)) {
      if (this.#printed.has(problem)) continue;
      this.#printed.add(problem);
      stderr.write(`${severityOf(problem)}: ${terminalText(problemText(problem))}\n`);
    }
  }
}

function warningsOf(cluster: Cluster): readonly Problem[] {
  return [...cluster.warnings, ...cluster.pullSecrets.flatMap(({ warnings }) => warnings)];
}
