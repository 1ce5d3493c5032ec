/**
 * A chaos run: three providers whose moods follow a script, many calls at once, and what came of every one of them. Wall time
 * as the gateway sees it goes by calls, not by seconds, so that the rests of breakers are the same on every machine.
 */
import type { ServerResponse } from 'node:http';
import { type Clock, systemClock } from '../../../proxy/core/clock.ts';
import { BREAKER_LIMITS } from '../../../proxy/routing/breaker.ts';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../gateway/start.ts';
import { seededRandom } from '../seeded-random.ts';
import { clientOf, type Read } from './clients.ts';
import { IDS, type Id, type Mood, type Phase } from './script.ts';
import { type Stations, startStations } from './stations.ts';
import { WIRES } from './wires.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly script: readonly Phase[];
  readonly calls: number;
  readonly atOnce: number;
}

export interface ChaosCall {
  readonly phase: number;
  readonly stream: boolean;
  readonly read: Read;
}

export interface Chaos {
  readonly calls: readonly ChaosCall[];
  /** One to each provider, in the order a, b, c, when all were well for long. */
  readonly afterwards: readonly ChaosCall[];
  /** By phase: how many calls came to a provider, and how many of them it served well. */
  readonly asked: readonly Readonly<Record<Id, number>>[];
  readonly served: readonly Readonly<Record<Id, number>>[];
  readonly gate: TestGateway;
  close(): Promise<void>;
}

/** A phase of 278 calls lasts 17 seconds. */
const MS_PER_CALL = 60;
/** Long enough for a good answer on a busy machine. */
const TIMEOUTS = { connectMs: 5_000, firstByteMs: 8_000, idleMs: 8_000, totalMs: 60_000 };
const ORDERS = ['abc', 'bca', 'cab'] as const;
const wire = WIRES['openai-chat'];
const JSON_TYPE = { 'content-type': 'application/json' };
const SSE = { 'content-type': 'text/event-stream' };

export async function runChaos({ seed, script, calls: total, atOnce }: ChaosOptions): Promise<Chaos> {
  const random = seededRandom(seed + 1);
  const none = () => ({ a: 0, b: 0, c: 0 });
  const [asked, served] = [script.map(none), script.map(none)];
  let begun = 0;
  const phaseNow = (): number => Math.min(script.length - 1, Math.floor((begun * script.length) / total));
  const startMs = systemClock.nowMs();
  const clock: Clock = { nowMs: () => startMs + begun * MS_PER_CALL, monotonicMs: systemClock.monotonicMs };

  const stations: Stations = await startStations();
  for (const id of IDS) {
    stations.set(id, (seen, response) => {
      const phase = phaseNow();
      const mood = script[phase]?.[id] ?? 'well';
      count(asked[phase], id);
      const streams = /"stream":\s*true/.test(seen.body.toString());
      const well = () => {
        count(served[phase], id);
        serve(id, streams, response);
      };
      act(mood, random(), streams, response, well);
    });
  }
  const gate = await startTestGateway(
    {
      providers: IDS.map((id) => ({
        id,
        kind: 'openai-compatible',
        baseUrl: `${stations.originOf(id)}/v1`,
        credential: 'none',
        models: [{ id: `m-${id}`, ...TEST_PRICES }],
      })),
      virtualModels: ORDERS.map((order) => ({
        id: `chaos/${order}`,
        targets: [...order].map((id) => `${id}/m-${id}`),
      })),
      routing: { equivalents: false },
    },
    { timeouts: TIMEOUTS, clock },
  );
  const client = clientOf('openai-chat');
  const ended: ChaosCall[] = [];
  const call = async (order: string): Promise<ChaosCall> => {
    const phase = phaseNow();
    begun += 1;
    const stream = random() < 0.5;
    const { origin, key } = gate;
    return { phase, stream, read: await client.ask({ origin, key, model: `chaos/${order}`, stream }) };
  };
  const work = async (): Promise<void> => {
    while (begun < total) ended.push(await call(ORDERS[Math.floor(random() * ORDERS.length)] ?? 'abc'));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  // Stalls last as long as they do, so the last failures may be news of long ago. After the longest rest each is asked again.
  begun += Math.ceil(BREAKER_LIMITS.openMsMax / MS_PER_CALL);
  const afterwards: ChaosCall[] = [];
  for (const order of ORDERS) afterwards.push(await call(order));
  return {
    calls: ended,
    afterwards,
    asked,
    served,
    gate,
    async close() {
      await gate.close();
      await stations.close();
    },
  };
}

function count(counts: Record<Id, number> | undefined, id: Id): void {
  if (counts !== undefined) counts[id] += 1;
}

function serve(id: Id, streams: boolean, response: ServerResponse): void {
  const text = `hello from ${id}`;
  response.writeHead(200, streams ? SSE : JSON_TYPE);
  response.end(streams ? [...wire.begin, wire.content(text), ...wire.end(text)].join('') : wire.whole(text));
}

const STATUSES = [500, 503, 529, 502] as const;

function act(mood: Mood, chance: number, streams: boolean, response: ServerResponse, well: () => void): void {
  const half = (text: string): void => {
    response.writeHead(200, streams ? SSE : { ...JSON_TYPE, 'content-length': '5000' });
    response.write(text, () => response.socket?.destroySoon());
  };
  switch (mood) {
    case 'well':
      well();
      return;
    case 'slow':
      setTimeout(well, 5 + chance * 30);
      return;
    case 'down':
      response.socket?.destroy();
      return;
    case 'errors': {
      if (chance > 0.7) {
        well();
        return;
      }
      response.writeHead(STATUSES[Math.floor(chance * 10) % STATUSES.length] ?? 500, JSON_TYPE);
      response.end(wire.errorBody({ status: 500, code: 'server_error', message: 'it broke' }));
      return;
    }
    case 'stalls':
      if (chance > 0.3) well();
      return;
    case 'cuts':
      if (chance > 0.5) well();
      else half(streams ? wire.begin.join('') : '{"half":');
      return;
    case 'broken late':
      if (chance > 0.3 || !streams) well();
      else half(wire.begin.join('') + wire.content('begun'));
      return;
    case 'rate limited':
      response.writeHead(429, { ...JSON_TYPE, 'retry-after': '5' });
      response.end(wire.errorBody({ status: 429, code: 'rate_limit_error', message: 'slow down' }));
      return;
    default:
      mood satisfies never;
  }
}
