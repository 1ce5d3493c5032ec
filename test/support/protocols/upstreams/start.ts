/** A scripted provider on a real socket, and a gateway whose only provider it is. */
import type { ServerResponse } from 'node:http';
import type { ConfigInput } from '../../../../proxy/contract/config.ts';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../../gateway/start.ts';
import { type SeenRequest, startUpstream } from '../../gateway/upstream.ts';
import { type Scene, scripted, TEXT, type Understood, type UpstreamWire } from './script.ts';

/** What the provider does with the next calls: a scene, an error, or the beginning of one: broken off, ended as if all were well, or left open. */
export type Play =
  | { readonly kind: 'scene'; readonly scene: Scene }
  | { readonly kind: 'error'; readonly status: number }
  | { readonly kind: 'cut' | 'short' | 'open' };

export interface ScriptedProvider {
  readonly gate: TestGateway;
  /** As clients name it. */
  readonly model: string;
  play(play: Play): void;
  /** What it understood of each request since the last `play`. */
  readonly understood: readonly Understood[];
  /** The latest request. */
  latest(): SeenRequest | undefined;
  close(): Promise<void>;
}

export async function startScriptedProvider(wire: UpstreamWire): Promise<ScriptedProvider> {
  let current: Play = { kind: 'scene', scene: 'hello' };
  const understood: Understood[] = [];
  const upstream = await startUpstream((seen, response) => {
    const request = wire.understand(seen);
    understood.push(request);
    perform(wire, current, request, response);
  });
  const { kind, model, basePath } = wire.provider;
  const provider = {
    id: 'up',
    kind,
    baseUrl: new URL(upstream.baseUrl).origin + basePath,
    credential: 'env:UP_KEY',
    ...(kind === 'bedrock' ? { region: 'us-east-1' } : {}),
    models: [{ id: model, ...TEST_PRICES, maxOutputTokens: 10_000 }],
  } as NonNullable<ConfigInput['providers']>[number];
  const gate = await startTestGateway({ providers: [provider] }, { env: { UP_KEY: wire.provider.secret } });
  return {
    gate,
    model: `up/${model}`,
    understood,
    latest: () => upstream.requests.at(-1),
    play(play) {
      current = play;
      understood.length = 0;
    },
    async close() {
      await gate.close();
      await upstream.close();
    },
  };
}

function perform(wire: UpstreamWire, play: Play, request: Understood, response: ServerResponse): void {
  const { problems } = request;
  if (problems.length > 0) {
    answerJson(response, 400, { problems });
  } else if (play.kind === 'error') {
    answerJson(response, play.status, wire.error(play.status));
  } else {
    const said = scripted(play.kind === 'scene' ? play.scene : 'hello', request);
    if (request.stream) answerStream(wire, play.kind, wire.stream(said), response);
    else answerJson(response, 200, wire.whole(said));
  }
}

function answerStream(
  wire: UpstreamWire,
  kind: Exclude<Play['kind'], 'error'>,
  frames: readonly (string | Buffer)[],
  response: ServerResponse,
): void {
  response.writeHead(200, { 'content-type': wire.streamType });
  const begun = frames.findIndex((frame) => frame.includes(TEXT[0])) + 1;
  for (const frame of kind === 'scene' ? frames : frames.slice(0, begun)) response.write(frame);
  if (kind === 'scene' || kind === 'short') response.end();
  else if (kind === 'cut') response.socket?.destroySoon();
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
