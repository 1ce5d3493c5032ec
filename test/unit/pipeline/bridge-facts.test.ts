import { expect, test } from 'vitest';
import { liveRequestView } from '../../../proxy/contract/views.ts';
import { bridgeFacts } from '../../../proxy/pipeline/bridge/bridge-facts.ts';

const REQUEST = {
  id: 'r',
  startedAtMs: 1,
  state: 'settled',
  protocol: 'gemini',
  stream: false,
  attempts: 1,
  configVersion: 1,
};

test('the record names the protocol, and warnings with their fields', () => {
  expect(bridgeFacts({ protocol: 'gemini', warnings: [] })).toEqual({ providerProtocol: 'gemini' });
  const warnings = [{ code: 'dropped_top_k', field: 'top_k' }, { code: 'search_price_unknown' }];
  expect(bridgeFacts({ protocol: 'openai-chat', warnings }, ['clamped'])).toEqual({
    providerProtocol: 'openai-chat',
    warnings: ['clamped', 'dropped_top_k(top_k)', 'search_price_unknown'],
  });
});

test('however many and long they are, the record stays a valid view', () => {
  const warnings = Array.from({ length: 200 }, (_, index) => ({ code: `c${index}`, field: 'x'.repeat(500) }));
  const facts = bridgeFacts({ protocol: 'gemini', warnings });
  expect(facts.warnings).toHaveLength(50);
  expect(liveRequestView.safeParse({ ...REQUEST, ...facts }).success).toBe(true);
});
