import { expect, test } from 'vitest';
import { parseConfigYaml } from '../../../proxy/config/parse-config.ts';

const config = (url: string) =>
  `version: 1\nalerts: { webhooks: [{ url: ${JSON.stringify(url)}, secret: env:HOOK_SECRET, events: [loop] }] }\n`;

test.each([
  'https://hooks.example/x',
  'http://127.0.0.1:9000/x',
  'http://[::1]/x',
  'http://localhost/x',
  'env:HOOK_URL',
])('a webhook may go to %s', (url) => expect(parseConfigYaml(config(url)).ok).toBe(true));

test.each([
  ['http://hooks.example/T0K3N', /expected https/],
  ['http://localhost.example/T0K3N', /expected https/],
  ['https://me@hooks.example/T0K3N', /found a user name or password/],
])('%s is refused before anything starts, without repeating it', (url, words) => {
  const parsed = parseConfigYaml(config(url));
  const [problem] = parsed.ok ? [] : parsed.problems;
  expect(problem).toMatchObject({ path: 'alerts.webhooks[0].url', message: expect.stringMatching(words) });
  expect(problem?.message).not.toContain('T0K3N');
});
