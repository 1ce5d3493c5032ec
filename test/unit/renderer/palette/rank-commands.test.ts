import { IconBell } from '@tabler/icons-react';
import { describe, expect, test } from 'vitest';
import type { Command, CommandGroup } from '../../../../renderer/src/palette/command.ts';
import { wordScore } from '../../../../renderer/src/palette/match-text.ts';
import { rankCommands } from '../../../../renderer/src/palette/rank-commands.ts';

function command(group: CommandGroup, label: string, more: Partial<Command> = {}): Command {
  return { id: `${group} ${label}`, group, label, icon: IconBell, run: () => undefined, ...more };
}

const COMMANDS = [
  command('Pages', 'Usage', { keywords: ['cost'] }),
  command('Pages', 'Budgets & limits', { keywords: ['caps'] }),
  command('Actions', 'Pause all calls', { keywords: ['kill switch'] }),
  command('Actions', 'Export usage'),
  command('Models', 'openai/gpt-4o-mini'),
  command('Models', 'openai/gpt-4o'),
  command('Requests', 'auto', { keywords: ['req_01ABCDEF'], detail: 'aider, Settled' }),
  ...Array.from({ length: 9 }, (_, index) => command('Requests', `model-${index}`)),
];

function labels(query: string): string[] {
  return rankCommands(COMMANDS, query).flatMap(({ commands }) => commands.map(({ label }) => label));
}

describe('one word in a text', () => {
  test.each([
    ['usage', 'Usage', 100],
    ['us', 'Usage', 80],
    ['limits', 'Budgets & limits', 60],
    ['4o', 'openai/gpt-4o', 60],
    ['pt-4', 'openai/gpt-4o', 40],
    ['gpt', 'openai/gpt-4o', 60],
    ['sag', 'Usage', 40],
    ['xyz', 'Usage', undefined],
    ['x', 'Usage', undefined],
  ])('%s in %s', (word, text, score) => {
    expect(wordScore(word, text)).toBe(score);
  });

  test('letters in their order fit a little, the less the further apart; far apart or in another order not at all', () => {
    const near = wordScore('bdg', 'Budgets & limits') ?? 0;
    const far = wordScore('bgs', 'Budgets & limits') ?? 0;
    expect(near).toBeGreaterThan(far);
    expect(far).toBeGreaterThan(0);
    expect(near).toBeLessThan(40);
    expect(wordScore('bs', 'Budgets & limits')).toBeUndefined();
    expect(wordScore('gdb', 'Budgets & limits')).toBeUndefined();
  });
});

describe('ranking', () => {
  test('before anything is typed: pages, actions and the last three requests', () => {
    const groups = rankCommands(COMMANDS, '  ');
    expect(groups.map(({ group, commands }) => [group, commands.length])).toEqual([
      ['Pages', 2],
      ['Actions', 2],
      ['Requests', 3],
    ]);
  });

  test('the best fit comes first, and its group with it', () => {
    expect(labels('usage')).toEqual(['Usage', 'Export usage']);
    expect(labels('gpt 4o')[0]).toBe('openai/gpt-4o-mini');
    expect(labels('openai/gpt-4o')).toEqual(['openai/gpt-4o', 'openai/gpt-4o-mini']);
  });

  test('other words and ids find a command too, below a label that fits as well', () => {
    expect(labels('kill')).toEqual(['Pause all calls']);
    expect(labels('req_01abc')).toEqual(['auto']);
    expect(labels('aider')).toEqual(['auto']);
  });

  test('every word has to fit', () => {
    expect(labels('export usage')).toEqual(['Export usage']);
    expect(labels('export nonsense')).toEqual([]);
  });

  test('a group shows seven at most', () => {
    expect(labels('model-')).toHaveLength(7);
  });
});
