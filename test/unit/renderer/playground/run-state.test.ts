import { describe, expect, it } from 'vitest';
import type { PlaygroundEvent } from '../../../../proxy/contract/playground.ts';
import {
  endRun,
  failRun,
  newRun,
  type Run,
  reduceRun,
} from '../../../../renderer/src/pages/playground/state/run-state.ts';
import { transfer } from '../views.ts';

const play = (...events: PlaygroundEvent[]): Run =>
  events.reduce(reduceRun, newRun({ model: 'sim/echo', messages: [{ role: 'user', content: 'hi' }] }));

describe('a playground run', () => {
  it('grows text, reasoning and tool calls, and ends with its figures', () => {
    const run = play(
      { type: 'route', requestId: 'req', provider: 'sim', model: 'echo', attempts: 1 },
      { type: 'reasoning', delta: 'hm' },
      { type: 'text', delta: 'He' },
      { type: 'text', delta: 'llo' },
      { type: 'toolCall', index: 1, name: 'second' },
      { type: 'toolCall', index: 0, name: 'first', argumentsDelta: '{' },
      { type: 'toolCall', index: 0, argumentsDelta: '}' },
      { type: 'finish', durationMs: 12, costNano: 5 },
    );
    expect(run).toMatchObject({ phase: 'done', text: 'Hello', reasoning: 'hm', finish: { costNano: 5 } });
    expect(run.toolCalls).toContainEqual({ index: 0, id: 'call_0', name: 'first', arguments: '{}' });
    expect(run.toolCalls).toHaveLength(2);
  });

  it('does not take a stream that merely ends for an answer', () => {
    expect(endRun(play({ type: 'text', delta: 'Hal' }), 'stream')).toMatchObject({
      phase: 'failed',
      text: 'Hal',
      error: { code: 'upstream_cut' },
    });
  });

  it('keeps what arrived when a person stops it', () => {
    expect(endRun(play({ type: 'text', delta: 'Hal' }), 'person')).toMatchObject({ phase: 'stopped', text: 'Hal' });
  });

  it('does not change its mind once it is over', () => {
    const done = play({ type: 'finish', durationMs: 1 });
    expect(endRun(done, 'stream').phase).toBe('done');
    expect(failRun(done, 'late').phase).toBe('done');
    const failed = play({ type: 'error', status: 429, code: 'rate_limited', message: 'slow down' });
    expect(reduceRun(failed, { type: 'finish', durationMs: 1 }).phase).toBe('failed');
  });

  it('shows each ledger entry once, wherever it came from', () => {
    const event: PlaygroundEvent = { type: 'transfer', transfer: transfer(7) };
    expect(play(event, event).transfers).toHaveLength(1);
  });
});
