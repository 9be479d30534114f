import { Field } from '../field.js';
import type { KeptObject } from '../kept-object.js';
import type { Trail } from '../trail.js';
import { sourceGroup } from './source-ref.js';

/**
 * Follows the FluxInstance of the Flux operator: its `sync` is a source and a Kustomization of one name.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/#sync-configuration
 */
export function followFluxInstance(trail: Trail): void {
  const { object } = trail;
  const sync = object.spec.get('sync');
  if (!sync.isGiven) return;
  const kind = sync.get('kind').text() ?? 'GitRepository';
  const name = sync.get('name').text() ?? object.namespace ?? 'flux-system';
  const make = (group: string, itsKind: string, spec: unknown): KeptObject => ({
    ...object,
    group,
    kind: itsKind,
    name,
    spec: Field.made(spec, sync.place),
    data: Field.made(undefined, undefined),
  });
  trail.made.push(
    make(sourceGroup, kind, { url: sync.get('url').plain(), ref: { name: sync.get('ref').plain() } }),
    make('kustomize.toolkit.fluxcd.io', 'Kustomization', {
      path: sync.get('path').plain(),
      sourceRef: { kind, name },
    }),
  );
}
