import { type Built, type Engine, type Form, formsIn } from './engine.js';

/** What became of an engine. */
export type BuildResult = { readonly engine: Engine } & ({ readonly built: Built } | { readonly reason: string });

/**
 * Builds the engines of a form one after the other; each build uses all cores.
 *
 * @param say - takes lines that tell how far it is
 * @param isStopped - true once no further engine is to be built
 */
export async function buildAll(
  engines: readonly Engine[],
  form: Form,
  say: (line: string) => void,
  isStopped: () => boolean = () => false,
): Promise<BuildResult[]> {
  const results: BuildResult[] = [];
  for (const engine of engines.filter((each) => formsIn(form).includes(each.form))) {
    if (!isStopped()) results.push(await buildOne(engine, say));
  }
  return results;
}

async function buildOne(engine: Engine, say: (line: string) => void): Promise<BuildResult> {
  const start = Date.now();
  try {
    const built = await engine.build();
    const seconds = Math.round((Date.now() - start) / 1000);
    say(`${engine.name} ${built.version}: ${seconds < 2 ? 'ready' : `built in ${seconds} s`}`);
    return { engine, built };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`${engine.name}: ${reason}`);
    return { engine, reason };
  }
}

/** True where a run is no success, whatever its tests say. */
export function lacksEngine(results: readonly BuildResult[]): boolean {
  return results.some((result) => 'reason' in result);
}
