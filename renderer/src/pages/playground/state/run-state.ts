/** One run of the playground and what is known of it, as a pure function of the events of `playground.run`. */
import type { PlaygroundEvent, PlaygroundInput } from '../../../../../proxy/contract/playground.ts';
import type { RouteView } from '../../../../../proxy/contract/routes.ts';
import type { TransferView } from '../../../contract-views.ts';

/** `example`: no run at all, but an answer that a saved prompt gives. */
export type RunPhase = 'running' | 'done' | 'stopped' | 'failed' | 'example';

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
}

export interface ToolCallText {
  readonly index: number;
  /** As the provider names the call; one of ours where it has no name. */
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** One question to a model: the answer as it grows, then its figures. Unknown figures stay undefined. */
export interface Run {
  readonly phase: RunPhase;
  /** The call as it was sent. */
  readonly input: PlaygroundInput;
  readonly requestId: string | undefined;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCallText[];
  readonly route: Extract<PlaygroundEvent, { type: 'route' }> | undefined;
  readonly finish: Extract<PlaygroundEvent, { type: 'finish' }> | undefined;
  readonly trace: RouteView | undefined;
  readonly head: Extract<PlaygroundEvent, { type: 'headers' }> | undefined;
  readonly error: RunError | undefined;
  readonly transfers: readonly TransferView[];
}

export function newRun(input: PlaygroundInput): Run {
  return {
    phase: 'running',
    input,
    requestId: undefined,
    text: '',
    reasoning: '',
    toolCalls: [],
    route: undefined,
    finish: undefined,
    trace: undefined,
    head: undefined,
    error: undefined,
    transfers: [],
  };
}

export function reduceRun(run: Run, event: PlaygroundEvent): Run {
  switch (event.type) {
    case 'started':
      return { ...run, requestId: event.requestId };
    case 'trace':
      return { ...run, trace: event.route };
    case 'headers':
      return { ...run, head: event };
    case 'route':
      return { ...run, route: event };
    case 'text':
      return { ...run, text: run.text + event.delta };
    case 'reasoning':
      return { ...run, reasoning: run.reasoning + event.delta };
    case 'toolCall':
      return { ...run, toolCalls: withToolCall(run.toolCalls, event) };
    case 'transfer':
      return withTransfer(run, event.transfer);
    case 'finish':
      return { ...run, phase: run.phase === 'running' ? 'done' : run.phase, finish: event };
    case 'error':
      return { ...run, phase: 'failed', error: { code: event.code, message: event.message, status: event.status } };
    default:
      event satisfies never;
      return run;
  }
}

/** The stream is over. Without a finish or an error it was cut, which must not look like an answer that ended well. */
export function endRun(run: Run, by: 'stream' | 'person'): Run {
  if (run.phase !== 'running') return run;
  if (by === 'person') return { ...run, phase: 'stopped' };
  return {
    ...run,
    phase: 'failed',
    error: { code: 'upstream_cut', message: 'The answer broke off before it was complete.', status: undefined },
  };
}

export function failRun(run: Run, message: string): Run {
  if (run.phase !== 'running') return run;
  return { ...run, phase: 'failed', error: { code: 'gateway', message, status: undefined } };
}

/** Entries come with the run's events and again with the live feed (a stopped run settles after its stream ended). */
export function withTransfer(run: Run, transfer: TransferView): Run {
  if (run.transfers.some(({ seq }) => seq === transfer.seq)) return run;
  return { ...run, transfers: [...run.transfers, transfer] };
}

function withToolCall(
  calls: readonly ToolCallText[],
  event: Extract<PlaygroundEvent, { type: 'toolCall' }>,
): readonly ToolCallText[] {
  const at = calls.findIndex(({ index }) => index === event.index);
  const before = calls[at] ?? { index: event.index, id: `call_${event.index}`, name: '', arguments: '' };
  const after = {
    index: event.index,
    id: event.id ?? before.id,
    name: event.name ?? before.name,
    arguments: before.arguments + (event.argumentsDelta ?? ''),
  };
  return at >= 0 ? calls.with(at, after) : [...calls, after];
}

export function exampleRun(input: PlaygroundInput, text: string): Run {
  return { ...newRun(input), phase: 'example', text };
}
