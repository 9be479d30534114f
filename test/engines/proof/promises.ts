import type { KubeObject } from '../cluster/kube-object.js';
import { kubeletText, type PodFound, provenText } from './against-reality.js';

/** The seed of a run, which its titles print. */
export const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Every pod has the list that was proven, and the kubelet's code finds for its images what was proven. */
export function proofSentences(title: string, least: number, found: () => readonly PodFound[]): void {
  test(`${title}: the lists of all pods are as proven (SEED=${seed})`, () => {
    expect(found().length).toBeGreaterThanOrEqual(least);
    for (const { name, real, proven } of found()) {
      const names = proven.map((each) => each.name);
      const added = proven.filter(({ by }) => typeof by !== 'string').map((each) => each.name);
      const rest = (list: readonly string[]) => list.filter((each) => !added.includes(each));
      expect([name, [...names].sort(), rest(names)]).toEqual([name, [...real].sort(), rest(real)]);
      // The order among several policies is not defined.
      if (added.length === 1) expect([name, names]).toEqual([name, real]);
    }
  });

  test(`${title}: the kubelet's code finds for every image what was proven (SEED=${seed})`, () => {
    for (const pod of found())
      for (const [index, image] of pod.images.entries())
        expect([pod.name, image.use.image, provenText(image)]).toEqual([
          pod.name,
          image.use.image,
          kubeletText(pod, index),
        ]);
  });

  test(`${title}: nothing was unknown, and answers differ (SEED=${seed})`, () => {
    expect(found().flatMap(({ images }) => images.flatMap(({ pod }) => pod.list.unknown))).toEqual([]);
    const verdicts = new Set(found().flatMap(({ images }) => images.map(({ verdict }) => verdict)));
    // Which verdicts come up is for the seed to say; a run that sees one or two has generated nothing of use.
    expect(verdicts.size).toBeGreaterThanOrEqual(3);
  });
}

/** The kinds that the proof reads. */
export function isRead({ kind }: KubeObject): boolean {
  return !/^ClusterRole/.test(kind);
}
