import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/config/load.js';
import { placeOf, problemText, severityOf } from '../../src/model/problem/problem.js';
import { emptyFolder } from '../support.js';

const key = JSON.stringify({ type: 'service_account', private_key: 'hunter2\n' }, null, 2);

/** The plaintext source of a config, read, and its errors as text. */
function read(
  plaintext: string,
  files: Readonly<Record<string, string | Buffer>>,
): { password: unknown; errors: string } {
  const base = emptyFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(base, name), content);
  mkdirSync(join(base, 'folder'));
  const text = `version: 1\nregistries: { r: { host: r.io } }\npullSecrets:\n  p: { registries: [r], source: {\n    plaintext: ${plaintext} } }\nclusters: { prod: {} }\n`;
  const { spec, problems } = parseConfig(text, 'c.yaml', base);
  const errors = problems.filter((problem) => severityOf(problem) === 'error');
  expect(errors.every((problem) => placeOf(problem)?.line === 5)).toBe(true);
  return { password: spec.pullSecrets?.p?.source.plaintext?.password, errors: errors.map(problemText).join('\n') };
}

const accepted = 'acceptPlaintextInGit: true, username: bob';

test.each([
  ['a line', 'hunter2\n', 'hunter2'],
  ['a line with the line end of Windows', 'hunter2\r\n', 'hunter2'],
  ['a text without line end', 'hunter2', 'hunter2'],
  ['spaces, which may be part of it', ' hunter2 \n', ' hunter2 '],
  ['a byte order mark', '\ufeffhunter2\n', 'hunter2'],
  ['a key of a service account', `${key}\n`, key],
])('the password is that of the file: %s', (_what, content, password) => {
  const plaintext = `{ ${accepted}, passwordFile: token.txt }`;
  expect(read(plaintext, { 'token.txt': content })).toEqual({ password, errors: '' });
});

test.each([
  ['lines', 'hunter2\nhunter3\n', 'what passwordFile names holds several lines'],
  ['two line ends', 'hunter2\n\n', 'what passwordFile names holds several lines'],
  ['nothing', '\n', 'what passwordFile names is empty'],
  ['bytes that are no text', Buffer.from([0xff, 0x00]), 'what passwordFile names is not UTF-8 text'],
])('a file with %s is refused once, and its content not shown', (_what, content, message) => {
  const { password, errors } = read(`{ ${accepted}, passwordFile: token.txt }`, { 'token.txt': content });
  expect(errors.split('\n')[0]).toContain(message);
  expect(errors).not.toContain('hunter');
  expect(password).toBeUndefined();
  expect(errors).not.toContain('password is missing');
});

test.each([
  ['hunter2', 'what passwordFile names does not exist'],
  ['folder', 'what passwordFile names is not a file'],
])('passwordFile: %s is refused and not shown, as it may be the password', (file, message) => {
  const { errors } = read(`{ ${accepted}, passwordFile: ${file} }`, {});
  expect(errors).toContain(message);
  expect(errors).not.toMatch(/hunter2|: folder/);
});

test.each([
  ['passwordFile: t, password: hunter2', 'password and passwordFile exclude each other'],
  ['passwordFile: t, file: d.json', 'file and literals exclude each other'],
  ['password: "hunter2\\n"', 'in YAML write |- in place of |'],
])('%s is refused', (keys, message) => {
  const { errors } = read(`{ ${accepted}, ${keys} }`, { t: 'hunter2', 'd.json': '{"auths":{}}' });
  expect(errors).toContain(message);
  expect(errors).not.toContain('hunter2');
});

test('a file is read only where plain text was accepted', () => {
  const { errors } = read('{ username: bob, passwordFile: gone }', {});
  expect(errors).toContain('[plaintext-not-accepted]');
  expect(errors).not.toContain('does not exist');
});
