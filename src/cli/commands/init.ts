import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { initialConfig } from '../../app/init.js';
import { ImagePullError } from '../../model/problem.js';
import { columns } from '../formats/columns.js';
import { plural, problemsReport, visible } from '../formats/problems.js';
import type { ExitCode, Io } from '../io.js';

/** Reads manifests, writes a config that fits them, and says what it saw. */
export function init(paths: readonly string[], options: { readonly config: string }, io: Io): ExitCode {
  const file = resolve(io.cwd, options.config);
  if (existsSync(file)) {
    throw new ImagePullError({
      code: 'usage',
      message: `${options.config} exists already`,
      hint: 'change it by hand, or name another file with --config',
    });
  }
  const { discovery, registries, text } = initialConfig(io.cwd, paths.length > 0 ? paths : ['.'], options.config);
  const { inventory } = discovery;
  const namespaces = new Set(inventory.workloads.flatMap((workload) => workload.namespace ?? []));
  const images = new Set(inventory.workloads.flatMap((workload) => workload.images.map((image) => image.image)));
  io.err(problemsReport(discovery.leftOut.map((problem) => ({ ...problem, message: `left out: ${problem.message}` }))));
  io.out(
    `Read ${plural(inventory.files, 'file')}${discovery.paths.length > 0 ? ` in ${discovery.paths.join(', ')}` : ''}: ` +
      `${plural(inventory.workloads.length, 'workload')} in ${plural(namespaces.size, 'namespace')}, ` +
      `${plural(images.size, 'image')} from ${registries.length === 1 ? '1 registry' : `${registries.length} registries`}.\n`,
  );
  io.out(visible(columns(registries.map((registry) => row(registry, text)))));
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch {
    throw new ImagePullError({ code: 'output-not-writable', message: `${options.config} cannot be written` });
  }
  io.out(`Wrote ${options.config}. Next: say where the credentials live, then run synth.\n`);
  return 0;
}

function row(registry: ReturnType<typeof initialConfig>['registries'][number], text: string): string[] {
  const line = text.split('\n').findIndex((each) => each.startsWith(`  ${registry.name}-pull:`)) + 1;
  const remark = {
    private: line > 0 ? `which credential? (line ${line})` : '',
    optional: 'anonymous pulls are rate-limited',
    public: '',
  }[registry.access];
  return [`  ${registry.repository}`, plural(registry.images, 'image'), `access: ${registry.access}`, remark];
}
