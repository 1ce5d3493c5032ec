/** The figures of an answer: of all its steps together, and which of several answers did best. Pure. */
import type { RequestView } from '../../../contract-views.ts';
import { tokensRead, tokensWritten } from '../../../format/tokens.ts';
import type { Step } from '../state/conversation.ts';
import { runFigures } from '../state/run-figures.ts';

/** A sum is unknown when a part of it is. */
export interface AnswerFigures {
  readonly read: number | undefined;
  readonly written: number | undefined;
  readonly costNano: number | undefined;
  /** No step of it was charged. */
  readonly free: boolean;
  /** Until the first word of the first step. */
  readonly firstTokenMs: number | undefined;
  readonly durationMs: number | undefined;
  /** Of the last step. */
  readonly tokensPerSecond: number | undefined;
}

/** `request`: the last step's as the live feed has it, for a run that told no figures itself. */
export function answerFigures(steps: readonly Step[], request?: RequestView): AnswerFigures {
  const all = steps.map(({ run }, index) => runFigures(run, index === steps.length - 1 ? request : undefined));
  return {
    read: sum(all.flatMap(({ usage, free }) => (free ? [] : [tokensRead(usage)]))),
    written: sum(all.flatMap(({ usage, free }) => (free ? [] : [tokensWritten(usage)]))),
    costNano: sum(all.flatMap(({ costNano, free }) => (free ? [] : [costNano]))),
    free: all.length > 0 && all.every(({ free }) => free),
    firstTokenMs: all[0]?.firstTokenMs,
    durationMs: sum(all.map(({ durationMs }) => durationMs)),
    tokensPerSecond: all.at(-1)?.tokensPerSecond,
  };
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  let total = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    total += value;
  }
  return values.length === 0 ? undefined : total;
}

export type Merit = 'cheapest' | 'first' | 'fastest' | 'soonest';

/** Who did best at what, by lane; nobody where two did equally well, or only one can be judged. */
export function meritsOf(answers: ReadonlyMap<number, readonly Step[]>): ReadonlyMap<number, ReadonlySet<Merit>> {
  const judged = [...answers]
    .filter(([, steps]) => steps.at(-1)?.run.phase === 'done')
    .map(([laneId, steps]) => ({ laneId, figures: answerFigures(steps) }));
  const merits = new Map<number, Set<Merit>>();
  const honour = (merit: Merit, figureOf: (figures: AnswerFigures) => number | undefined) => {
    const values = judged.flatMap(({ laneId, figures }) => {
      const value = figureOf(figures);
      return value === undefined ? [] : [{ laneId, value }];
    });
    const [best, second] = values.sort((a, b) => a.value - b.value);
    if (best === undefined || second === undefined || best.value === second.value) return;
    merits.set(best.laneId, (merits.get(best.laneId) ?? new Set<Merit>()).add(merit));
  };
  honour('cheapest', ({ costNano }) => costNano);
  honour('first', ({ firstTokenMs }) => firstTokenMs);
  honour('fastest', ({ tokensPerSecond }) => (tokensPerSecond === undefined ? undefined : -tokensPerSecond));
  honour('soonest', ({ durationMs }) => durationMs);
  return merits;
}
