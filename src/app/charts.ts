import type { LoadedConfig } from '../config/load.js';
import type { Workshop } from '../manifests/make.js';
import type { MissingChart } from '../manifests/render/outcome.js';
import { compareText } from '../model/names/names.js';
import type { Problem } from '../model/problem/problem.js';
import { Acknowledged } from './acknowledged.js';
import { makeManifests } from './made-clusters.js';

/** The charts of others that clusters need. */
export interface NeededCharts {
  /** Those that do not lie in the repository, each once. */
  readonly missing: readonly MissingChart[];
  /** Everything else that was found on the way: where it is not empty, further charts may be missing. */
  readonly problems: readonly Problem[];
}

/** Finds the charts of others that entries of workloads lead to and that do not lie in the repository. */
export async function neededCharts(config: LoadedConfig, workshop: Workshop): Promise<NeededCharts> {
  const made = [...(await makeManifests(config, workshop)).values()];
  const missing = new Map(made.flatMap(({ missingCharts }) => missingCharts.map((chart) => [chart.command, chart])));
  const problems = new Map(
    made
      .flatMap((each) => each.problems)
      .filter(({ code }) => code !== 'chart-missing')
      .map((problem) => [JSON.stringify(problem), problem]),
  );
  const acknowledged = new Acknowledged(config.base, config.spec.acknowledge);
  return {
    missing: [...missing.values()].sort((a, b) => compareText(a.command, b.command)),
    problems: [...config.problems, ...acknowledged.problems([...problems.values()])].map(config.locate),
  };
}
