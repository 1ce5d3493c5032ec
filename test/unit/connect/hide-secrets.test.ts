import { describe, expect, test } from 'vitest';
import { hideSecrets } from '../../../proxy/connect/hide-secrets.ts';
import { KEY_PLACEHOLDER } from '../../../proxy/contract/connect.ts';

const OURS = `gh_${'a'.repeat(43)}`;

describe('what is shown of a file', () => {
  test.each([
    ['our key', `"x": "${OURS}"`, `"x": "${KEY_PLACEHOLDER}"`],
    ['another key of Gatehouse', `x = "gh_${'b'.repeat(43)}"`, 'x = "(hidden)"'],
    ['JSON', '"apiKey": "abcdef", "a": 1', '"apiKey": "(hidden)", "a": 1'],
    ['TOML', 'experimental_bearer_token = "abc def"', 'experimental_bearer_token = "(hidden)"'],
    ['YAML', 'openai-api-key: abcdef # mine', 'openai-api-key: (hidden) # mine'],
    ['words without quotes', 'password: correct horse battery # mine', 'password: (hidden) # mine'],
    ['an escaped quote', '"secret": "a\\"bcd", "a": 1', '"secret": "(hidden)", "a": 1'],
    ['a variable', 'export GITHUB_TOKEN=abcdef', 'export GITHUB_TOKEN=(hidden)'],
    ['a key by its looks', '"note": "sk-ant-0123456789"', '"note": "(hidden)"'],
    ['a header', 'Authorization: Bearer abcdef.ghi', 'Authorization: Bearer (hidden)'],
    ['an address with a password', 'url = "https://me:word@host/x"', 'url = "https://(hidden)@host/x"'],
  ])('hides %s', (_what, text, shown) => {
    expect(hideSecrets(text, [OURS])).toBe(shown);
  });

  test.each([
    ['a number of tokens', '"max_tokens": 128000,'],
    ['the name of a variable', 'env_key = "GATEHOUSE_KEY"'],
    ['a reference', `apiKey: $${'{{'} secrets.MINE }}`],
    ['another reference', '"apiKey": "{env:OPENAI_API_KEY}"'],
    ['an object', '"tokens": { "a": 1 }'],
    ['an address', 'token_url = "https://host/x"'],
    ['the placeholder', `"apiKey": "${KEY_PLACEHOLDER}"`],
    ['a keyboard', '"keymap": true'],
  ])('shows %s', (_what, text) => {
    expect(hideSecrets(text, [OURS])).toBe(text);
  });
});

test('a long line costs no time', () => {
  const long = 'a'.repeat(1_000_000);
  expect(hideSecrets(`"image": "${long}"`, [])).toContain(long);
});
