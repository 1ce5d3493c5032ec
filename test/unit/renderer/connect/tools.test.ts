import { describe, expect, it, test } from 'vitest';
import { type CheckEvent, KEY_PLACEHOLDER } from '../../../../proxy/contract/connect.ts';
import type { ToolView } from '../../../../renderer/src/contract-views.ts';
import { endCheck, newCheck, reduceCheck } from '../../../../renderer/src/pages/connect/check-run.ts';
import { diffLines } from '../../../../renderer/src/pages/connect/diff-lines.ts';
import { fillKey } from '../../../../renderer/src/pages/connect/fill-key.ts';
import {
  canApply,
  changeWords,
  fileNames,
  groupTools,
  standing,
} from '../../../../renderer/src/pages/connect/tool-words.ts';
import { undoneWords } from '../../../../renderer/src/pages/connect/undone-words.ts';

const KEY = { id: 'tool-codex', prefix: 'gh_abc', createdAtMs: 1, managed: false };

function tool(id: ToolView['id'], more: Partial<ToolView> = {}): ToolView {
  return {
    id,
    name: id,
    summary: '',
    kind: 'agent',
    homepage: 'https://example.test',
    protocol: 'openai-chat',
    baseUrl: 'http://127.0.0.1:1/v1',
    model: 'sim/echo',
    installed: 'no',
    steps: [],
    env: [],
    notes: [],
    files: [],
    ...more,
  };
}

function file(state: ToolView['files'][number]['state'], name = 'config.toml'): ToolView['files'][number] {
  return { path: `/home/me/${name}`, shownPath: `~/${name}`, format: 'toml', exists: true, state };
}

describe('where a tool stands in the list', () => {
  test('those of this machine come first, what has a key before what has none, each else in the list’s order', () => {
    const tools = [
      tool('claude-code'),
      tool('codex', { installed: 'yes' }),
      tool('curl', { installed: 'unknown' }),
      tool('zed', { installed: 'yes', key: KEY }),
      tool('langchain', { installed: 'unknown', key: KEY }),
    ];
    const { here, others } = groupTools(tools);
    expect(here.map(({ id }) => id)).toEqual(['zed', 'langchain', 'codex']);
    expect(others.map(({ id }) => id)).toEqual(['claude-code', 'curl']);
  });

  it.each([
    [{ files: [file('none')] }, undefined],
    [{ files: [file('none')], key: KEY }, 'Has a key'],
    [{ files: [file('connected')], key: KEY, applied: { atMs: 1, model: 'a/b' } }, 'Connected'],
    [{ files: [file('connected'), file('changed')], applied: { atMs: 1, model: 'a/b' } }, 'Changed since'],
    [{ files: [file('none')], applied: { atMs: 1, model: 'a/b' } }, 'Changed since'],
  ])('%j', (more, words) => {
    expect(standing(tool('codex', more))?.words).toBe(words);
  });

  test('a file that Gatehouse does not edit leaves the lines to copy', () => {
    expect(canApply(tool('codex', { files: [file('none')] }))).toBe(true);
    expect(canApply(tool('codex', { files: [file('none'), file('refused')] }))).toBe(false);
    expect(canApply(tool('curl'))).toBe(false);
    expect(changeWords([file('none', 'a')])).toContain('Only the marked lines of ~/a change');
    expect(changeWords([{ ...file('none', 'a'), exists: false }])).toBe(
      'Gatehouse makes ~/a with these lines. Undo removes it again.',
    );
    expect(fileNames([file('none', 'a'), file('none', 'b')])).toBe('~/a and ~/b');
  });
});

test('the key stands wherever the placeholder stood, and nowhere before there is one', () => {
  const text = `export A=${KEY_PLACEHOLDER}\nexport B=${KEY_PLACEHOLDER}`;
  expect(fillKey(text, undefined)).toBe(text);
  // `$&` means something to String.replace.
  expect(fillKey(text, 'gh_$&')).toBe('export A=gh_$&\nexport B=gh_$&');
});

describe('a unified diff', () => {
  const DIFF = [
    '--- a/config.toml',
    '+++ b/config.toml',
    '@@ -1,3 +1,4 @@',
    ' # mine',
    '-model = "a"',
    '+model = "b"',
    '+model_provider = "gatehouse"',
    ' ',
    '@@ -20,1 +21,2 @@ [tools]',
    ' --- not a header',
    '+++ nor this',
    '\\ No newline at end of file',
    '',
  ].join('\n');

  test('is read with the numbers of its lines, and without headers', () => {
    expect(diffLines(DIFF)).toEqual([
      { kind: 'same', text: '# mine', before: 1, after: 1 },
      { kind: 'removed', text: 'model = "a"', before: 2 },
      { kind: 'added', text: 'model = "b"', after: 2 },
      { kind: 'added', text: 'model_provider = "gatehouse"', after: 3 },
      { kind: 'same', text: '', before: 3, after: 4 },
      { kind: 'gap', text: 'line 21' },
      { kind: 'same', text: '--- not a header', before: 20, after: 21 },
      { kind: 'added', text: '++ nor this', after: 22 },
    ]);
    expect(diffLines('')).toEqual([]);
  });
});

describe('the live check', () => {
  const RESULT: CheckEvent = { type: 'result', check: 'plain', ok: true, message: 'Answered.', durationMs: 12 };
  const EVENTS: readonly CheckEvent[] = [
    { type: 'start', protocol: 'openai-chat', baseUrl: 'http://127.0.0.1:1/v1', model: 'sim/echo', key: 'ephemeral' },
    { type: 'begin', check: 'plain' },
    RESULT,
    { type: 'begin', check: 'stream' },
  ];

  test('goes through its states', () => {
    const run = EVENTS.reduce(reduceCheck, newCheck());
    expect(run).toMatchObject({ phase: 'running', model: 'sim/echo' });
    expect(run.checks).toEqual({
      plain: { at: 'ended', result: RESULT },
      stream: { at: 'running' },
      tool: { at: 'waiting' },
    });
    const done = reduceCheck(run, { type: 'done', ok: false, message: 'Tool calls do not work.' });
    expect(done).toMatchObject({ phase: 'done', done: { ok: false } });
  });

  test('what was cut off is not left running, and what ended stays', () => {
    const run = endCheck(EVENTS.reduce(reduceCheck, newCheck()), 'broken', 'The gateway does not answer.');
    expect(run).toMatchObject({ phase: 'broken', error: 'The gateway does not answer.' });
    expect(run.checks.stream).toEqual({ at: 'waiting' });
    expect(run.checks.plain.at).toBe('ended');
  });
});

describe('what undoing did', () => {
  const at = (restored: 'exact' | 'entries' | 'removed' | 'gone', kept: string[] = []) => ({
    files: [{ path: '/home/me/.codex/config.toml', restored, kept }],
  });
  it.each([
    [at('exact'), 'config.toml has its earlier content again.'],
    [
      { ...at('removed'), revokedKey: 'tool-codex' },
      'config.toml is gone, as it was before. The key tool-codex is revoked.',
    ],
    [
      at('entries', ['model']),
      'config.toml was edited since: only the entries of Gatehouse were taken out. Left as you changed them: model.',
    ],
    [
      { files: [{ path: 'C:\\Users\\me\\settings.json', restored: 'gone' as const, kept: [] }] },
      'settings.json was not there any more.',
    ],
  ])('%j', (undone, words) => {
    expect(undoneWords(undone)).toBe(words);
  });
});
