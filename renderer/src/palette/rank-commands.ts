/** Which commands fit what was typed, the best first, told apart by group. Pure. */
import { COMMAND_GROUPS, type Command, type CommandGroup } from './command.ts';
import { wordScore, wordsOf } from './match-text.ts';

export interface RankedGroup {
  readonly group: CommandGroup;
  readonly commands: readonly Command[];
}

/** Of a group, while something is typed. */
const SHOWN_MAX = 7;
/** Before anything is typed: where to go, what to do, and the last calls. */
const AT_FIRST: Partial<Record<CommandGroup, number>> = { Pages: 40, Actions: 40, Requests: 3 };

const KEYWORD_WEIGHT = 0.7;
const DETAIL_WEIGHT = 0.5;

export function rankCommands(commands: readonly Command[], query: string): readonly RankedGroup[] {
  const words = wordsOf(query);
  if (words.length === 0) {
    return COMMAND_GROUPS.map((group) => ({
      group,
      commands: commands.filter((command) => command.group === group).slice(0, AT_FIRST[group] ?? 0),
    })).filter(({ commands: shown }) => shown.length > 0);
  }
  const scored = commands.flatMap((command) => {
    const score = scoreOf(command, words);
    return score === undefined ? [] : [{ command, score }];
  });
  // A stable sort: among equals the order they came in.
  scored.sort((a, b) => b.score - a.score);
  const groups = new Map<CommandGroup, Command[]>();
  for (const { command } of scored) {
    const group = groups.get(command.group) ?? [];
    if (group.length < SHOWN_MAX) group.push(command);
    groups.set(command.group, group);
  }
  return [...groups].map(([group, shown]) => ({ group, commands: shown }));
}

/** Every word has to fit somewhere; undefined: one does not. */
function scoreOf({ label, detail, keywords = [] }: Command, words: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    const scores = [
      wordScore(word, label),
      ...keywords.map((keyword) => weighted(wordScore(word, keyword), KEYWORD_WEIGHT)),
      weighted(detail === undefined ? undefined : wordScore(word, detail), DETAIL_WEIGHT),
    ].filter((score) => score !== undefined);
    if (scores.length === 0) return undefined;
    sum += Math.max(...scores);
  }
  return sum;
}

function weighted(score: number | undefined, weight: number): number | undefined {
  return score === undefined ? undefined : score * weight;
}
