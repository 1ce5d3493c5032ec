/** The edits of one body meet: what is left out, renamed and lowered to a limit at once. */
import { expect, test } from 'vitest';
import type { RequestEdits } from '../../../proxy/protocols/codec.ts';
import { openAiChat } from '../../../proxy/protocols/openai-chat/codec.ts';

const SAID = '"messages":[{"role":"user","content":"x"}]';
const OLD_NAME: RequestEdits = {
  model: 'm',
  maxTokensField: 'max_tokens',
  refusals: { renamed: { max_completion_tokens: 'max_tokens' }, dropped: ['store'] },
};

test.each([
  [
    'a limit that is lowered and renamed',
    `{"model":"a/m","max_completion_tokens":900,${SAID}}`,
    `{"model":"m","max_tokens":40,${SAID}}`,
  ],
  [
    'both limits: the one that is left out is not lowered first',
    `{"max_completion_tokens":900,"model":"a/m","max_tokens":800,${SAID},"store":true}`,
    `{"model":"m","max_tokens":40,${SAID}}`,
  ],
  [
    'no limit: one is put in behind the model, before what is left out',
    `{${SAID},"model":"a/m","store":true}`,
    `{${SAID},"model":"m","max_tokens":40}`,
  ],
])('%s', (_what, asked, edited) => {
  const request = openAiChat.inspectRequest(Buffer.from(asked));
  expect(request.edit({ ...OLD_NAME, maxOutputTokens: 40 }).toString()).toBe(edited);
});

test('nothing to edit: the very same buffer', () => {
  const body = Buffer.from(`{"model":"m","max_tokens":4,${SAID}}`);
  expect(openAiChat.inspectRequest(body).edit(OLD_NAME)).toBe(body);
});
