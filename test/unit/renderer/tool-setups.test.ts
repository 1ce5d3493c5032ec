import { describe, expect, it } from 'vitest';
import { toolSetups } from '../../../renderer/src/pages/overview/tool-setups.ts';

const BASE = 'http://127.0.0.1:7420/v1';

function codeFor(id: string): string {
  const setup = toolSetups(BASE).find((one) => one.id === id);
  if (setup === undefined) throw new Error(`no lines for ${id}`);
  return setup.code;
}

describe('the lines to paste into a tool', () => {
  it.each([
    ['curl', `${BASE}/chat/completions `],
    ['claude-code', 'ANTHROPIC_BASE_URL=http://127.0.0.1:7420\n'],
    ['claude-code', 'ANTHROPIC_AUTH_TOKEN='],
    ['codex', `base_url = "${BASE}"\n`],
    ['codex', 'wire_api = "responses"'],
    ['gemini', 'GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:7420\n'],
    ['openai-sdk', `baseURL: '${BASE}'`],
  ])('%s has %j', (id, part) => expect(codeFor(id)).toContain(part));

  it('takes the key from the environment everywhere', () => {
    for (const { code, id } of toolSetups(BASE)) {
      if (id === 'openai-sdk') expect(code).toContain('process.env.GATEHOUSE_KEY');
      else expect(code).toContain('GATEHOUSE_KEY');
      expect(code).not.toMatch(/gh_|sk-/);
    }
  });
});
