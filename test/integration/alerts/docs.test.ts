/** The examples of docs/alerts.md, run against what is really sent. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { signature } from '../../../proxy/alerts/signature.ts';
import { ALERT_EVENTS } from '../../../proxy/contract/config.ts';

const DOCS = readFileSync(join(import.meta.dirname, '../../../docs/alerts.md'), 'utf8');
const NOW_SECONDS = Math.floor(Date.now() / 1000);
const BODY = Buffer.from('{"id":"alert_1","message":"höchste Zeit"}');
const SECRET = 'whsec_ünïcode';

const CASES = [
  { what: 'ours', header: signature(SECRET, NOW_SECONDS, BODY), body: BODY, good: true },
  { what: 'of another secret', header: signature('other', NOW_SECONDS, BODY), body: BODY, good: false },
  { what: 'a changed body', header: signature(SECRET, NOW_SECONDS, BODY), body: Buffer.from('{}'), good: false },
  { what: 'an old one', header: signature(SECRET, NOW_SECONDS - 3_600, BODY), body: BODY, good: false },
  { what: 'none at all', header: '', body: BODY, good: false },
];

function example(language: string): string {
  const found = [...DOCS.matchAll(/```(\w+)\n([\s\S]*?)```/g)].find(([, name]) => name === language);
  if (found?.[2] === undefined) throw new Error(`docs/alerts.md has no ${language} example`);
  return found[2];
}

test('the JavaScript example tells ours from others', async () => {
  const module: { isFromGatehouse(header: string, body: Buffer, secret: string): boolean } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(example('js'))}`
  );
  const judged = CASES.map(({ what, header, body }) => [what, module.isFromGatehouse(header, body, SECRET)]);
  expect(judged).toEqual(CASES.map(({ what, good }) => [what, good]));
});

test('the Python example does, too', ({ skip }) => {
  skip(spawnSync('python3', ['--version']).status !== 0, 'no Python on this machine');
  const program = `${example('python')}
import json, sys, base64
print(json.dumps([is_from_gatehouse(h, base64.b64decode(b), s) for h, b, s in json.load(sys.stdin)]))`;
  const input = JSON.stringify(CASES.map(({ header, body }) => [header, body.toString('base64'), SECRET]));
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual(CASES.map(({ good }) => good));
});

test('every event of the config is explained', () => {
  for (const event of ALERT_EVENTS) expect(DOCS).toContain(`| \`${event}\` |`);
});
