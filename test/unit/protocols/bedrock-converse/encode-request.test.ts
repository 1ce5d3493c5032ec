/** Limits, sampling, reasoning, and what Converse has no word for. */
import { describe, expect, test } from 'vitest';
import type { Call } from '../../../../proxy/core/call.ts';
import {
  assistant,
  CLAUDE,
  CLAUDE_5,
  CLAUDE_37,
  calls,
  encode,
  GPT_OSS,
  LLAMA,
  MISTRAL,
  NOVA,
  NOVA_2,
  PROFILE,
  refusal,
  result,
  text,
  tool,
  user,
} from './encoding.ts';

test('the least: messages alone, and no limit invented', () => {
  expect(encode({}).body).toEqual({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
  expect(encode({}).headers?.accept).toBe('application/json');
  expect(encode({ stream: true }).headers?.accept).toBe('application/vnd.amazon.eventstream');
});

describe('inference', () => {
  test('limits, sampling and stops have their names, and Claude is asked which stop it was', () => {
    const { body, warnings } = encode({ maxOutputTokens: 100, temperature: 0.5, topK: 5, stop: ['END', ''] });
    expect(body.inferenceConfig).toEqual({ maxTokens: 100, temperature: 0.5, stopSequences: ['END'] });
    expect(body.additionalModelRequestFields).toEqual({ top_k: 5 });
    expect(body.additionalModelResponseFieldPaths).toEqual(['/stop_sequence']);
    expect(warnings).toEqual(['dropped_stop stop']);
  });

  test.each<[string, unknown, string[]]>([
    [CLAUDE_37, { top_k: 5 }, []],
    [MISTRAL, { top_k: 5 }, []],
    [NOVA, { inferenceConfig: { topK: 5 } }, []],
    [LLAMA, undefined, ['dropped_top_k top_k']],
    [PROFILE, undefined, ['dropped_top_k top_k']],
    [CLAUDE_5, undefined, ['dropped_top_k top_k']],
  ])('top_k for %s', (model, fields, warned) => {
    const { body, warnings } = encode({ topK: 5 }, model);
    expect([body.additionalModelRequestFields, warnings]).toEqual([fields, warned]);
  });

  test('what the model cannot give is not asked for', () => {
    expect(encode({ maxOutputTokens: 9_000 }, CLAUDE, {}, 4_096)).toMatchObject({
      body: { inferenceConfig: { maxTokens: 4_096 } },
      warnings: ['clamped_max_tokens max_tokens'],
    });
    expect(encode({ temperature: 1.5 }, NOVA)).toMatchObject({
      body: { inferenceConfig: { temperature: 1 } },
      warnings: ['clamped_temperature temperature'],
    });
    expect(encode({ temperature: 0.2, topP: 0.5 }, CLAUDE).warnings).toEqual(['dropped_top_p top_p']);
    refusal({ choices: 2 }).toThrow('one answer a call');
  });

  test('what Converse has no word for is named', () => {
    const { warnings, body } = encode({
      seed: '12479678939117453000',
      presencePenalty: 1,
      frequencyPenalty: 1,
      logprobs: {},
      user: 'u',
      verbosity: 'low',
      cacheKey: 'k',
      parallelToolCalls: false,
      tools: [tool('a')],
      foreign: { protocol: 'openai-chat', fields: { store: true } },
    });
    expect(warnings).toEqual([
      'dropped_parallel_tool_calls parallel_tool_calls',
      'dropped_seed seed',
      'dropped_presence_penalty presence_penalty',
      'dropped_frequency_penalty frequency_penalty',
      'dropped_logprobs logprobs',
      'dropped_user user',
      'dropped_verbosity verbosity',
      'dropped_prompt_cache_key prompt_cache_key',
      'dropped_store store',
    ]);
    expect(Object.keys(body)).toEqual(['messages', 'toolConfig']);
  });

  test('tags and tiers that fit are carried', () => {
    expect(encode({ metadata: { team: 'a b' }, serviceTier: 'flex' }).body).toMatchObject({
      requestMetadata: { team: 'a b' },
      serviceTier: { type: 'flex' },
    });
    expect(encode({ metadata: { team: 'ü' }, serviceTier: 'scale' }).warnings).toEqual([
      'dropped_service_tier service_tier',
      'dropped_metadata metadata',
    ]);
  });
});

describe('reasoning', () => {
  test.each<[string, Call['reasoning'], unknown, unknown, string[]]>([
    [CLAUDE, { budgetTokens: 2_000 }, { thinking: { type: 'enabled', budget_tokens: 2_000 } }, undefined, []],
    [
      CLAUDE,
      { effort: 'medium' },
      { thinking: { type: 'enabled', budget_tokens: 5_000 } },
      undefined,
      ['reasoning_converted'],
    ],
    [CLAUDE, { enabled: false }, { thinking: { type: 'disabled' } }, undefined, []],
    [CLAUDE_5, { effort: 'high' }, { thinking: { type: 'adaptive' } }, { effort: 'high' }, []],
    [NOVA_2, { effort: 'low' }, { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'low' } }, undefined, []],
    [NOVA_2, { effort: 'none' }, { reasoningConfig: { type: 'disabled' } }, undefined, []],
    [
      NOVA_2,
      { budgetTokens: 9_000 },
      { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'medium' } },
      undefined,
      ['reasoning_converted'],
    ],
    [GPT_OSS, { effort: 'xhigh' }, { reasoning_effort: 'high' }, undefined, ['reasoning_converted']],
    ['us.openai.gpt-5.2', { effort: 'xhigh' }, { reasoning: { effort: 'xhigh' } }, undefined, []],
    [LLAMA, { effort: 'high' }, undefined, undefined, ['dropped_reasoning']],
    [LLAMA, { effort: 'none' }, undefined, undefined, []],
    [PROFILE, { effort: 'high' }, undefined, undefined, ['dropped_reasoning']],
  ])('%s %o', (model, reasoning, fields, outputConfig, warned) => {
    const { body, warnings } = encode(
      { maxOutputTokens: 10_000, ...(reasoning === undefined ? {} : { reasoning }) },
      model,
    );
    expect([body.additionalModelRequestFields, body.outputConfig, warnings]).toEqual([fields, outputConfig, warned]);
  });

  test("Nova's high effort goes alone: beside a limit it is lowered", () => {
    const high = { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } };
    const medium = { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'medium' } };
    const alone = encode({ reasoning: { effort: 'high' } }, NOVA_2);
    expect([alone.body.additionalModelRequestFields, alone.warnings]).toEqual([high, []]);
    const limited = encode({ reasoning: { effort: 'high' }, maxOutputTokens: 500 }, NOVA_2);
    expect([limited.body.additionalModelRequestFields, limited.warnings]).toEqual([medium, ['reasoning_converted']]);
    expect(limited.body.inferenceConfig).toEqual({ maxTokens: 500 });
  });

  test('Claude does not think where a tool must be called, or where the turn lost its thinking', () => {
    const forced = encode({
      reasoning: { budgetTokens: 2_000 },
      maxOutputTokens: 10_000,
      tools: [tool('a')],
      toolChoice: { kind: 'required' },
    });
    expect(forced).toMatchObject({ warnings: ['dropped_reasoning'] });
    expect(forced.body.additionalModelRequestFields).toBeUndefined();
    const lost = encode({
      reasoning: { budgetTokens: 2_000 },
      maxOutputTokens: 10_000,
      tools: [tool('look_up')],
      messages: [
        user(text('Hi')),
        assistant({ kind: 'reasoning', text: 'Hm', signature: 's', origin: 'gemini' }, calls('a')),
        { role: 'tool', parts: [result('a', text('1'))] },
      ],
    });
    expect(lost.warnings).toEqual(['thinking_stripped messages[1].content[0]', 'dropped_reasoning']);
  });
});
