/** An agent that goes round in circles: the same tool with the same arguments, or the same two in turn, again and again. */
import type { Call, Message } from '../core/call.ts';

/** Longest circle that is looked for: A-A-A, and A-B-A-B. */
const PERIOD_MAX = 2;

export interface ToolCycle {
  /** How many steps make one round. */
  readonly period: number;
  readonly rounds: number;
  /** Names of the tools, in order; never their arguments. */
  readonly tools: readonly string[];
}

/**
 * Looks at the agent's run under way: back to the last answer of the model that called no tool, which is where a person (or
 * a program) took the word. One step is one message of the model, with all the calls it makes at once. Undefined: fewer
 * than `roundsMax` rounds.
 */
export function findToolCycle(messages: Call['messages'], roundsMax: number): ToolCycle | undefined {
  const steps = stepsFromEnd(messages, roundsMax * PERIOD_MAX);
  for (let period = 1; period <= PERIOD_MAX; period += 1) {
    const wanted = roundsMax * period;
    if (steps.length < wanted) return undefined;
    let same = period;
    while (same < wanted && isSame(steps[same], steps[same - period])) same += 1;
    if (same === wanted) return { period, rounds: roundsMax, tools: toolsOf(steps.slice(0, period).reverse()) };
  }
  return undefined;
}

type Step = readonly ToolUse[];
interface ToolUse {
  readonly name: string;
  readonly arguments: string;
}

/** Newest first, at most `count`. */
function stepsFromEnd(messages: readonly Message[], count: number): Step[] {
  const steps: Step[] = [];
  for (let at = messages.length - 1; at >= 0 && steps.length < count; at -= 1) {
    const message = messages[at];
    if (message?.role !== 'assistant') continue;
    const uses = message.parts.flatMap((part) =>
      part.kind === 'tool-call'
        ? [
            {
              name: part.namespace === undefined ? part.name : `${part.namespace}.${part.name}`,
              arguments: part.arguments,
            },
          ]
        : [],
    );
    if (uses.length === 0) break;
    steps.push(uses);
  }
  return steps;
}

function isSame(first: Step | undefined, second: Step | undefined): boolean {
  if (first === undefined || second === undefined || first.length !== second.length) return false;
  return first.every((use, at) => use.name === second[at]?.name && use.arguments === second[at].arguments);
}

function toolsOf(steps: readonly Step[]): string[] {
  return [...new Set(steps.flatMap((step) => step.map(({ name }) => name)))];
}
