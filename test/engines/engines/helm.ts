import type { Engine } from '../engine.js';
import { GoModule } from '../toolchain/go-module.js';

const upstream = 'helm.sh/helm/v3';
// Without it helm calls itself by the first two numbers alone.
const goModule = new GoModule('helm', (version) => `-X ${upstream}/internal/version.version=${version}`);

/** The command that renders charts. It takes longer to build than the rest of what is about rendering. */
export const helmEngine: Engine = {
  name: 'Helm',
  form: 'full',
  build: () => goModule.build(upstream, [`${upstream}/cmd/helm`]),
};
