/** The code that only some runs need. */
interface Modules {
  './commands/init.js': typeof import('./commands/init.js');
  './commands/synth.js': typeof import('./commands/synth.js');
  './commands/attach.js': typeof import('./commands/attach.js');
  './commands/verify.js': typeof import('./commands/verify.js');
  './commands/plan.js': typeof import('./commands/plan.js');
  './commands/explain.js': typeof import('./commands/explain.js');
  './commands/seal.js': typeof import('./commands/seal.js');
  './commands/charts.js': typeof import('./commands/charts.js');
  './commands/schema.js': typeof import('./commands/schema.js');
  './prompt.js': typeof import('./prompt.js');
  './failure.js': typeof import('./failure.js');
  '../sealing/clock.js': typeof import('../sealing/clock.js');
  './stdin.js': typeof import('./stdin.js');
}

/** A function whose code is loaded when it is called for, so that help is quick. */
export function load<M extends keyof Modules, F extends keyof Modules[M]>(path: M, name: F): Modules[M][F] {
  return (require(path) as Modules[M])[name];
}
