/** Every tool's texts: the addresses that its client was seen to want, the key's place, and what the entries come to. */
import { parse as parseJsonc } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { readEntries } from '../../../proxy/connect/edit/edit-entries.ts';
import { TOOLS, toolOf } from '../../../proxy/connect/tools/tools.ts';
import type { Machine, ToolContext } from '../../../proxy/connect/types.ts';
import { KEY_PLACEHOLDER, TOOL_IDS, type ToolId, toolStep } from '../../../proxy/contract/connect.ts';

const ROOT = 'http://127.0.0.1:7420';
const linux: Machine = { platform: 'linux', home: '/home/ada', env: {} };
const context: ToolContext = { rootUrl: ROOT, model: 'openai/gpt-4o', machine: linux };
const at = (machine: Machine): ToolContext => ({ ...context, machine });
const texts = (id: ToolId, where = context) =>
  toolOf(id)
    .steps(where)
    .map(({ text, code }) => `${text}\n${code?.text ?? ''}`)
    .join('\n');

test('all of them, in the order of the contract', () => {
  expect(TOOLS.map(({ id }) => id)).toEqual([...TOOL_IDS]);
});

describe.each(TOOLS.map((tool) => [tool.id, tool] as const))('%s', (id, tool) => {
  test('its steps hold the contract, name the model and the address, and have a place for the key', () => {
    const steps = tool.steps(context);
    for (const step of steps) expect(toolStep.safeParse(step).success).toBe(true);
    const whole = texts(id);
    expect(whole).toContain(KEY_PLACEHOLDER);
    expect(whole).toContain(ROOT);
    // It lists all models by itself.
    if (id !== 'open-webui') expect(whole).toContain('gpt-4o');
    expect(tool.notes(context).every((note) => /[.]$/.test(note))).toBe(true);
  });

  test('its address is the one that its client was seen to want', () => {
    const suffix = { 'anthropic-messages': '', gemini: '', 'openai-chat': '/v1', 'openai-responses': '/v1' }[
      tool.protocol
    ];
    expect(tool.baseUrl(ROOT)).toBe(ROOT + suffix);
  });

  test('only files of the person’s home are edited; without a home, none', () => {
    for (const { path } of tool.files(context)) expect(path.startsWith('/home/ada/')).toBe(true);
    expect(tool.files(at({ ...linux, home: undefined }))).toEqual([]);
    expect(tool.steps(at({ ...linux, home: undefined })).every(({ byApply }) => !byApply)).toBe(true);
  });

  test('on Windows, paths and shells are those of Windows', () => {
    const windows = at({
      platform: 'win32',
      home: 'C:\\Users\\Ada',
      env: { APPDATA: 'C:\\Users\\Ada\\AppData\\Roaming' },
    });
    for (const { path } of tool.files(windows)) expect(path).toMatch(/^C:\\Users\\Ada\\[^/]+$/);
    for (const { code } of tool.steps(windows)) {
      if (code?.text.includes('export ') === true) expect(code.language).toBe('typescript');
    }
  });
});

test('the files are where each tool looks, and variables move them', () => {
  const paths = (id: ToolId, env: NodeJS.ProcessEnv = {}) =>
    toolOf(id)
      .files(at({ ...linux, env }))
      .map(({ path }) => path);
  expect(paths('claude-code')).toEqual(['/home/ada/.claude/settings.json']);
  expect(paths('claude-code', { CLAUDE_CONFIG_DIR: '/x' })).toEqual(['/x/settings.json']);
  expect(paths('codex')).toEqual(['/home/ada/.codex/config.toml']);
  expect(paths('codex', { CODEX_HOME: '/x' })).toEqual(['/x/config.toml']);
  expect(paths('continue')).toEqual(['/home/ada/.continue/config.yaml']);
  expect(paths('aider')).toEqual(['/home/ada/.aider.conf.yml']);
  expect(paths('zed', { XDG_CONFIG_HOME: '/x' })).toEqual(['/x/zed/settings.json']);
  expect(paths('opencode')).toEqual(['/home/ada/.config/opencode/opencode.json']);
  expect(paths('opencode', { OPENCODE_CONFIG: '/x.json' })).toEqual(['/x.json']);
  expect(paths('gemini-cli')).toEqual(['/home/ada/.gemini/.env', '/home/ada/.gemini/settings.json']);
  expect(paths('qwen-code')).toEqual(['/home/ada/.qwen/settings.json']);
});

test('the step for a file is the file, as it would be made', () => {
  for (const tool of TOOLS) {
    for (const [index, { format, entries }] of tool.files(context).entries()) {
      const step = tool.steps(context).filter(({ byApply }) => byApply)[index];
      expect(step?.code?.language).toBe(format);
      const data = readEntries(step?.code?.text ?? '', format);
      expect(Object.keys(data).length).toBeGreaterThan(0);
      expect(entries.length).toBeGreaterThan(0);
    }
  }
  const codex = toolOf('codex').steps(context)[0]?.code?.text ?? '';
  expect(readEntries(codex, 'toml')).toEqual({
    model: 'openai/gpt-4o',
    model_provider: 'gatehouse',
    model_providers: {
      gatehouse: {
        name: 'Gatehouse',
        base_url: `${ROOT}/v1`,
        wire_api: 'responses',
        experimental_bearer_token: KEY_PLACEHOLDER,
      },
    },
  });
  expect(parseJsonc(toolOf('qwen-code').steps(context)[0]?.code?.text ?? '')).toEqual({
    env: { OPENAI_BASE_URL: `${ROOT}/v1`, OPENAI_API_KEY: KEY_PLACEHOLDER, OPENAI_MODEL: 'openai/gpt-4o' },
    security: { auth: { selectedType: 'openai' } },
    model: { name: 'openai/gpt-4o' },
  });
});

test('Claude Code is told names that it offers, and a small model only where no Claude provider has one', () => {
  const names = (model: string) =>
    Object.fromEntries(
      toolOf('claude-code')
        .env({ ...context, model })
        .map(({ name, value }) => [name, value]),
    );
  expect(names('groq/llama')).toMatchObject({
    ANTHROPIC_MODEL: 'claude/groq/llama',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude/groq/llama',
  });
  expect(names('anthropic/claude-sonnet-4-5')).not.toHaveProperty('ANTHROPIC_DEFAULT_HAIKU_MODEL');
  expect(names('anthropic/claude-sonnet-4-5').ANTHROPIC_MODEL).toBe('anthropic/claude-sonnet-4-5');
});

test('Zed says where its context length comes from', () => {
  expect(toolOf('zed').notes(context).join(' ')).toContain('is not known');
  expect(
    toolOf('zed')
      .notes({ ...context, contextTokens: 200_000 })
      .join(' '),
  ).not.toContain('is not known');
  expect(texts('zed', { ...context, contextTokens: 200_000 })).toContain('"max_tokens": 200000');
});
