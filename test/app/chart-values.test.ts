import { chartValues } from '../../src/app/chart-values.js';

const named = (key = 'imagePullSecrets') => `${key}:\n  - name: a\n  - name: b\n`;

test.each([
  ['no values.yaml at all', undefined, named()],
  ['an empty one', '', named()],
  ['one that cannot be read', 'a: [', named()],
  ['the key that `helm create` makes', 'replicas: 1\nimagePullSecrets: []\n', named()],
  ['a list of maps', 'imagePullSecrets:\n  - name: x\n', named()],
  ['a list of names', 'imagePullSecrets: [x]\n', 'imagePullSecrets:\n  - a\n  - b\n'],
  [
    'a global key with an example of names in front of it',
    'global:\n  ## E.g.\n  ## imagePullSecrets:\n  ##   - myRegistryKeySecretName\n  ##\n  imagePullSecrets: []\nimage:\n  pullSecrets: []\n',
    'global:\n  imagePullSecrets:\n    - a\n    - b\n',
  ],
  [
    'a global key with an example of maps behind it',
    'global:\n  imagePullSecrets: []\n  # - name: "image-pull-secret"\n  priorityClassName: ""\n',
    'global:\n  imagePullSecrets:\n    - name: a\n    - name: b\n',
  ],
  [
    'a global key, which reaches subcharts, before one of its own',
    'imagePullSecrets: []\nglobal:\n  imagePullSecrets: []\n',
    'global:\n  imagePullSecrets:\n    - name: a\n    - name: b\n',
  ],
  [
    'a key below image, as in charts of Bitnami',
    'image:\n  repository: x\n  pullSecrets: []\n',
    'image:\n  pullSecrets:\n    - a\n    - b\n',
  ],
])('the values for a chart with %s', (_, values, expected) => {
  expect(chartValues(values, ['a', 'b'])).toBe(expected);
});
