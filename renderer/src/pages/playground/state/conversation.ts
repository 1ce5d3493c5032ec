/**
 * A playground conversation: the same questions put to one to four lanes, each with answers of its own. An answer has
 * several steps when the model called tools: every step is one run, and the results that led to the next. Pure.
 */
import type { Mode } from '../../../../../proxy/contract/config.ts';
import type { PlaygroundInput } from '../../../../../proxy/contract/playground.ts';
import { newRun, type Run } from './run-state.ts';

export const LANES_MAX = 4;

/** What a lane asks: a model by any of its names, in a mode where it is chosen for the call. */
export interface Target {
  readonly model: string;
  readonly mode: Mode | undefined;
}

export interface Lane {
  readonly id: number;
  readonly target: Target;
}

export interface AttachedImage {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly dataUrl: string;
}

export interface Question {
  readonly text: string;
  readonly images: readonly AttachedImage[];
}

export interface ToolResult {
  readonly callId: string;
  readonly content: string;
}

export interface Step {
  readonly run: Run;
  /** What the person gave for the calls of this run; undefined: nothing yet. */
  readonly results: readonly ToolResult[] | undefined;
}

export interface Turn {
  readonly id: number;
  readonly question: Question;
  readonly answers: ReadonlyMap<number, readonly Step[]>;
}

export interface Conversation {
  readonly lanes: readonly Lane[];
  readonly turns: readonly Turn[];
}

/** Where a run stands. */
export interface Place {
  readonly turnId: number;
  readonly laneId: number;
  readonly step: number;
}

export function stepsOf(turn: Turn, laneId: number): readonly Step[] {
  return turn.answers.get(laneId) ?? [];
}

export function withTurn(conversation: Conversation, turn: Turn): Conversation {
  return { ...conversation, turns: [...conversation.turns, turn] };
}

export function withoutTurn(conversation: Conversation, turnId: number): Conversation {
  return { ...conversation, turns: conversation.turns.filter(({ id }) => id !== turnId) };
}

/** Everything before a turn: where an edited question goes on from. */
export function before(conversation: Conversation, turnId: number): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === turnId);
  return at < 0 ? conversation : { ...conversation, turns: conversation.turns.slice(0, at) };
}

/** A new lane has heard what the first one heard, so that the conversation can go on in both. */
export function withLane(conversation: Conversation, lane: Lane): Conversation {
  const [first] = conversation.lanes;
  if (conversation.lanes.length >= LANES_MAX) return conversation;
  return {
    lanes: [...conversation.lanes, lane],
    turns: conversation.turns.map((turn) => {
      const heard = first === undefined ? undefined : turn.answers.get(first.id)?.filter(({ run }) => isOver(run));
      return heard === undefined ? turn : { ...turn, answers: new Map(turn.answers).set(lane.id, heard) };
    }),
  };
}

export function withoutLane(conversation: Conversation, laneId: number): Conversation {
  if (conversation.lanes.length <= 1) return conversation;
  return withoutAnswers(
    { ...conversation, lanes: conversation.lanes.filter(({ id }) => id !== laneId) },
    (id) => id !== laneId,
  );
}

/** The conversation goes on with one lane alone. */
export function onlyLane(conversation: Conversation, laneId: number): Conversation {
  return withoutAnswers(
    { ...conversation, lanes: conversation.lanes.filter(({ id }) => id === laneId) },
    (id) => id === laneId,
  );
}

export function withTarget(conversation: Conversation, laneId: number, target: Target): Conversation {
  return {
    ...conversation,
    lanes: conversation.lanes.map((lane) => (lane.id === laneId ? { ...lane, target } : lane)),
  };
}

/** Puts a run in its place: a new step, or the place of an earlier try. What came after it is gone. */
export function withRun(conversation: Conversation, place: Place, input: PlaygroundInput): Conversation {
  return changeSteps(conversation, place, (steps) => [
    ...steps.slice(0, place.step),
    { run: newRun(input), results: undefined },
  ]);
}

export function changeRun(conversation: Conversation, place: Place, change: (run: Run) => Run): Conversation {
  return changeSteps(conversation, place, (steps) => {
    const step = steps[place.step];
    if (step === undefined) return steps;
    const run = change(step.run);
    return run === step.run ? steps : steps.with(place.step, { ...step, run });
  });
}

export function withResults(conversation: Conversation, place: Place, results: readonly ToolResult[]): Conversation {
  return changeSteps(conversation, place, (steps) => {
    const step = steps[place.step];
    return step === undefined ? steps : steps.with(place.step, { ...step, results });
  });
}

function isOver(run: Run): boolean {
  return run.phase !== 'running';
}

function changeSteps(
  conversation: Conversation,
  { turnId, laneId }: Place,
  change: (steps: readonly Step[]) => readonly Step[],
): Conversation {
  const at = conversation.turns.findIndex(({ id }) => id === turnId);
  const turn = conversation.turns[at];
  if (turn === undefined) return conversation;
  const steps = stepsOf(turn, laneId);
  const changed = change(steps);
  if (changed === steps) return conversation;
  const answers = new Map(turn.answers).set(laneId, changed);
  return { ...conversation, turns: conversation.turns.with(at, { ...turn, answers }) };
}

function withoutAnswers(conversation: Conversation, keep: (laneId: number) => boolean): Conversation {
  return {
    ...conversation,
    turns: conversation.turns.map((turn) => ({
      ...turn,
      answers: new Map([...turn.answers].filter(([laneId]) => keep(laneId))),
    })),
  };
}
