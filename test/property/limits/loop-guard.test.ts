import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOOP_GUARD_DEFAULT } from '../../../proxy/contract/config.ts';
import type { Call, Message } from '../../../proxy/core/call.ts';
import { createLoopGuard } from '../../../proxy/limits/loop-guard.ts';

const words = fc.array(
  fc.constantFrom('fix', 'the', 'test', 'file', 'please', 'now', 'читай', '修正', 'error', 'again'),
  {
    minLength: 1,
    maxLength: 12,
  },
);
const text = words.map((list) => list.join(' '));
const turn: fc.Arbitrary<Message[]> = fc.oneof(
  fc.tuple(text, text).map(([asks, answers]): Message[] => [
    { role: 'user', parts: [{ kind: 'text', text: asks }] },
    { role: 'assistant', parts: [{ kind: 'text', text: answers }] },
  ]),
  fc.tuple(fc.constantFrom('read', 'write', 'run'), fc.uuid(), text).map(([name, path, output]): Message[] => [
    { role: 'assistant', parts: [{ kind: 'tool-call', id: 'x', name, arguments: JSON.stringify({ path }) }] },
    { role: 'tool', parts: [{ kind: 'tool-result', callId: 'x', parts: [{ kind: 'text', text: output }] }] },
  ]),
);
const chat = fc.array(turn, { minLength: 1, maxLength: 40 });
const thresholds = { ...LOOP_GUARD_DEFAULT, everyCall: true };

function callOf(messages: readonly Message[]): Call {
  return { model: 'm', stream: true, tools: [], messages };
}

test('a conversation that goes on is never a loop, every call of it watched', () => {
  fc.assert(
    fc.property(chat, (turns) => {
      const guard = createLoopGuard({ clock: { monotonicMs: () => 0 } });
      turns.forEach((_, at) => {
        expect(guard.check({ client: 'c' }, thresholds, callOf(turns.slice(0, at + 1).flat()))).toEqual({
          loop: false,
        });
      });
    }),
    { numRuns: 1_000 },
  );
});

test('many conversations that differ in one word are none', () => {
  fc.assert(
    fc.property(
      chat,
      fc.uniqueArray(fc.stringMatching(/^[a-z]{3,12}$/), { minLength: 20, maxLength: 40 }),
      (turns, names) => {
        const guard = createLoopGuard({ clock: { monotonicMs: () => 0 } });
        for (const name of names) {
          const asks: Message = { role: 'user', parts: [{ kind: 'text', text: `what does ${name} do` }] };
          expect(guard.check({}, thresholds, callOf([...turns.flat(), asks])).loop).toBe(false);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('what repeats but for numbers and ids always is one, and exactly at the threshold', () => {
  fc.assert(
    fc.property(chat, fc.integer({ min: 2, max: 30 }), (turns, identicalCalls) => {
      const guard = createLoopGuard({ clock: { monotonicMs: () => 0 } });
      const verdicts = Array.from({ length: identicalCalls + 1 }, (_, n) => {
        const stamp: Message = {
          role: 'user',
          parts: [{ kind: 'text', text: `at 2026-11-20T12:00:${10 + n}Z try ${n}` }],
        };
        return guard.check({}, { ...thresholds, identicalCalls }, callOf([...turns.flat(), stamp])).loop;
      });
      expect(verdicts.indexOf(true)).toBe(identicalCalls - 1);
      expect(verdicts.at(-1)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
