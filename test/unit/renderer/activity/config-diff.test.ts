import { describe, expect, test } from 'vitest';
import { type ConfigDiff, diffConfigs } from '../../../../renderer/src/pages/activity/versions/config-diff.ts';
import { diffWords, foldWords } from '../../../../renderer/src/pages/activity/versions/version-words.ts';

const SIGNS = { same: ' ', added: '+', removed: '-' };

/** As a person reads it: `-12 text`, folds as `(9 within budgets)`. */
function drawn({ parts }: ConfigDiff): string[] {
  return parts.flatMap((part) =>
    part.kind === 'folded'
      ? [`(${part.lines.length}${part.within === undefined ? '' : ` within ${part.within}`})`]
      : part.lines.map(({ kind, number, text }) => `${SIGNS[kind]}${number} ${text}`),
  );
}

const BUDGETS = Array.from({ length: 8 }, (_, index) => `  - id: b${index}`);

describe('the difference between two configs', () => {
  test('keeps three lines around a change, numbers each line in its own file, and says where the fold ends', () => {
    const earlier = ['version: 1', 'budgets:', ...BUDGETS, 'server:', '  port: 7420', ''].join('\n');
    const later = ['version: 1', 'timeZone: UTC', 'budgets:', ...BUDGETS, 'server:', '  port: 7421', ''].join('\n');
    expect(drawn(diffConfigs(earlier, later))).toEqual([
      ' 1 version: 1',
      '+2 timeZone: UTC',
      ' 3 budgets:',
      ' 4   - id: b0',
      ' 5   - id: b1',
      '(4 within budgets)',
      ' 10   - id: b6',
      ' 11   - id: b7',
      ' 12 server:',
      '-12   port: 7420',
      '+13   port: 7421',
    ]);
  });

  test('what takes no more room than its fold is not folded', () => {
    const lines = (port: number, last: string) =>
      ['a: 1', `port: ${port}`, ...Array.from({ length: 8 }, (_, index) => `k${index}: 1`), last].join('\n');
    const diff = diffConfigs(lines(1, 'z: 1'), lines(2, 'z: 2'));
    expect(diff.parts.map(({ kind }) => kind)).toEqual(['shown', 'shown', 'shown']);
    expect(diff).toMatchObject({ added: 2, removed: 2 });
  });

  test('nothing differs: everything is folded', () => {
    const yaml = 'a: 1\nb: 2\nc: 3\nd: 4\n';
    expect(drawn(diffConfigs(yaml, yaml))).toEqual(['(4)']);
  });

  test('a whole part that went', () => {
    const diff = diffConfigs('a: 1\nb:\n  - 1\n  - 2\n', 'a: 1\n');
    expect(drawn(diff)).toEqual([' 1 a: 1', '-2 b:', '-3   - 1', '-4   - 2']);
  });
});

test.each([
  [0, 0, 'Nothing differs'],
  [1, 0, '1 line added'],
  [0, 2, '2 lines removed'],
  [3, 1, '3 lines added, 1 removed'],
])('%i added and %i removed', (added, removed, words) => {
  expect(diffWords({ parts: [], added, removed })).toBe(words);
});

test('a fold says how much it hides and what comes next', () => {
  expect(foldWords(4, 'budgets')).toBe('4 unchanged lines, then in budgets');
  expect(foldWords(12, undefined)).toBe('12 unchanged lines');
});
