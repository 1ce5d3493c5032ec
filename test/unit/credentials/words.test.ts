import { describe, expect, test } from 'vitest';
import { pastedSecret } from '../../../proxy/credentials/check-secret.ts';
import { hintOf } from '../../../proxy/credentials/hint.ts';
import { keychainFailure } from '../../../proxy/credentials/keychain-failure.ts';
import { credentialReference } from '../../../proxy/credentials/reference.ts';
import { CredentialError } from '../../../proxy/credentials/types.ts';
import { CANARY, failureOf, provider } from './support.ts';

describe('the masked form', () => {
  test.each([
    ['sk-0123456789abcdef', 'sk-…cdef'],
    ['0123456789abcdef', '012…cdef'],
    ['0123456789abcde', undefined],
    ['', undefined],
  ])('%s -> %s', (secret, hint) => expect(hintOf(secret)).toBe(hint));
});

describe('where a credential comes from', () => {
  test.each([
    [provider('openai'), { source: 'store', account: 'openai', optional: false }],
    [provider('openai', { credential: 'keychain:shared' }), { source: 'store', account: 'shared', optional: false }],
    [provider('openai', { credential: 'env:OPENAI_API_KEY' }), { source: 'environment', variable: 'OPENAI_API_KEY' }],
    [provider('openai', { credential: 'file:/run/a:b' }), { source: 'file', path: '/run/a:b' }],
    [provider('openai', { credential: 'none' }), { source: 'none' }],
    [provider('sim', { kind: 'simulator' }), { source: 'store', account: 'sim', optional: true }],
    [provider('ollama', { kind: 'ollama' }), { source: 'store', account: 'ollama', optional: true }],
  ])('%o', (config, reference) => expect(credentialReference(config)).toEqual(reference));

  test.each([
    ['http://127.0.0.1:8080/v1', true],
    ['http://localhost:8080/v1', true],
    ['http://[::1]:8080/v1', true],
    ['https://127.0.0.1.example.com/v1', false],
    ['https://api.example.com/v1', false],
  ])('a compatible server at %s works without a key: %s', (baseUrl, optional) => {
    const config = provider('mine', { kind: 'openai-compatible', baseUrl });
    expect(credentialReference(config)).toMatchObject({ optional });
  });
});

describe('what can be stored', () => {
  test('blanks and line ends that come along with a pasted key are dropped', () => {
    expect(pastedSecret(`  ${CANARY}\r\n`)).toBe(CANARY);
  });

  test.each([
    ['nothing', ' \n'],
    ['two lines', `${CANARY}\n${CANARY}`],
    ['a character outside ASCII', `${CANARY}é`],
    ['a control character', `${CANARY}\u0000x`],
    ['a whole file', CANARY.repeat(1_000)],
  ])('%s is refused without being quoted', async (_what, text) => {
    const failure = await failureOf(Promise.resolve().then(() => pastedSecret(text)));
    expect(failure.reason).toBe('invalid');
  });
});

describe("the keychain library's words", () => {
  test.each([
    ['Cannot create an item in a locked collection', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['The given address is empty', 'no_service'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'no_service'],
    ['Could not connect: No such file or directory', 'no_service'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'no_service'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'no_service'],
    ['A default keychain could not be found.', 'no_service'],
    ['Timeout was reached', 'timed_out'],
    ['User canceled the operation.', 'denied'],
    ['something new', 'denied'],
    ['', 'denied'],
  ])('%s -> %s', (words, reason) => expect(keychainFailure(new Error(words)).reason).toBe(reason));

  test('a secret that the library quotes is cut out, and its error is not kept as the cause', async () => {
    const failure = await failureOf(Promise.reject(keychainFailure(new Error(`cannot store ${CANARY} here`), CANARY)));
    expect(failure.message).toContain('[secret]');
    expect(failure.cause).toBeUndefined();
  });

  test('our own failures pass through as they are', () => {
    const failure = new CredentialError('no_library', 'not there');
    expect(keychainFailure(failure)).toBe(failure);
  });
});
