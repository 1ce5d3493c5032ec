import { describe, expect, it } from 'vitest';
import { createHostState, hostStateIn } from '../../../renderer/src/live/host-state.ts';

describe('how the desktop app says its gateway is', () => {
  it.each([
    [
      { type: 'gatehouse:gateway-state', state: 'failed', message: 'Port 7420 is in use.' },
      { state: 'failed', message: 'Port 7420 is in use.' },
    ],
    [{ type: 'gatehouse:gateway-state', state: 'running' }, { state: 'running' }],
    [
      { type: 'gatehouse:gateway-state', state: 'stopping', callsLeft: 2 },
      { state: 'stopping', callsLeft: 2 },
    ],
    [{ type: 'gatehouse:gateway-state', state: 'stopping', callsLeft: '2' }, { state: 'stopping' }],
    [{ type: 'gatehouse:gateway-state', state: 'exploded' }, undefined],
    [{ type: 'gatehouse:port', state: 'failed' }, undefined],
    ['failed', undefined],
    [null, undefined],
  ])('%j', (data, state) => expect(hostStateIn(data)).toEqual(state));

  it('is taken from the page’s own window only', () => {
    const host = new EventTarget() as unknown as Window;
    const store = createHostState(host);
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    const post = (source: unknown) =>
      host.dispatchEvent(
        Object.assign(new Event('message'), { data: { type: 'gatehouse:gateway-state', state: 'failed' }, source }),
      );
    post({});
    expect([store.get(), told]).toEqual([undefined, 0]);
    post(host);
    expect([store.get(), told]).toEqual([{ state: 'failed' }, 1]);
  });
});
