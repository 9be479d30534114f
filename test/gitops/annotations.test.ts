import { gitopsAnnotations } from '../../src/gitops/annotations.js';
import type { ObjectRole } from '../../src/gitops/object-role.js';

const flux = 'kustomize.toolkit.fluxcd.io';
const argo = 'argocd.argoproj.io';
const shared = 'ServerSideApply=true,Prune=false,Delete=false';

test.each<[ObjectRole, Record<string, string>, Record<string, string>]>([
  [
    'namespace',
    { [`${argo}/sync-wave`]: '-5', [`${argo}/sync-options`]: shared, [`${argo}/compare-options`]: 'IgnoreExtraneous' },
    { [`${flux}/prune`]: 'disabled', [`${flux}/ssa`]: 'Merge' },
  ],
  [
    'externalSecret',
    { [`${argo}/sync-wave`]: '-4', [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true' },
    { [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'sourceExternalSecret',
    {
      [`${argo}/sync-wave`]: '-4',
      [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true,Prune=false,Delete=false',
      [`${argo}/compare-options`]: 'IgnoreExtraneous',
    },
    { [`${flux}/prune`]: 'disabled', [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'sourceSecret',
    { [`${argo}/sync-wave`]: '-4', [`${argo}/sync-options`]: shared, [`${argo}/compare-options`]: 'IgnoreExtraneous' },
    { [`${flux}/prune`]: 'disabled', [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'globalExternalSecret',
    {
      [`${argo}/sync-wave`]: '-4',
      [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true,Prune=false,Delete=false',
      [`${argo}/compare-options`]: 'IgnoreExtraneous',
    },
    { [`${flux}/prune`]: 'disabled', [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'globalSecret',
    { [`${argo}/sync-wave`]: '-4', [`${argo}/sync-options`]: shared, [`${argo}/compare-options`]: 'IgnoreExtraneous' },
    { [`${flux}/prune`]: 'disabled', [`${flux}/ssa`]: 'Merge' },
  ],
  [
    'policy',
    {
      [`${argo}/sync-wave`]: '-2',
      [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true,ServerSideApply=true',
    },
    { [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'provider',
    {
      [`${argo}/sync-wave`]: '-5',
      [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true,ServerSideApply=true',
    },
    { [`${flux}/substitute`]: 'disabled' },
  ],
  ['providerAccess', { [`${argo}/sync-wave`]: '-5' }, {}],
  [
    'hubExternalSecret',
    { [`${argo}/sync-wave`]: '-4', [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true' },
    { [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'hubCopy',
    { [`${argo}/sync-wave`]: '-3', [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true' },
    { [`${flux}/substitute`]: 'disabled' },
  ],
  [
    'clusterExternalSecret',
    {
      [`${argo}/sync-wave`]: '-3',
      [`${argo}/sync-options`]: 'SkipDryRunOnMissingResource=true,ServerSideApply=true',
    },
    { [`${flux}/substitute`]: 'disabled' },
  ],
  ['policyRole', { [`${argo}/sync-wave`]: '-5' }, {}],
  ['program', { [`${argo}/sync-wave`]: '-2' }, {}],
  ['programRights', { [`${argo}/sync-wave`]: '-4' }, {}],
  ['secret', { [`${argo}/sync-wave`]: '-4', [`${argo}/sync-options`]: 'ServerSideApply=true' }, {}],
  [
    'defaultAccount',
    { [`${argo}/sync-wave`]: '-3', [`${argo}/sync-options`]: shared, [`${argo}/compare-options`]: 'IgnoreExtraneous' },
    { [`${flux}/prune`]: 'disabled', [`${flux}/ssa`]: 'Merge' },
  ],
  ['account', { [`${argo}/sync-wave`]: '-3', [`${argo}/sync-options`]: 'ServerSideApply=true' }, {}],
  ['grant', { [`${argo}/sync-wave`]: '-3' }, {}],
])('what each engine is told of a %s', (role, argocd, fluxcd) => {
  expect(gitopsAnnotations('argocd', role)).toEqual(argocd);
  expect(gitopsAnnotations('flux', role)).toEqual(fluxcd);
});
