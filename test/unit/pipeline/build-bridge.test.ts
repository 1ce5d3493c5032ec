import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../../proxy/core/protocol.ts';
import { buildBridge } from '../../../proxy/pipeline/bridge/build.ts';
import { DIALECTS, type DialectName } from '../../../proxy/protocols/dialects.ts';
import type { Quirks } from '../../../proxy/protocols/translation.ts';
import type { ModelInfo, Provider } from '../../../proxy/providers/types.ts';

const BODIES: Partial<Record<DialectName, string>> = {
  'openai-chat': '{"model":"p/m","messages":[{"role":"user","content":"x"}]}',
  'anthropic-messages': '{"model":"p/m","max_tokens":9,"messages":[{"role":"user","content":"x"}]}',
  'openai-responses': '{"model":"p/m","input":"x"}',
  embeddings: '{"model":"p/m","input":"x"}',
};

function bridge(
  dialect: DialectName,
  protocols: [Protocol, ...Protocol[]],
  info: Partial<ModelInfo> = {},
  { text = BODIES[dialect] ?? '', quirks = {} }: { text?: string; quirks?: Quirks } = {},
) {
  const provider: Provider = {
    config: { id: 'p', kind: 'openai', retention: 'provider-default', enabled: true, models: [] },
    protocol: protocols[0],
    protocols,
    quirksOf: () => quirks,
    baseUrl: '',
    models: () => [],
    model: () => undefined,
    send: () => {
      throw new Error('a bridge never sends');
    },
  };
  const body = Buffer.from(text);
  const target = { provider, modelId: 'm', info: { id: 'm', maxOutputTokens: 100, ...info } };
  const inspected = DIALECTS[dialect].codec.inspectRequest(body);
  return buildBridge({
    dialect: DIALECTS[dialect],
    body,
    path: {},
    inspected,
    call: () => DIALECTS[dialect].client?.decodeRequest(body, {}),
    target,
    requestId: 'req_1',
    createdAt: 1,
    newId: (prefix) => `${prefix}1`,
  });
}

describe('passing or translating', () => {
  const rows: [
    dialect: DialectName,
    protocols: [Protocol, ...Protocol[]],
    info: Partial<ModelInfo>,
    path: string,
    same: boolean,
  ][] = [
    ['openai-chat', ['openai-chat'], {}, '/chat/completions', true],
    ['openai-chat', ['openai-chat', 'openai-responses'], {}, '/chat/completions', true],
    ['openai-responses', ['openai-chat', 'openai-responses'], {}, '/responses', true],
    ['openai-responses', ['openai-chat'], {}, '/chat/completions', false],
    ['openai-chat', ['anthropic-messages'], {}, '/messages', false],
    ['anthropic-messages', ['anthropic-messages'], {}, '/messages', true],
    ['anthropic-messages', ['gemini'], {}, '/models/m:generateContent', false],
    ['openai-chat', ['bedrock-converse'], {}, '/model/m/converse', false],
    ['openai-chat', ['openai-chat', 'openai-responses'], { responsesOnly: true }, '/responses', false],
    ['openai-responses', ['openai-chat', 'openai-responses'], { responsesOnly: true }, '/responses', true],
    ['openai-chat', ['openai-chat'], { responsesOnly: true }, '/chat/completions', true],
    ['embeddings', ['openai-chat'], {}, '/embeddings', true],
  ];
  it.each(rows)('%s to %j %j: %s', (dialect, protocols, info, path, same) => {
    const built = bridge(dialect, protocols, info);
    expect([built.request.path, built.sameProtocol]).toEqual([path, same]);
  });

  it('what only one protocol has is refused elsewhere, in words', () => {
    expect(() => bridge('embeddings', ['anthropic-messages'])).toThrowError(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});

describe('searches that the provider makes by itself', () => {
  const price = { inputNanoPerMTok: 1, outputNanoPerMTok: 1 };
  const asking = {
    'openai-responses': '{"model":"p/m","input":"x","tools":[{"type":"web_search"}]}',
    'anthropic-messages':
      '{"model":"p/m","max_tokens":9,"messages":[{"role":"user","content":"x"}],"tools":[{"type":"web_search_20250305","name":"web_search","max_uses":3}]}',
    'openai-chat': '{"model":"p/m","messages":[{"role":"user","content":"x"}],"web_search_options":{}}',
  } as const;
  const rows: [dialect: keyof typeof asking, protocol: Protocol, quirks: Quirks, searchesMax: number | undefined][] = [
    ['openai-responses', 'openai-responses', {}, 20],
    ['openai-responses', 'openai-chat', {}, undefined],
    ['openai-responses', 'bedrock-converse', {}, undefined],
    ['anthropic-messages', 'anthropic-messages', {}, 3],
    ['anthropic-messages', 'gemini', {}, undefined],
    ['openai-chat', 'openai-chat', {}, 1],
    ['openai-chat', 'openai-chat', { refusals: { dropped: ['web_search_options'] } }, undefined],
    ['openai-chat', 'anthropic-messages', {}, undefined],
  ];
  it.each(rows)('%s to %s with %j: %s are held, as the body allows that is sent', (dialect, protocol, quirks, most) => {
    const { facts, warnings } = bridge(dialect, [protocol], { price }, { text: asking[dialect], quirks });
    expect(facts.searchesMax).toBe(most);
    if (most === undefined) expect(facts.searchesUntold).toBeUndefined();
    expect(warnings.some(({ code }) => code === 'search_price_unknown')).toBe(most !== undefined);
  });

  it('are kept where Codex’s tools are folded for the same protocol', () => {
    const text =
      '{"model":"p/m","input":"x","tools":[{"type":"custom","name":"patch"},{"type":"web_search"}],"max_tool_calls":2}';
    const { facts, sameProtocol } = bridge(
      'openai-responses',
      ['openai-responses'],
      {},
      { text, quirks: { flatTools: true } },
    );
    expect([sameProtocol, facts.searchesMax]).toEqual([false, 2]);
  });
});
