import { describe, expect, it } from 'vitest';
import { decodeInput } from '../../../../proxy/protocols/openai-responses/decode-input.ts';
import { packCallSignature, unpackCallSignature } from '../../../../proxy/protocols/openai-responses/signature.ts';

const PROOF = { callId: 'call_1', signature: 'CuwBAb4+9vtZ', origin: 'gemini' } as const;
const proofItem = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: packCallSignature(PROOF) };
const call = (callId: string) => ({ type: 'function_call', call_id: callId, name: 'f', arguments: '{}' });
const RESULT = { type: 'function_call_output', call_id: 'call_1', output: 'ok' };

describe('the proof of a tool call', () => {
  it.each([
    ['before it', [proofItem, call('call_1'), call('call_2'), RESULT]],
    ['behind it', [call('call_1'), proofItem, call('call_2'), RESULT]],
    ['behind its result', [call('call_1'), call('call_2'), RESULT, proofItem]],
  ])('comes back onto its call and no other when it stands %s', (_where, items) => {
    const { messages } = decodeInput([{ role: 'user', content: 'x' }, ...items], undefined);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool']);
    expect(messages[1]?.parts).toEqual([
      { kind: 'tool-call', id: 'call_1', name: 'f', arguments: '{}', signature: PROOF.signature, origin: 'gemini' },
      { kind: 'tool-call', id: 'call_2', name: 'f', arguments: '{}' },
    ]);
  });

  it('is lost with its call', () => {
    const { messages } = decodeInput([{ role: 'user', content: 'x' }, proofItem], undefined);
    expect(messages.map(({ role }) => role)).toEqual(['user']);
  });

  it('is nothing when nobody signed, or nobody knows who', () => {
    expect(packCallSignature({ callId: 'call_1', origin: 'gemini' })).toBeUndefined();
    expect(packCallSignature({ callId: 'call_1', signature: 's' })).toBeUndefined();
  });

  it.each(['', 'gAAAAB', 'gh1.', 'gh1.e30', `${packCallSignature(PROOF)?.slice(0, -8)}`])('is not %j', (text) => {
    expect(unpackCallSignature(text)).toBeUndefined();
  });
});
