/**
 * Random config files of every format, with comments: our entries go in, only they change, a second time changes nothing,
 * and taking them out gives the bytes that were there, also when the person changed something of theirs meanwhile.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { putEntries, readEntries, restoreEntries } from '../../../proxy/connect/edit/edit-entries.ts';
import { valueAt } from '../../../proxy/connect/edit/paths.ts';
import type { Entry } from '../../../proxy/connect/types.ts';
import type { FileFormat } from '../../../proxy/contract/connect.ts';
import { dotenvDocument, jsonDocument, MARKER, tomlDocument, yamlDocument } from './documents.ts';

const CLAUDE: readonly Entry[] = [
  { path: ['env', 'ANTHROPIC_BASE_URL'], value: 'http://127.0.0.1:7420' },
  { path: ['env', 'ANTHROPIC_AUTH_TOKEN'], value: 'gh_key' },
];
const OPENCODE: readonly Entry[] = [
  {
    path: ['provider', 'gatehouse'],
    value: { npm: '@ai-sdk/x', options: { baseURL: 'http://x/v1' }, models: { 'a/b': {} } },
  },
  { path: ['model'], value: 'gatehouse/a/b' },
];
const CODEX: readonly Entry[] = [
  { path: ['model'], value: 'auto' },
  { path: ['model_provider'], value: 'gatehouse' },
  { path: ['model_providers', 'gatehouse', 'name'], value: 'Gatehouse' },
  { path: ['model_providers', 'gatehouse', 'base_url'], value: 'http://127.0.0.1:7420/v1' },
];
const AIDER: readonly Entry[] = [
  { path: ['model'], value: 'openai/auto' },
  { path: ['openai-api-base'], value: 'http://127.0.0.1:7420/v1' },
];
const CONTINUE: readonly Entry[] = [
  {
    path: ['models', { where: 'name', is: 'Gatehouse' }],
    value: { name: 'Gatehouse', provider: 'openai', capabilities: ['tool_use'] },
  },
];
const GEMINI: readonly Entry[] = [
  { path: ['GEMINI_API_KEY'], value: 'gh_key' },
  { path: ['GOOGLE_GEMINI_BASE_URL'], value: 'http://127.0.0.1:7420' },
];

const CASES: readonly (readonly [string, FileFormat, readonly Entry[], fc.Arbitrary<string>])[] = [
  [
    'Claude Code',
    'jsonc',
    CLAUDE,
    jsonDocument({ env: ['ANTHROPIC_BASE_URL', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY'] }),
  ],
  ['opencode', 'jsonc', OPENCODE, jsonDocument({ provider: ['gatehouse'] })],
  [
    'Codex',
    'toml',
    CODEX,
    tomlDocument({
      top: ['model', 'model_provider'],
      table: 'model_providers.gatehouse',
      keys: ['name', 'base_url', 'env_key', 'query'],
    }),
  ],
  ['Aider', 'yaml', AIDER, yamlDocument({ top: ['model', 'openai-api-base'] })],
  ['Continue', 'yaml', CONTINUE, yamlDocument({ top: [], list: 'models' })],
  ['Gemini CLI', 'dotenv', GEMINI, dotenvDocument(['GEMINI_API_KEY', 'GOOGLE_GEMINI_BASE_URL'])],
];

describe.each(CASES)('%s', (_tool, format, entries, documents) => {
  const paths = entries.map(({ path }) => path);

  test('the entries are in it, and the second time changes nothing', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const edited = putEntries(text, format, entries);
        const data = readEntries(edited, format);
        for (const { path, value } of entries) expect(valueAt(data, path)).toEqual(value);
        expect(putEntries(edited, format, entries)).toBe(edited);
      }),
    );
  });

  test('every line of the person stands, in its order', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const left = putEntries(text, format, entries).split(/\r?\n/);
        const names = new Set(paths.map((path) => path.at(-1)).filter((step) => typeof step === 'string'));
        for (const line of text.split(/\r?\n/)) {
          if ([...names].some((name) => line.includes(name)) || /\{\}|\[\]$/.test(line)) continue;
          // A comma may follow what was the last of an object.
          const at = left.findIndex(
            (other) => other === line || other.replace(',', '') === line || other.replace(/,(?=[^,]*$)/, '') === line,
          );
          expect([line, at]).toEqual([line, expect.toSatisfy((found: number) => found >= 0)]);
          left.splice(0, at + 1);
        }
      }),
    );
  });

  test('taking them out gives the bytes that were there', () => {
    fc.assert(
      fc.property(documents, (text) => {
        expect(restoreEntries(putEntries(text, format, entries), format, paths, text)).toBe(text);
      }),
    );
  });

  test('what the person changed meanwhile stays', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const theirs = (whole: string) => whole.replace(MARKER, 'changed since');
        const edited = theirs(putEntries(text, format, entries));
        expect(restoreEntries(edited, format, paths, text)).toBe(theirs(text));
      }),
    );
  });
});
