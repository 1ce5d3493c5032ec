import { describe, expect, it } from 'vitest';
import type { Call } from '../../../proxy/core/call.ts';
import type { Part } from '../../../proxy/core/part.ts';
import { matchesPattern } from '../../../proxy/core/patterns.ts';
import { needsOf } from '../../../proxy/routing/needs.ts';
import { isPrivate } from '../../../proxy/routing/privacy.ts';
import { otherTiers } from '../../../proxy/routing/tiers.ts';
import { call, NO_NEEDS, type ProviderFacts, provider } from './support/fixtures.ts';

describe('a pattern', () => {
  const rows: [pattern: string | string[], text: string, matches: boolean][] = [
    ['openai/gpt-4o', 'openai/gpt-4o', true],
    ['openai/gpt-4o', 'openai/gpt-4o-mini', false],
    ['openai/*', 'openai/gpt-4o', true],
    ['openai/*', 'openai/', true],
    ['openai/*', 'azure/openai/x', false],
    ['*', '', true],
    ['*-mini', 'gpt-4o-mini', true],
    ['*-mini', 'gpt-4o-mini-2', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a1b2b3c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['a*a', 'a', false],
    ['*b*b*', 'b', false],
    ['a*bc*c', 'abc', false],
    ['a.c', 'abc', false],
    ['A*', 'abc', false],
    [['x', 'o*'], 'openai', true],
    [['x', 'o*'], 'x', true],
    [['x', 'o*'], 'y', false],
  ];
  it.each(rows)('%j and "%s": %s', (pattern, text, matches) => expect(matchesPattern(pattern, text)).toBe(matches));

  it('with a thousand stars is over at once', () => {
    expect(matchesPattern(`${'a*'.repeat(500)}b`, 'a'.repeat(20_000))).toBe(false);
  });
});

describe('a private target', () => {
  const rows: [what: string, facts: ProviderFacts, modelId: string, isPrivate: boolean][] = [
    ['a provider that says nothing', {}, 'm', false],
    ['a provider that retains nothing', { retention: 'none' }, 'm', true],
    ['the simulator', { kind: 'simulator', url: '' }, 'echo', true],
    ['a server on this machine', { url: 'http://127.0.0.1:9/v1' }, 'm', true],
    ['a server on this machine by name', { url: 'http://localhost:9/v1' }, 'm', true],
    ['a server on this machine, IPv6', { url: 'http://[::1]:9/v1' }, 'm', true],
    ['a server in the network', { url: 'http://192.168.1.4/v1' }, 'm', false],
    ['Ollama in the network', { kind: 'ollama', url: 'http://192.168.1.4:11434/v1' }, 'm', true],
    ['LM Studio in the network', { kind: 'lmstudio', url: 'http://studio.local:1234/v1' }, 'm', true],
    ['Ollama in the cloud', { kind: 'ollama', url: 'https://ollama.com/v1' }, 'm', false],
    ['what Ollama passes on', { kind: 'ollama', url: 'http://127.0.0.1:11434/v1' }, 'gpt-oss:120b-cloud', false],
    ['a name that only looks like this machine', { url: 'https://127.0.0.1.example.com/v1' }, 'm', false],
    ['no address', { url: 'nonsense' }, 'm', false],
  ];
  it.each(rows)('%s: %#', (_what, facts, modelId, expected) => {
    expect(isPrivate({ provider: provider('p', facts), modelId, info: undefined })).toBe(expected);
  });

  it('is none where a local server says that the model runs elsewhere', () => {
    const ollama = provider('ollama', { kind: 'ollama', url: 'http://127.0.0.1:11434/v1' });
    expect(isPrivate({ provider: ollama, modelId: 'm', info: { id: 'm', runsElsewhere: true } })).toBe(false);
  });
});

describe('other tiers', () => {
  it('are those above, the nearest first, then those below', () => {
    expect(otherTiers('economy')).toEqual(['standard', 'premium']);
    expect(otherTiers('standard')).toEqual(['premium', 'economy']);
    expect(otherTiers('premium')).toEqual(['standard', 'economy']);
  });
});

describe('what a call needs', () => {
  const source = { kind: 'base64', mediaType: 'x/y', data: '' } as const;
  const said = (...parts: readonly Part[]): Partial<Call> => ({ messages: [{ role: 'user', parts }] });
  const tool = { kind: 'function', name: 'f' } as const;
  const rows: [what: string, facts: Partial<Call>, needs: string[]][] = [
    ['text', said({ kind: 'text', text: 'image tools' }), []],
    ['an image', said({ kind: 'image', source }), ['images']],
    ['sound', said({ kind: 'audio', source }), ['audio']],
    ['sound with its words', said({ kind: 'audio', source, transcript: 'words' }), []],
    ['a PDF', said({ kind: 'file', source }), ['documents']],
    ['a plain document', said({ kind: 'file', text: 'words' }), []],
    ['a tool', { tools: [tool] }, ['tools']],
    ['a call in the history', said({ kind: 'tool-call', id: '1', name: 'f', arguments: '{}' }), ['tools']],
    [
      'an image in a result',
      said({ kind: 'tool-result', callId: '1', parts: [{ kind: 'image', source }] }),
      ['tools', 'images'],
    ],
    ['a schema', { output: { kind: 'schema', schema: {} } }, ['structuredOutput']],
    ['any JSON', { output: { kind: 'json' } }, []],
    ['thinking', said({ kind: 'reasoning', text: 'hm' }, { kind: 'refusal', text: 'no' }), []],
  ];
  it.each(rows)('%s', (_what, facts, needs) => {
    expect(needsOf(call('', facts))).toEqual({ ...NO_NEEDS, ...Object.fromEntries(needs.map((need) => [need, true])) });
  });
});
