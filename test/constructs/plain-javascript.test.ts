import { type Cluster, PullSecret } from '../../src/index.js';
import { ImagePullError } from '../../src/model/problem/problem.js';
import { inChart } from './in-chart.js';

/** The messages of what the action throws, which is an error of ours. */
function refused(action: (cluster: Cluster) => unknown): string[] {
  try {
    action(inChart().cluster);
    return [];
  } catch (error) {
    if (!ImagePullError.is(error)) throw error;
    return error.message.split('\n');
  }
}

const source = { existing: {} };
// biome-ignore lint/suspicious/noExplicitAny: without a compiler everything is possible
const any = (value: unknown): any => value;
const typed = '[config-wrong-type]';

test.each<[string, (cluster: Cluster) => unknown, ...messages: string[]]>([
  [
    'no props',
    (c) => new PullSecret(c, 'q', any(undefined)),
    `test/prod/pull-secret:q: props.source is missing ${typed}`,
  ],
  [
    'props that are none',
    (c) => new PullSecret(c, 'q', any(5)),
    `test/prod/pull-secret:q: props.source is missing ${typed}`,
  ],
  [
    'a registry that is none',
    (c) => new PullSecret(c, 'q', any({ registries: [undefined], source })),
    `test/prod/pull-secret:q: props.registries.0 is missing ${typed}`,
  ],
  [
    'a source by its name',
    (c) => new PullSecret(c, 'q', any({ registries: ['ghcr'], source: 'existing' })),
    `test/prod/pull-secret:q: props.source must be a mapping, not text ${typed}`,
  ],
  [
    'a choice that is none',
    (c) => new PullSecret(c, 'q', any({ registries: ['ghcr'], source, attachment: { podPolicy: 'kiverno' } })),
    `test/prod/pull-secret:q: props.attachment.podPolicy must be one of kyverno, kyvernoLegacy, native ${typed}`,
    '  did you mean kyverno?',
  ],
  ['a registry without spec', (c) => c.registry('x', any(undefined)), `test/prod: props is missing ${typed}`],
  [
    'labels that are none',
    (c) => c.namespace('x', any({ labels: ['a'] })),
    `test/prod: props.labels must be a mapping, not a list ${typed}`,
  ],
])('%s is refused with its construct path', (_, action, ...messages) => {
  expect(refused(action).filter((line) => !line.includes('props.registries is missing'))).toEqual(messages);
});

test.each([
  [{ kubernetes: 1.35 }, 'props.kubernetes must be text, not a number'],
  [{ share: [] }, 'props.share must be a mapping, not a list'],
])('a cluster with %j is refused with its construct path', (props, message) => {
  expect(() => inChart({}, any(props))).toThrow(`test/prod: ${message} ${typed}`);
});
