import { format, inspect } from 'node:util';
import { SecretValue } from '../../../src/model/docker-config/secret-value.js';

const secret = SecretValue.of('marker-value');

test('a secret value gives itself out only when it is asked to', () => {
  expect(secret.reveal()).toBe('marker-value');
});

test.each([
  ['a template', `${secret}`],
  ['String', String(secret)],
  ['JSON', JSON.stringify({ secret })],
  ['inspect', inspect({ nested: [secret] }, { depth: null, showHidden: true })],
  ['format', format('%s %o %j', secret, secret, secret)],
  ['an error message', new Error(`no ${secret}`).message],
  ['concatenation', `a${secret}b`],
])('%s shows the mask', (_, text) => {
  expect(text).toContain('***');
  expect(text).not.toContain('marker');
});

test('a secret value has no key to enumerate', () => {
  expect(Object.keys(secret)).toEqual([]);
  expect({ ...secret }).toEqual({});
});

test('two secret values are equal when they hold the same', () => {
  expect(secret.equals(SecretValue.of('marker-value'))).toBe(true);
  expect(secret.equals(SecretValue.of('other'))).toBe(false);
});

test('only the empty value is empty', () => {
  expect(SecretValue.of('').isEmpty).toBe(true);
  expect(secret.isEmpty).toBe(false);
  expect(SecretValue.of(' ').isEmpty).toBe(false);
});
