import type { Engine } from '../engine.js';
import { GoModule } from '../toolchain/go-module.js';

const upstream = 'sigs.k8s.io/kustomize/kustomize/v5';
const goModule = new GoModule('kustomize');

/** The command that builds overlays. */
export const kustomizeEngine: Engine = {
  name: 'kustomize',
  form: 'quick',
  build: () => goModule.build(upstream, [upstream]),
};
