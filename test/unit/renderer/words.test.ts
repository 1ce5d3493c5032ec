import { describe, expect, it } from 'vitest';
import { healthWords } from '../../../renderer/src/pages/providers/health-words.ts';
import {
  caller,
  extraWords,
  providerProtocol,
  routeWords,
  servedName,
  wasNotCharged,
} from '../../../renderer/src/request/request-words.ts';
import { shortcutStep } from '../../../renderer/src/shell/shortcut-steps.ts';
import { provider, request } from './views.ts';

describe('request words', () => {
  it('names the target once, whether or not the model carries its provider', () => {
    expect(servedName(request('a', { provider: 'sim', modelServed: 'echo' }))).toBe('sim/echo');
    expect(servedName(request('a', { provider: 'sim', modelServed: 'sim/echo' }))).toBe('sim/echo');
    expect(servedName(request('a'))).toBeUndefined();
  });

  it.each([
    [{ modelAsked: 'sim/echo', provider: 'sim', modelServed: 'echo' }, 'as asked'],
    [{ modelAsked: 'auto', provider: 'sim', modelServed: 'echo', attempts: 2 }, '→ sim/echo, 2 attempts'],
    [{ state: 'refused', errorCode: 'kill_switch' }, 'kill_switch'],
    [{ state: 'running' }, 'choosing a target'],
  ] as const)('%j is routed "%s"', (more, words) => expect(routeWords(request('a', more))).toBe(words));

  it.each([
    [undefined, undefined],
    [{ inputTokens: 5 }, undefined],
    [{ webSearches: 1, webFetches: 0 }, '1 web search'],
    [{ webSearches: 2, audioInputTokens: 300, imageOutputTokens: 0 }, '2 web searches · 300 tokens of audio heard'],
    [{ otherToolUses: 1, audioInputSeconds: 1 }, '1 use of another tool of the provider · 1 second of audio heard'],
  ] as const)('%j beside the text is "%s"', (usage, words) => expect(extraWords(usage)).toBe(words));

  it('names the provider’s protocol only where the call was translated', () => {
    const asked = request('a', { protocol: 'openai-chat' });
    expect(providerProtocol(asked)).toBeUndefined();
    expect(providerProtocol({ ...asked, providerProtocol: 'openai-chat' })).toBeUndefined();
    expect(providerProtocol({ ...asked, providerProtocol: 'anthropic-messages' })).toBe('Anthropic Messages');
    expect(providerProtocol({ ...asked, providerProtocol: 'new-one' })).toBe('new-one');
  });

  it('says who called by the tool, then the program, then the key', () => {
    expect(caller(request('a', { client: 'cline', accessKeyId: 'k' }))).toEqual({ name: 'cline', detail: 'k' });
    expect(caller(request('a', { client: 'cline', process: 'node' })).name).toBe('cline');
    expect(caller(request('a', { process: 'python3', accessKeyId: 'k' }))).toEqual({ name: 'python3', detail: 'k' });
    expect(caller(request('a', { accessKeyId: 'k' })).name).toBe('k');
    expect(caller(request('a')).name).toBe('No access key');
  });

  it('tells "not charged" from a cost nobody knows', () => {
    expect(wasNotCharged(request('a', { state: 'refused' }))).toBe(true);
    expect(wasNotCharged(request('a', { state: 'failed', certainty: 'unknown' }))).toBe(false);
    expect(wasNotCharged(request('a', { state: 'running' }))).toBe(false);
  });
});

describe('health words', () => {
  it('puts what stands in the way before what was measured', () => {
    expect(healthWords(provider('a', { enabled: false, health: 'failing' })).words).toBe('Off');
    expect(healthWords(provider('a', { credential: { source: 'keychain', state: 'missing' } })).words).toBe(
      'Needs credential',
    );
    expect(healthWords(provider('a', { health: 'unknown' })).words).toBe('Not used yet');
  });
});

describe('shortcuts', () => {
  const idle = { armedAtMs: undefined };
  it('goes to a page on g and its letter, in time', () => {
    const armed = shortcutStep(idle, 'g', 0).state;
    expect(shortcutStep(armed, 'l', 100)).toMatchObject({ do: 'go', path: '/ledger' });
    expect(shortcutStep(armed, 'l', 5000).do).toBe('nothing');
    expect(shortcutStep(idle, 'l', 0).do).toBe('nothing');
    expect(shortcutStep(armed, 'x', 100).state).toEqual(idle);
    expect(shortcutStep(armed, '?', 100).do).toBe('help');
  });
});
