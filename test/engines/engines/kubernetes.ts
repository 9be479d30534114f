import type { Engine } from '../engine.js';
import { noteRan, programPath, workFolder } from '../session.js';
import { command } from '../toolchain/command.js';
import { GoModule } from '../toolchain/go-module.js';

const upstream = 'k8s.io/kubernetes';
const goModule = new GoModule('kubernetes', (version) => `-X k8s.io/component-base/version.gitVersion=${version}`);

/** API server, controller manager and kubectl; `ControlPlane` starts them. */
export const kubernetes: Engine = {
  name: 'Kubernetes (API server, controller manager, kubectl)',
  form: 'quick',
  build: () =>
    goModule.build(upstream, [
      `${upstream}/cmd/kube-apiserver`,
      `${upstream}/cmd/kube-controller-manager`,
      `${upstream}/cmd/kubectl`,
    ]),
};

/** Runs kubectl, without a cluster where no flag names one, and answers its standard output. */
export function kubectl(...args: string[]): Promise<string> {
  noteRan(kubernetes);
  const home = workFolder('kubectl');
  return command(programPath('kubectl'), args, { env: { HOME: home, KUBECONFIG: '' } });
}
