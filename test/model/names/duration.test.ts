import { durationSeconds } from '../../../src/model/names/duration.js';

test.each<[string, number | undefined]>([
  ['0s', 0],
  ['90m', 5400],
  ['1h30m', 5400],
  ['8h0m0s', 28_800],
  ['1.5h', 5400],
  ['500ms', 0.5],
  ['', undefined],
  ['1', undefined],
  ['1d', undefined],
  ['-1h', undefined],
  ['1h 30m', undefined],
  ['2562047h', 9_223_369_200],
  ['2562048h', undefined],
  ['99999999999999999999h', undefined],
])('%j is %p seconds', (text, expected) => {
  expect(durationSeconds(text)).toBe(expected);
});
