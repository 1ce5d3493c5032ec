/** Each kind's key header and address, and what it speaks. */
import { expect, suite, test } from 'vitest';
import {
  PROVIDER_KINDS,
  type ProviderConfig,
  type ProviderKind,
  providerConfig,
} from '../../../proxy/contract/config.ts';
import { baseUrlOf, KINDS } from '../../../proxy/providers/kinds.ts';
import { providerOf } from './provider-of.ts';

suite('a key travels in the header of its kind', () => {
  test.each<[ProviderKind, Record<string, string>]>([
    ['openai', { authorization: 'Bearer s' }],
    ['anthropic', { 'x-api-key': 's', 'anthropic-version': '2023-06-01' }],
    ['anthropic-compatible', { 'x-api-key': 's', authorization: 'Bearer s', 'anthropic-version': '2023-06-01' }],
    ['google', { 'x-goog-api-key': 's' }],
    ['simulator', {}],
  ])('%s', (kind, headers) => {
    expect(KINDS[kind].authenticate({}, 's')).toEqual(headers);
    const without = KINDS[kind].authenticate({ a: 'b' }, undefined);
    expect(JSON.stringify(without)).not.toContain('undefined');
    expect(without).toMatchObject({ a: 'b' });
  });
});

suite('where a provider is', () => {
  test.each<[Partial<ProviderConfig> & { kind: ProviderKind }, string | undefined]>([
    [{ kind: 'groq' }, 'https://api.groq.com/openai/v1'],
    [{ kind: 'groq', baseUrl: 'https://proxy.example/groq' }, 'https://proxy.example/groq'],
    [{ kind: 'bedrock', region: 'eu-central-1' }, 'https://bedrock-runtime.eu-central-1.amazonaws.com'],
    [{ kind: 'bedrock', region: 'cn-north-1' }, 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn'],
    [{ kind: 'bedrock', region: 'us-east-1', baseUrl: 'https://vpce.example' }, 'https://vpce.example'],
    [
      { kind: 'anthropic-compatible', baseUrl: 'https://api.deepseek.com/anthropic' },
      'https://api.deepseek.com/anthropic/v1',
    ],
    [{ kind: 'anthropic-compatible', baseUrl: 'https://a.example/v1/' }, 'https://a.example/v1/'],
    [{ kind: 'anthropic', baseUrl: 'https://a.example' }, 'https://a.example'],
  ])('%o', (config, url) => expect(baseUrlOf(providerConfig.parse({ id: 'p', ...config }))).toBe(url));
});

test('every kind of the config is one that can be built, and says what it speaks', () => {
  for (const kind of PROVIDER_KINDS) {
    const provider = providerOf(kind);
    expect(provider.protocols[0]).toBe(provider.protocol);
    expect(KINDS[kind].label).not.toBe('');
    // A person who needs a key is told where one is made.
    expect(KINDS[kind].needsCredential).toBe(KINDS[kind].keysUrl !== undefined);
  }
  expect(providerOf('openai').protocols).toEqual(['openai-chat', 'openai-responses']);
  expect(providerOf('bedrock').listModels).toBeUndefined();
});
