import type { Need, PullReason } from '../model/needs/need.js';
import { pullText } from '../model/needs/puller-text.js';
import { type ModelPath, type Place, placeText } from '../model/problem/problem.js';

/** Where a path of the spec stands in the config file. */
export type PlaceOf = (path: ModelPath) => Place | undefined;

/** Why something is needed, a line each. */
export function reasons(needs: readonly Need[], placeOf: PlaceOf): string[] {
  return needs.map(({ why, pullSecret, registries }) => {
    const opens = `${pullSecret.name} opens ${registries.map((registry) => registry.repository).join(', ')}`;
    return 'byHand' in why ? `    said by hand at ${byHandText(why.byHand, placeOf)}` : `${reason(why)}; ${opens}`;
  });
}

/** Why something is pulled. */
export function reason(why: PullReason): string {
  const { place } = why.image;
  return `    ${pullText(why)}${place ? ` (${placeText(place)})` : ''}`;
}

/** The place of something that the config says. */
export function byHandText(path: ModelPath, placeOf: PlaceOf): string {
  const place = placeOf(path);
  return place ? placeText(place) : path.join('.');
}
