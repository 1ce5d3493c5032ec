import { describe, expect, it } from 'vitest';
import { packSignature, unpackSignature } from '../../../../proxy/protocols/gemini/signature.ts';
import { joinStreamedThoughts } from '../../../../proxy/protocols/gemini/streamed-thoughts.ts';

const thought = (text: string, thoughtSignature?: string) => ({
  text,
  thought: true,
  ...(thoughtSignature === undefined ? {} : { thoughtSignature }),
});
const CLAUDES = packSignature({ signature: 's', origin: 'anthropic-messages' }) ?? '';
const ENCRYPTED = packSignature({ signature: 'e', origin: 'anthropic-messages', redacted: true }) ?? '';
const CALL = { functionCall: { name: 'f', args: {} } };

describe('thoughts that come back in the pieces of their stream', () => {
  it('are one with the proof behind them, however many there are', () => {
    const parts = [
      thought('a'),
      thought('b'),
      thought('', CLAUDES),
      { text: 'x' },
      thought('c'),
      thought('', CLAUDES),
      CALL,
    ];
    expect(joinStreamedThoughts(parts)).toEqual([thought('ab', CLAUDES), { text: 'x' }, thought('c', CLAUDES), CALL]);
  });

  it.each([
    ['no thought stands right before the proof', [thought('a'), { text: 'x' }, thought('', CLAUDES)]],
    ['the thought has its own proof', [thought('a', CLAUDES), thought('', CLAUDES)]],
    ['the proof is an encrypted thought', [thought('a'), thought('', ENCRYPTED)]],
    ['the proof is Gemini’s own', [thought('a'), thought('', 'CuwBAb4+9vtZ')]],
    ['there is no proof', [thought('a'), thought('b'), CALL]],
  ])('stay as they are when %s', (_why, parts) => {
    expect(joinStreamedThoughts(parts)).toEqual(parts);
  });

  it('an encrypted thought says so in its packed proof', () => {
    expect(unpackSignature(ENCRYPTED)).toEqual({ signature: 'e', origin: 'anthropic-messages', redacted: true });
  });
});
