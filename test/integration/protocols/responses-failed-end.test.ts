/** How a response stream ends that broke under our hands: numbered on from the events before it, with the response they began. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAiChatUpstream } from '../../support/protocols/upstreams/openai-chat.ts';
import { openAiResponsesUpstream } from '../../support/protocols/upstreams/openai-responses.ts';
import { type ScriptedProvider, startScriptedProvider } from '../../support/protocols/upstreams/start.ts';

interface Sent {
  readonly type: string;
  readonly sequence_number?: number;
  readonly code?: string;
  readonly response?: { readonly id: string; readonly status: string; readonly error: unknown; readonly model: string };
}

describe.each([openAiChatUpstream, openAiResponsesUpstream])('a response on a provider of $protocol', (wire) => {
  let provider: ScriptedProvider;
  beforeAll(async () => {
    provider = await startScriptedProvider(wire);
  });
  afterAll(() => provider.close());

  async function ask(): Promise<Response> {
    return fetch(`${provider.gate.baseUrl}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${provider.gate.key}` },
      body: JSON.stringify({ model: provider.model, input: 'x', stream: true }),
    });
  }

  function expectFailedEnd(text: string, code: string): void {
    const events = text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice(6)) as Sent);
    const [created] = events;
    const [error, failed] = events.slice(-2);
    expect(created).toMatchObject({ type: 'response.created' });
    expect(error).toMatchObject({ type: 'error', code });
    expect(failed).toMatchObject({
      type: 'response.failed',
      response: {
        id: created?.response?.id,
        model: created?.response?.model,
        status: 'failed',
        error: { code, message: expect.any(String) },
      },
    });
    expect(error?.sequence_number).toBe(events.length - 2);
    expect(failed?.sequence_number).toBe(events.length - 1);
  }

  it.each(['cut', 'short'] as const)('that the provider broke off: %s', async (kind) => {
    provider.play({ kind });
    const response = await ask();
    expect(response.status).toBe(200);
    expectFailedEnd(await response.text(), 'upstream_cut');
  });

  it('that we stop ourselves', async () => {
    provider.play({ kind: 'open' });
    const response = await ask();
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of response.body ?? []) {
      if (text === '') await provider.gate.control.killSwitches.kill({ scope: 'provider:up' });
      text += decoder.decode(bytes, { stream: true });
    }
    await provider.gate.control.killSwitches.lift({ scope: 'provider:up' });
    expectFailedEnd(text, 'kill_switch');
  });
});
