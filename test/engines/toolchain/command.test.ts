import { command } from './command.js';

test('it answers what the program wrote, given its input', async () => {
  expect(await command('cat', [], { input: 'text' })).toBe('text');
  expect(await command('sh', ['-c', 'echo $WORD'], { env: { WORD: 'said' } })).toBe('said\n');
});

test('a failure says which command ended how, and the end of what it said', async () => {
  await expect(command('sh', ['-c', 'echo because >&2; exit 3'])).rejects.toThrow(
    'sh -c ended with 3\nsh -c echo because >&2; exit 3\nbecause\n',
  );
  await expect(command('no-such-program', [])).rejects.toThrow('ENOENT');
});

test('a program that does not read its input is no failure', async () => {
  expect(await command('true', [], { input: 'x'.repeat(1_000_000) })).toBe('');
});
