import { describe, expect, test } from 'vitest';
import type { Tier } from '../../../proxy/contract/config.ts';
import type { Call, Message } from '../../../proxy/core/call.ts';
import { classify } from '../../../proxy/routing/classify.ts';
import { signalsOf } from '../../../proxy/routing/classify-signals.ts';

function said(role: Message['role'], text: string): Message {
  return { role, parts: [{ kind: 'text', text }] };
}
function call(text: string, more: Partial<Call> = {}): Call {
  return { model: 'auto', stream: false, messages: [said('user', text)], tools: [], ...more };
}
const tools = (count: number): Call['tools'] =>
  Array.from({ length: count }, (_, index) => ({ kind: 'function', name: `tool_${index}` }));

describe('reasons', () => {
  test.each<[what: string, call: Call, tier: Tier, reason: string]>([
    ['a greeting', call('Hello!'), 'economy', 'a word or two, nothing asked'],
    ['a short question', call('How deep is Lake Baikal?'), 'economy', 'a short text, no code'],
    ['a proof', call('Prove that it is irrational.'), 'premium', 'asks for a proof'],
    ['a small job', call('Explain it in one sentence.'), 'economy', 'is a small job'],
    [
      'an agent has no small jobs',
      call('Explain it in one sentence.', { tools: tools(12) }),
      'standard',
      '12 tools offered',
    ],
    ['tools', call('Rename it everywhere', { tools: tools(12) }), 'standard', '12 tools offered'],
    ['one tool', call('Is it raining?', { tools: tools(1) }), 'economy', '1 tool offered'],
    ['code', call('And this?\n\nconst a = f(b);\nreturn a;'), 'standard', '2 lines of code'],
    ['length', call(`Correct it.\n\n${'word '.repeat(4_000)}`), 'standard', '20,000 characters of text'],
    ['a form', call('Who wrote it?', { output: { kind: 'json' } }), 'economy', 'a filled form is wanted'],
    ['effort', call('Go on', { reasoning: { effort: 'high' } }), 'standard', 'the client asks for much reasoning'],
  ])('%s', (_what, given, tier, reason) => {
    const { tier: seen, reasons } = classify(given);
    expect(seen).toBe(tier);
    expect(reasons).toContain(reason);
  });

  test('never repeat the prompt', () => {
    const secret = 'Prove xyzzy-secret-42 and analyse plugh, step by step, with python and sql';
    expect(JSON.stringify(classify(call(secret)).reasons)).not.toMatch(/xyzzy|plugh/);
  });
});

describe('words of thought in six languages', () => {
  test.each([
    'Prove it.',
    'Beweise es.',
    'Démontre-le.',
    'Demuéstralo: demuestra que es verdad.',
    '请证明这个结论。',
    'これを証明してください。',
  ])('%s', (text) => {
    expect(classify(call(text)).tier).toBe('premium');
  });

  test.each(['Improve it.', 'waterproof shoes', 'The approval came', 'bulletproof'])('not: %s', (text) => {
    expect(signalsOf(call(text)).proof).toBe(false);
  });
});

describe('what is read', () => {
  test('pasted text is not what is wanted', () => {
    const pasted =
      'The theorem was proved. An analysis of the architecture followed, with its trade-offs and risks.\n'.repeat(40);
    expect(classify(call(`Give it a title.\n\n${pasted}`)).tier).toBe('economy');
  });

  test('the question may stand behind it', () => {
    const pasted = 'The committee met and talked about the roof for a while.\n'.repeat(60);
    expect(classify(call(`${pasted}\n\nProve that the roof is safe.`)).tier).toBe('premium');
  });

  test('code is not what is wanted either', () => {
    const code = 'function prove(analysis) {\n  return analysis.risk; // optimal\n}\n'.repeat(10);
    const { hard, proof, codeLines } = signalsOf(call(`Add a blank line.\n\n\`\`\`js\n${code}\`\`\``));
    expect({ hard, proof }).toEqual({ hard: [], proof: false });
    expect(codeLines).toBeGreaterThan(20);
  });

  test('nor is code right below the wish', () => {
    const { hard, proof, askedLength } = signalsOf(
      call('Sort the imports.\nconst proof = analyse(risk);\n```\nProve it\n```'),
    );
    expect({ hard, proof, askedLength }).toEqual({ hard: [], proof: false, askedLength: 17 });
  });

  test('a tool result is not what a person said, nor is what the system says', () => {
    const messages: Message[] = [
      said('system', 'You prove theorems and analyse architectures.'),
      said('user', 'hi'),
      { role: 'tool', parts: [{ kind: 'tool-result', callId: 'a', parts: [{ kind: 'text', text: 'Prove this.' }] }] },
    ];
    expect(signalsOf(call('', { messages }))).toMatchObject({
      lastLength: 2,
      proof: false,
      toolResults: 1,
      totalLength: 58,
    });
  });

  test('a short follow-up goes on about what was asked before', () => {
    const before = [said('user', 'Prove that there are infinitely many primes.'), said('assistant', 'Suppose not.')];
    expect(classify(call('', { messages: [...before, said('user', 'Justify that step.')] })).tier).toBe('premium');
    expect(classify(call('', { messages: [...before, said('user', 'thanks')] })).tier).toBe('economy');
    expect(signalsOf(call('', { messages: [...before, said('user', 'x'.repeat(300))] })).followUp).toBe(false);
  });

  test.each<[what: string, given: Call]>([
    ['nothing at all', call('', { messages: [] })],
    ['an empty text', call('')],
    [
      'only an image',
      call('', { messages: [{ role: 'user', parts: [{ kind: 'image', source: { kind: 'url', url: 'x' } }] }] }),
    ],
    ['only punctuation', call('???')],
  ])('%s is economy', (_what, given) => {
    expect(classify(given).tier).toBe('economy');
  });
});
