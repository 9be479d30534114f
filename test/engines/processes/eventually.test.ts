import { eventually } from './eventually.js';

test('it asks until there is an answer; an error is none', async () => {
  let asked = 0;
  const answer = eventually(async () => {
    asked += 1;
    if (asked === 1) throw new Error('too early');
    return asked === 3 ? 'now' : undefined;
  });
  expect(await answer).toBe('now');
});

test('at the end of its patience it says the last error, and what else is known', async () => {
  const never = async () => {
    throw new Error('still not there');
  };
  await expect(eventually(never, { seconds: 0, otherwise: () => 'the log' })).rejects.toThrow(
    'not after 0 seconds: still not there\nthe log',
  );
});

test('it does not wait for what cannot come', async () => {
  const waiting = eventually(async () => undefined, { hopeless: () => 'the program ended' });
  await expect(waiting).rejects.toThrow('the program ended');
});
