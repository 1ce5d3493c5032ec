import { describe, expect, test } from 'vitest';
import {
  checkedRunner,
  emptyTally,
  fromPlaywright,
  fromStep,
  fromVitest,
  sum,
  summaryLines,
  withCiRule,
} from '../../../scripts/lib/tally.mjs';

const done = { code: 0, output: '', timedOut: false };
const failed = { code: 1, output: '', timedOut: false };
const stopped = { code: 137, output: '', timedOut: true };
const skip = (name: string, reason = 'because') => ({ name, reason });

describe('counting', () => {
  test('a tool is one test', () => {
    expect(fromStep('Lint', done)).toEqual({ passed: 1, failures: [], skips: [] });
    expect(fromStep('Lint', failed)).toEqual({ passed: 0, failures: ['Lint'], skips: [] });
    expect(fromStep('Lint', stopped).failures).toEqual(['Lint: stopped, it took too long']);
  });

  test("a skip's reason is its note, or stands in its name, or is missed", () => {
    const tally = fromVitest({
      passed: 3,
      failures: ['f'],
      skipped: [
        { name: 'a', reason: 'lsof is not installed' },
        { name: 'the keychain (skipped: no D-Bus) > stores', reason: undefined },
        { name: 'c', reason: undefined },
      ],
    });
    expect(tally?.skips.map(({ reason }) => reason)).toEqual(['lsof is not installed', 'no D-Bus', 'no reason given']);
    expect(tally).toMatchObject({ passed: 3, failures: ['f'] });
  });

  test("Playwright's nested suites are counted with their full names", () => {
    const spec = (title: string, status: string, annotations: { type: string; description?: string }[] = []) => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, projectName: 'console', annotations }],
    });
    const tally = fromPlaywright({
      errors: [{ message: 'no such file' }],
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('one', 'expected'), spec('two', 'unexpected')],
          suites: [
            {
              title: 'inner',
              specs: [
                spec('three', 'skipped', [{ type: 'skip', description: 'no display' }]),
                spec('four', 'skipped'),
                spec('five', 'flaky'),
              ],
            },
          ],
        },
      ],
    });
    expect(tally).toEqual({
      passed: 1,
      failures: [
        'console > a.spec.ts > inner > five',
        'console > a.spec.ts > two',
        'outside of any test: no such file',
      ],
      skips: [
        skip('console > a.spec.ts > inner > three', 'no display'),
        skip('console > a.spec.ts > inner > four', 'did not run: something before it failed'),
      ],
    });
  });

  test('parts add up', () => {
    const total = sum([
      { passed: 2, failures: ['a'], skips: [] },
      { passed: 3, failures: ['b'], skips: [skip('c')] },
    ]);
    expect(total).toEqual({ passed: 5, failures: ['a', 'b'], skips: [skip('c')] });
  });
});

describe('a runner is held to its word', () => {
  const good = { passed: 5, failures: [], skips: [] };
  test.each([
    ['no report', failed, undefined, 'vitest: ended without a report (exit code 1)'],
    ['no report, though it ended well', done, undefined, 'vitest: ended without a report (exit code 0)'],
    ['no test', done, { ...emptyTally(), skips: [skip('a')] }, 'vitest: no test was executed'],
    ['an unexplained exit code', failed, good, 'vitest: exit code 1, though every test passed'],
    ['too long', stopped, good, 'vitest: stopped, it took too long'],
  ])('%s is a failure', (_what, outcome, tally, failure) => {
    expect(checkedRunner('vitest', outcome, tally).failures).toEqual([failure]);
  });

  test('passing is passing, and a failed test explains the exit code', () => {
    expect(checkedRunner('vitest', done, good)).toEqual(good);
    expect(checkedRunner('vitest', failed, { ...good, failures: ['a'] }).failures).toEqual(['a']);
  });
});

describe('the end of the run', () => {
  const tally = { passed: 7, failures: [], skips: [skip('electron'), skip('keychain', 'no D-Bus')] };
  const exempt = ({ name }: { name: string }) => name === 'electron';

  test('elsewhere a skip is a skip', () => {
    expect(withCiRule(tally, { ci: false, exempt })).toEqual(tally);
  });

  test('on CI a skip is a failure, the excepted one aside', () => {
    expect(withCiRule(tally, { ci: true, exempt })).toEqual({
      passed: 7,
      failures: ['keychain: skipped on CI (no D-Bus)'],
      skips: [skip('electron')],
    });
  });

  test('the count is the last line, every skip and failure stands above it', () => {
    expect(summaryLines({ ...tally, failures: ['a > b'] })).toEqual([
      'Skipped:',
      '  electron\n    because',
      '  keychain\n    no D-Bus',
      '',
      'Failed:',
      '  a > b',
      '',
      '7 passed, 1 failed, 2 skipped',
    ]);
    expect(summaryLines({ passed: 1, failures: [], skips: [] })).toEqual(['1 passed, 0 failed, 0 skipped']);
  });
});
