/** Saved prompts in requests of every protocol: the exact bytes that go on. */
import { describe, expect, test } from 'vitest';
import { expanded, type Saved } from '../../support/prompts.ts';

const PROMPT: Saved = {
  messages: [
    { role: 'system', content: 'Be "brief".' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Yes?' },
  ],
};
const SET: Saved = { ...PROMPT, parameters: { model: 'a/b', temperature: 0.5, topP: 0.9, maxTokens: 7 } };
const SYSTEM: Saved = {
  messages: [
    { role: 'developer', content: 'One' },
    { role: 'system', content: 'Two' },
  ],
};
const USE = '"prompt":{"id":"gatehouse/p"}';

describe('openai-chat', () => {
  const PUT =
    '{"role":"system","content":"Be \\"brief\\"."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"}';
  test.each([
    [
      'before the own messages',
      `{"model":"m",${USE},"messages":[{"role":"user"}]}`,
      `{"model":"m","messages":[${PUT},{"role":"user"}]}`,
    ],
    ['into an empty list', `{"model":"m","messages":[ ],${USE}}`, `{"model":"m","messages":[${PUT} ]}`],
    ['where there are none', `{"model":"m", ${USE} , "x":1}`, `{"model":"m", "messages":[${PUT}] , "x":1}`],
    ['instead of null', `{ ${USE}, "messages" : null,"model":"m"}`, `{ "messages" : [${PUT}],"model":"m"}`],
    ['with the name escaped', `{"model":"m","pr\\u006fmpt":{"id":"gatehouse/p"}}`, `{"model":"m","messages":[${PUT}]}`],
  ])('goes %s', (_where, body, rest) => {
    expect(expanded('openai-chat', body, PROMPT)).toBe(rest);
  });

  test('parameters fill what is left out, and a null is no gap', () => {
    expect(expanded('openai-chat', `{${USE}}`, SET)).toBe(
      `{"messages":[${PUT}],"model":"a/b","temperature":0.5,"top_p":0.9,"max_completion_tokens":7}`,
    );
    const own = '"model":"m","temperature":null,"top_p":1e0,"max_tokens":18446744073709551615';
    // Its limit is one that this gateway does not take.
    expect(() => expanded('openai-chat', `{${own},${USE}}`, SET)).toThrow(/"max_tokens"/);
    expect(expanded('openai-chat', `{${USE},${own.replace('18446744073709551615', '9')},"messages":[]}`, SET)).toBe(
      `{${own.replace('18446744073709551615', '9')},"messages":[${PUT}]}`,
    );
  });

  test.each([
    ['a text', '{"model":"m","messages":"hi",USE}', /"messages" must be a list/],
    ['two lists', '{"model":"m","messages":[],"messages":[],USE}', /"messages" stands twice/],
    ['two prompts', '{"model":"m",USE,USE}', /"prompt" stands twice/],
  ])('refuses %s', (_what, body, why) => {
    expect(() => expanded('openai-chat', body.replaceAll('USE', USE), PROMPT)).toThrow(why);
  });
});

describe('openai-responses', () => {
  const ITEMS = '{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"}';
  test.each([
    [
      'a text',
      `{"model":"m","input":"own é",${USE}}`,
      `{"model":"m","input":[${ITEMS},{"role":"user","content":"own é"}],"instructions":"Be \\"brief\\"."}`,
    ],
    [
      'a list',
      `{"model":"m","input":[{"a":1}],"instructions":null,${USE}}`,
      `{"model":"m","input":[${ITEMS},{"a":1}],"instructions":"Be \\"brief\\"."}`,
    ],
    [
      'no input',
      `{"model":"m",${USE},"instructions":"own"}`,
      `{"model":"m","input":[${ITEMS}],"instructions":"Be \\"brief\\".\\n\\nown"}`,
    ],
    [
      'empty instructions',
      `{"model":"m","instructions":"","input":[],${USE}}`,
      `{"model":"m","instructions":"Be \\"brief\\".","input":[${ITEMS}]}`,
    ],
  ])('before %s', (_what, body, rest) => {
    expect(expanded('openai-responses', body, PROMPT)).toBe(rest);
  });

  test('system text behind a message stays where it is', () => {
    const messages: Saved['messages'] = [...PROMPT.messages, { role: 'developer', content: 'Now rhyme.' }];
    expect(expanded('openai-responses', `{"model":"m",${USE}}`, { messages })).toBe(
      `{"model":"m","instructions":"Be \\"brief\\".","input":[${ITEMS},{"role":"developer","content":"Now rhyme."}]}`,
    );
  });

  test('system text alone leaves the input alone', () => {
    expect(expanded('openai-responses', `{"model":"m",${USE},"input":"own"}`, SYSTEM)).toBe(
      '{"model":"m","instructions":"One\\n\\nTwo","input":"own"}',
    );
  });

  test('parameters', () => {
    expect(expanded('openai-responses', `{${USE},"input":"x","top_p":null}`, { ...SET, ...SYSTEM })).toBe(
      '{"instructions":"One\\n\\nTwo","model":"a/b","temperature":0.5,"max_output_tokens":7,"input":"x","top_p":null}',
    );
  });

  test.each([
    ['input', '{"model":"m","input":7,USE}', /"input" must be/],
    ['instructions', '{"model":"m","input":"x","instructions":[],USE}', /"instructions" must be/],
  ])('refuses other %s', (_what, body, why) => {
    expect(() => expanded('openai-responses', body.replace('USE', USE), PROMPT)).toThrow(why);
  });
});

describe('anthropic-messages', () => {
  const TURNS = '{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"}';
  const BLOCK = '{"type":"text","text":"Be \\"brief\\"."}';
  test.each([
    [
      'no system',
      `{"model":"m",${USE},"messages":[{"role":"user"}]}`,
      `{"model":"m","system":[${BLOCK}],"messages":[${TURNS},{"role":"user"}]}`,
    ],
    [
      'a text',
      `{"model":"m","system":"own","messages":[{"role":"user"}],${USE}}`,
      `{"model":"m","system":[${BLOCK},{"type":"text","text":"own"}],"messages":[${TURNS},{"role":"user"}]}`,
    ],
    [
      'blocks',
      `{"model":"m","system":[{"cache_control":{}}],"messages":[{"role":"user"}],${USE}}`,
      `{"model":"m","system":[${BLOCK},{"cache_control":{}}],"messages":[${TURNS},{"role":"user"}]}`,
    ],
    ['an empty text', `{"model":"m","system":"",${USE}}`, `{"model":"m","system":[${BLOCK}],"messages":[${TURNS}]}`],
  ])('before %s', (_what, body, rest) => {
    expect(expanded('anthropic-messages', body, PROMPT)).toBe(rest);
  });

  test('both kinds of system text are system text here', () => {
    expect(expanded('anthropic-messages', `{"model":"m","messages":[1],${USE}}`, SYSTEM)).toBe(
      '{"model":"m","messages":[1],"system":[{"type":"text","text":"One"},{"type":"text","text":"Two"}]}',
    );
  });

  test('parameters; a count of tokens takes the model only', () => {
    const body = `{"messages":[1],${USE},"max_tokens":3}`;
    expect(expanded('anthropic-messages', body, { ...SET, messages: [{ role: 'user', content: 'x' }] })).toBe(
      '{"messages":[{"role":"user","content":"x"},1],"model":"a/b","temperature":0.5,"top_p":0.9,"max_tokens":3}',
    );
    expect(
      expanded('anthropic-count-tokens', `{"messages":[1],${USE}}`, {
        ...SET,
        messages: [{ role: 'user', content: 'x' }],
      }),
    ).toBe('{"messages":[{"role":"user","content":"x"},1],"model":"a/b"}');
  });

  test.each([
    ['system', '{"model":"m","messages":[1],"system":{},USE}', /"system" must be/],
    ['messages', '{"model":"m","messages":{},USE}', /"messages" must be/],
  ])('refuses other %s', (_what, body, why) => {
    expect(() => expanded('anthropic-messages', body.replace('USE', USE), PROMPT)).toThrow(why);
  });
});

describe.each(['gemini', 'gemini-list'] as const)('%s', (dialect) => {
  const TURNS = '{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"text":"Yes?"}]}';
  const PART = '{"text":"Be \\"brief\\"."}';
  test.each([
    ['nothing', `{${USE}}`, `{"systemInstruction":{"parts":[${PART}]},"contents":[${TURNS}]}`],
    [
      'a list',
      `{"contents":[{"parts":[]}],${USE}}`,
      `{"contents":[${TURNS},{"parts":[]}],"systemInstruction":{"parts":[${PART}]}}`,
    ],
    [
      'one content',
      `{"contents":{"parts":[]},${USE}}`,
      `{"contents":[${TURNS},{"parts":[]}],"systemInstruction":{"parts":[${PART}]}}`,
    ],
    [
      'a text',
      `{"contents":"own",${USE}}`,
      `{"contents":[${TURNS},{"role":"user","parts":[{"text":"own"}]}],"systemInstruction":{"parts":[${PART}]}}`,
    ],
    [
      'a system text',
      `{"systemInstruction":"own",${USE}}`,
      `{"systemInstruction":{"parts":[${PART},{"text":"own"}]},"contents":[${TURNS}]}`,
    ],
    [
      'system parts',
      `{"system_instruction":{"role":"x","parts":[{"text":"own"}]},${USE}}`,
      `{"system_instruction":{"role":"x","parts":[${PART},{"text":"own"}]},"contents":[${TURNS}]}`,
    ],
    [
      'one system part',
      `{"systemInstruction":{"parts":{"text":"own"}},${USE}}`,
      `{"systemInstruction":{"parts":[${PART},{"text":"own"}]},"contents":[${TURNS}]}`,
    ],
    [
      'an empty system content',
      `{"systemInstruction":{},${USE}}`,
      `{"systemInstruction":{"parts":[${PART}]},"contents":[${TURNS}]}`,
    ],
    [
      'system without parts',
      `{"systemInstruction":{"role":"x"},${USE}}`,
      `{"systemInstruction":{"parts":[${PART}],"role":"x"},"contents":[${TURNS}]}`,
    ],
  ])('before %s', (_what, body, rest) => {
    expect(expanded(dialect, body, PROMPT)).toBe(rest);
  });

  test.each([
    [
      'no config',
      `{"contents":[1],${USE}}`,
      '{"contents":[1],"systemInstruction":{"parts":[{"text":"One"},{"text":"Two"}]},"generationConfig":{"temperature":0.5,"topP":0.9,"maxOutputTokens":7}}',
    ],
    [
      'an empty one',
      `{${USE},"contents":[1],"generationConfig":{ }}`,
      '{"systemInstruction":{"parts":[{"text":"One"},{"text":"Two"}]},"contents":[1],"generationConfig":{"temperature":0.5,"topP":0.9,"maxOutputTokens":7 }}',
    ],
    [
      'some in either spelling',
      `{${USE},"contents":[1],"generation_config":{"top_p":1,"temperature":0}}`,
      '{"systemInstruction":{"parts":[{"text":"One"},{"text":"Two"}]},"contents":[1],"generation_config":{"maxOutputTokens":7,"top_p":1,"temperature":0}}',
    ],
    [
      'all',
      `{${USE},"contents":[1],"generationConfig":{"topP":1,"temperature":0,"max_output_tokens":3}}`,
      '{"systemInstruction":{"parts":[{"text":"One"},{"text":"Two"}]},"contents":[1],"generationConfig":{"topP":1,"temperature":0,"max_output_tokens":3}}',
    ],
  ])('parameters beside %s', (_what, body, rest) => {
    expect(expanded(dialect, body, { ...SET, ...SYSTEM })).toBe(rest);
  });

  test.each([
    ['contents', '{"contents":7,USE}', /"contents" must be/],
    ['system', '{"contents":[1],"systemInstruction":[],USE}', /"systemInstruction" must be/],
    ['system parts', '{"contents":[1],"systemInstruction":{"parts":"x"},USE}', /"systemInstruction.parts" must be/],
    ['config', '{"contents":[1],"generationConfig":[],USE}', /"generationConfig" must be/],
    ['spellings of one field', '{"contents":[1],"systemInstruction":{},"system_instruction":{},USE}', /stands twice/],
  ])('refuses other %s', (_what, body, why) => {
    expect(() => expanded(dialect, body.replace('USE', USE), SET)).toThrow(why);
  });
});

describe('a field of that name that is not ours', () => {
  test.each([
    [
      'openai-responses',
      '{"model":"m","prompt":{"id":"pmpt_1","version":"2","variables":{"a":{"type":"input_text"}}}}',
    ],
    ['openai-chat', '{"model":"m","messages":[1],"prompt":"gatehouse/p"}'],
    ['openai-chat', '{"model":"m","messages":[1],"prompt":[{"id":"gatehouse/p"}]}'],
    ['openai-chat', '{"model":"m","messages":[{"prompt":{"id":"gatehouse/p"}}]}'],
    ['openai-chat', '{"model":"m","messages":[1],"prompt":null}'],
    ['anthropic-messages', '{"model":"m","messages":[1],"prompt":{"id":7}}'],
    ['completions', '{"model":"m","prompt":"gatehouse/p"}'],
    ['embeddings', `{"model":"m","input":"x",${USE}}`],
  ] as const)('%s passes it: %s', (dialect, body) => {
    expect(expanded(dialect, body, PROMPT)).toBe(body);
  });

  test('what the codec refuses is refused as ever', () => {
    expect(() => expanded('openai-chat', '{"messages":[1],"prompt":{"id":"pmpt_1"}}')).toThrow(/"model" is missing/);
    expect(() => expanded('openai-chat', `{"model":"m",${USE}`)).toThrow(/is not valid JSON/);
    expect(() => expanded('openai-chat', `{${USE}}`, PROMPT)).toThrow(/"model" is missing/);
  });
});
