import { describe, expect, it } from 'vitest';
import type { PlaygroundEvent, PlaygroundInput } from '../../../../proxy/contract/playground.ts';
import { stepsOf } from '../../../../renderer/src/pages/playground/state/conversation.ts';
import { PlaygroundStore } from '../../../../renderer/src/pages/playground/state/playground-store.ts';
import { transfer } from '../views.ts';

interface Call {
  readonly input: PlaygroundInput;
  readonly signal: AbortSignal;
  /** Arrives at once; the store sees it when its queue is flushed. */
  say(...events: PlaygroundEvent[]): Promise<void>;
  end(): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** The control channel of a test: every run waits for what the test lets it say. */
class Channel {
  readonly calls: Call[] = [];
  readonly flushes: (() => void)[] = [];

  readonly parts = {
    run: async (input: PlaygroundInput, signal: AbortSignal) => {
      const { readable, writable } = new TransformStream<PlaygroundEvent>(undefined, undefined, {
        highWaterMark: 100,
      });
      const writer = writable.getWriter();
      const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
      this.calls.push({
        input,
        signal,
        say: async (...events) => {
          for (const event of events) await writer.write(event);
          await settle();
        },
        end: async () => {
          await writer.close();
          await settle();
        },
        fail: async (error) => {
          await writer.abort(error);
          await settle();
        },
      });
      return readable;
    },
    explain: (error: unknown) => String(error),
    schedule: (flush: () => void) => void this.flushes.push(flush),
  };

  flush(): void {
    for (const flush of this.flushes.splice(0)) flush();
  }

  call(at: number): Call {
    const found = this.calls[at];
    if (found === undefined) throw new Error(`there was no call ${at}`);
    return found;
  }
}

async function asked(...models: readonly string[]) {
  const channel = new Channel();
  const store = new PlaygroundStore(
    channel.parts,
    models.map((model) => ({ model, mode: undefined })),
  );
  store.draft({ text: 'hello', images: [] });
  store.send();
  await Promise.resolve();
  return { channel, store };
}

const lane = (store: PlaygroundStore, at: number) => store.get().conversation.lanes[at]?.id ?? -1;
const answer = (store: PlaygroundStore, at = 0) => {
  const turn = store.get().conversation.turns.at(-1);
  return turn === undefined ? [] : stepsOf(turn, lane(store, at)).map(({ run }) => run);
};

describe('the playground of a window', () => {
  it('asks every lane at once and empties the draft', async () => {
    const { channel, store } = await asked('a', 'b');
    expect(channel.calls.map(({ input }) => input.model)).toEqual(['a', 'b']);
    expect(store.get().draft.text).toBe('');
  });

  it('hands on many words as one change', async () => {
    const { channel, store } = await asked('a');
    let changes = 0;
    store.subscribe(() => {
      changes += 1;
    });
    await channel
      .call(0)
      .say({ type: 'text', delta: 'Hel' }, { type: 'text', delta: 'lo' }, { type: 'text', delta: '!' });
    expect(answer(store)[0]?.text).toBe('');
    channel.flush();
    expect(answer(store)[0]?.text).toBe('Hello!');
    expect(changes).toBe(1);
  });

  it('keeps what arrived when it is stopped, and hears nothing of the old run after that', async () => {
    const { channel, store } = await asked('a', 'b');
    await channel.call(0).say({ type: 'text', delta: 'half' });
    store.stop(lane(store, 0));
    expect(answer(store, 0)[0]).toMatchObject({ phase: 'stopped', text: 'half' });
    expect(channel.call(0).signal.aborted).toBe(true);
    expect(answer(store, 1)[0]?.phase).toBe('running');
    await channel.call(0).say({ type: 'text', delta: ' more' });
    channel.flush();
    expect(answer(store, 0)[0]?.text).toBe('half');
  });

  it('says that a stream which only ends was cut, and why a call could not be made', async () => {
    const { channel, store } = await asked('a', 'b');
    await channel.call(0).end();
    await channel.call(1).fail(new Error('no way'));
    expect(answer(store, 0)[0]?.error?.code).toBe('upstream_cut');
    expect(answer(store, 1)[0]).toMatchObject({ phase: 'failed', error: { message: 'Error: no way' } });
  });

  it('makes a try again in the same place, from the same words', async () => {
    const { channel, store } = await asked('a');
    await channel.call(0).fail(new Error('no way'));
    const turnId = store.get().conversation.turns[0]?.id ?? -1;
    store.retry({ turnId, laneId: lane(store, 0) });
    await Promise.resolve();
    expect(channel.call(1).input).toEqual(channel.call(0).input);
    expect(answer(store)).toMatchObject([{ phase: 'running' }]);
  });

  it('goes on after a tool with what the person answered', async () => {
    const { channel, store } = await asked('a');
    await channel
      .call(0)
      .say(
        { type: 'toolCall', index: 0, id: 'c1', name: 'get', argumentsDelta: '{}' },
        { type: 'finish', durationMs: 1 },
      );
    channel.flush();
    const turnId = store.get().conversation.turns[0]?.id ?? -1;
    store.answerTools({ turnId, laneId: lane(store, 0), step: 0 }, [{ callId: 'c1', content: '21' }]);
    await Promise.resolve();
    expect(channel.call(1).input.messages.at(-1)).toEqual({ role: 'tool', tool_call_id: 'c1', content: '21' });
    expect(answer(store).map(({ phase }) => phase)).toEqual(['done', 'running']);
  });

  it('puts another question in the place of an earlier one', async () => {
    const { channel, store } = await asked('a');
    store.resend(store.get().conversation.turns[0]?.id ?? -1, { text: 'better', images: [] });
    await Promise.resolve();
    expect(channel.call(0).signal.aborted).toBe(true);
    expect(channel.call(1).input.messages).toEqual([{ role: 'user', content: 'better' }]);
    expect(store.get().conversation.turns).toHaveLength(1);
  });

  it('takes the late entries of a stopped run from the live feed, each once', async () => {
    const { channel, store } = await asked('a');
    await channel.call(0).say({ type: 'started', requestId: 'req_1' });
    store.stop();
    const late = { ...transfer(7), requestId: 'req_1' };
    const live = { transfers: [late, { ...transfer(8), requestId: 'req_2' }] } as never;
    store.adopt(live);
    store.adopt(live);
    expect(answer(store)[0]?.transfers).toEqual([late]);
  });

  it('opens a saved prompt in the place of the conversation', async () => {
    const { store } = await asked('a');
    store.load({
      system: 'Be brief.',
      examples: [{ question: '1+1?', answer: '2' }],
      draft: { text: '2+2?', images: [] },
      target: { model: 'b', mode: undefined },
      parameters: { temperature: 0 },
    });
    const { conversation, settings, draft } = store.get();
    expect(conversation.lanes[0]?.target.model).toBe('b');
    expect(settings).toMatchObject({ system: 'Be brief.', parameters: { temperature: 0 } });
    expect(draft.text).toBe('2+2?');
    expect(answer(store)).toMatchObject([{ phase: 'example', text: '2' }]);
  });
});
