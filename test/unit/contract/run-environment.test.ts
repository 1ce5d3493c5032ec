/** The variables that point a tool at Gatehouse, as lines that real shells read back. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { CONFLICTING_VARIABLES, runEnvironment, SHELLS, shellLines } from '../../../proxy/contract/run-environment.ts';

const HOSTILE = `it's "a" $HOME \`id\` \\ back\\' %PATH% ; rm # ! ‘x’`;

describe('the variables', () => {
  const env = runEnvironment({ baseUrl: 'http://127.0.0.1:7420/v1', secret: 'gh_secret' });

  test('with /v1 for OpenAI clients, without it for Anthropic and Gemini', () => {
    expect(env).toMatchObject({
      OPENAI_BASE_URL: 'http://127.0.0.1:7420/v1',
      OPENAI_API_BASE: 'http://127.0.0.1:7420/v1',
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:7420',
      GOOGLE_GEMINI_BASE_URL: 'http://127.0.0.1:7420',
    });
  });

  test('nothing that is set is also unset', () => {
    expect(CONFLICTING_VARIABLES.filter((name) => name in env)).toEqual([]);
  });
});

describe('lines for shells', () => {
  test.each(SHELLS)('%s: what conflicts goes first, then each variable on a line of its own', (shell) => {
    const lines = shellLines(shell, { A: '1', B: '2' }, ['C', 'B']);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('C');
    expect(lines[0]).not.toContain('B');
  });

  test('bash reads back what was given, whatever is in it', () => {
    const script = [
      ...shellLines('bash', { GIVEN: HOSTILE, TWO: '' }, ['GONE']),
      'printf %s "$GIVEN|$TWO|$(printenv GONE || echo gone)"',
    ];
    const env = { PATH: process.env.PATH ?? '', GONE: 'still here' };
    expect(execFileSync('bash', ['--norc', '-c', script.join('\n')], { env, encoding: 'utf8' })).toBe(
      `${HOSTILE}||gone`,
    );
  });

  test('fish and PowerShell quote as they read', () => {
    expect(shellLines('fish', { A: `a'b\\c` }, [])).toEqual([`set -gx A 'a\\'b\\\\c'`]);
    expect(shellLines('powershell', { A: `a'b\\c $x ’` }, ['B', 'C'])).toEqual([
      'Remove-Item -ErrorAction SilentlyContinue Env:B, Env:C',
      `$env:A = 'a''b\\c $x ’’'`,
    ]);
  });

  test('what is no name of a variable is refused, not pasted', () => {
    expect(() => shellLines('bash', { 'A; rm': '1' }, [])).toThrow(RangeError);
  });
});
