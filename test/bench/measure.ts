import { type BooksFigure, measureBooks } from './books.ts';
import { type DecisionFigure, measureDecisions } from './decisions.ts';
import { accessKey, startGatehouse } from './gatehouse-process.ts';
import { quantile, runLoad, type Timings } from './load.ts';
import { type BenchProtocol, PROVIDER_STREAMS, streamPath } from './provider-streams.ts';
import {
  heldBodyBytes,
  heldTogether,
  latencyCount,
  latencyStreamModel,
  requestBody,
  rounds,
  type Scenario,
  scenarios,
  soakCount,
} from './scenarios.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const here = (file: string): string => new URL(`./${file}`, import.meta.url).pathname;
const held = `hold-${heldTogether}`;
const models = [...new Set(scenarios.map(({ model }) => model)), latencyStreamModel, held];

/** How to call one of the three: the model's name and the key differ, the rest is the same. */
interface Way {
  readonly origin: string;
  /** Through Gatehouse a call names its provider, and is always one of the chat protocol. */
  readonly translates: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CpuFigure {
  readonly scenario: Scenario;
  readonly bareMs: number;
  readonly gatehouseMs: number;
}

export interface LatencyFigure {
  readonly name: string;
  readonly directP50Ms: number;
  readonly bareAddedP50Ms: number;
  readonly bareAddedP99Ms: number;
  readonly gatehouseAddedP50Ms: number;
  readonly gatehouseAddedP99Ms: number;
}

export interface MemoryFigures {
  readonly idleMb: number;
  readonly afterSoakMb: number;
  readonly peakHeldMb: number;
}

export interface Figures {
  readonly cpu: readonly CpuFigure[];
  readonly latency: readonly LatencyFigure[];
  readonly memory: MemoryFigures;
  readonly decisions: readonly DecisionFigure[];
  readonly books: readonly BooksFigure[];
}

const directTo = (origin: string): Way => ({
  origin,
  translates: false,
  headers: { 'content-type': 'application/json' },
});
const throughGatehouse = (origin: string): Way => ({
  origin,
  translates: true,
  headers: { 'content-type': 'application/json', authorization: `Bearer ${accessKey}` },
});

type Shape = Pick<Scenario, 'model' | 'bodyBytes' | 'stream' | 'translatedFrom'>;

/** In the chat protocol the ending is written anew, but for its last frame. */
function endingOf(protocol: BenchProtocol): string {
  if (protocol === 'openai-chat') return 'data: [DONE]\n\n';
  return PROVIDER_STREAMS[protocol].ending.toString('latin1').slice(-100);
}

function call(way: Way, shape: Shape, count: number, concurrency: number): Promise<Timings> {
  const provider = shape.translatedFrom ?? 'openai-chat';
  const heard = way.translates ? 'openai-chat' : provider;
  return runLoad({
    origin: way.origin,
    path: streamPath(heard, shape.model),
    headers: way.headers,
    body: requestBody(way.translates ? `${provider}/${shape.model}` : shape.model, shape.bodyBytes, shape.stream),
    count,
    concurrency,
    mustEndWith: shape.stream ? endingOf(heard) : '}',
  });
}

const middle = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
const toMb = (bytes: number): number => bytes / 1_000_000;

async function cpuPerRequest(server: ServerProcess, way: Way, scenario: Scenario): Promise<number> {
  const before = await server.usage();
  await call(way, scenario, scenario.count, scenario.concurrency);
  const after = await server.usage();
  return (after.cpuMs - before.cpuMs) / scenario.count;
}

/** Rounds of one after the other, so that a machine that slows down slows both; the middle round counts. */
async function measureCpu(
  bare: ServerProcess,
  gatehouse: ServerProcess,
  say: (text: string) => void,
): Promise<CpuFigure[]> {
  const figures: CpuFigure[] = [];
  for (const scenario of scenarios) {
    say(`CPU: ${scenario.name}`);
    const bareWay = directTo(bare.origin);
    const gatehouseWay = throughGatehouse(gatehouse.origin);
    await call(bareWay, scenario, scenario.warmUpCount, scenario.concurrency);
    await call(gatehouseWay, scenario, scenario.warmUpCount, scenario.concurrency);
    const bareMs: number[] = [];
    const gatehouseMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bareMs.push(await cpuPerRequest(bare, bareWay, scenario));
      gatehouseMs.push(await cpuPerRequest(gatehouse, gatehouseWay, scenario));
    }
    figures.push({ scenario, bareMs: middle(bareMs), gatehouseMs: middle(gatehouseMs) });
  }
  return figures;
}

async function measureLatency(ways: Readonly<Record<'direct' | 'bare' | 'gatehouse', Way>>): Promise<LatencyFigure[]> {
  const plain: Shape = { model: 'json', bodyBytes: 1_000, stream: false };
  const stream: Shape = { model: latencyStreamModel, bodyBytes: 1_000, stream: true };
  const figure = async (name: string, shape: Shape, pick: (timings: Timings) => readonly number[]) => {
    for (const way of Object.values(ways)) await call(way, shape, 50, 1);
    const direct = pick(await call(ways.direct, shape, latencyCount, 1));
    const bare = pick(await call(ways.bare, shape, latencyCount, 1));
    const gatehouse = pick(await call(ways.gatehouse, shape, latencyCount, 1));
    const added = (through: readonly number[], share: number) => quantile(through, share) - quantile(direct, share);
    return {
      name,
      directP50Ms: quantile(direct, 0.5),
      bareAddedP50Ms: added(bare, 0.5),
      bareAddedP99Ms: added(bare, 0.99),
      gatehouseAddedP50Ms: added(gatehouse, 0.5),
      gatehouseAddedP99Ms: added(gatehouse, 0.99),
    };
  };
  return [
    await figure('1 KB JSON, whole answer', plain, ({ totalMs }) => totalMs),
    await figure('stream, first byte', stream, ({ firstByteMs }) => firstByteMs),
  ];
}

/** In a process of its own: a peak is a peak since the start, and the other scenarios have theirs. */
async function peakWithHeldRequests(upstreamOrigin: string): Promise<number> {
  const gatehouse = await startGatehouse(upstreamOrigin, models);
  try {
    const shape: Shape = { model: held, bodyBytes: heldBodyBytes, stream: false };
    await call(throughGatehouse(gatehouse.origin), shape, heldTogether, heldTogether);
    return toMb((await gatehouse.usage()).peakRssBytes);
  } finally {
    await gatehouse.stop();
  }
}

/** Everything in one run on 127.0.0.1: upstream, bare proxy and Gatehouse a process each, the load from this one. */
export async function measureAll(say: (text: string) => void): Promise<Figures> {
  say('Decisions');
  const decisions = measureDecisions();
  say('A million ledger entries');
  const books = await measureBooks();
  const running: ServerProcess[] = [];
  const keep = (server: ServerProcess): ServerProcess => {
    running.push(server);
    return server;
  };
  try {
    const upstream = keep(await startServer(here('upstream.ts'), []));
    const bare = keep(await startServer(here('bare-proxy.ts'), [upstream.origin]));
    const gatehouse = keep(await startGatehouse(upstream.origin, models));
    const idleMb = toMb((await gatehouse.usage()).rssBytes);

    const cpu = await measureCpu(bare, gatehouse, say);
    say('Latency at concurrency 1');
    const gatehouseWay = throughGatehouse(gatehouse.origin);
    const latency = await measureLatency({
      direct: directTo(upstream.origin),
      bare: directTo(bare.origin),
      gatehouse: gatehouseWay,
    });
    say(`Memory after ${soakCount} more requests`);
    await call(gatehouseWay, { model: 'json', bodyBytes: 1_000, stream: false }, soakCount, 16);
    const afterSoakMb = toMb((await gatehouse.usage()).rssBytes);
    say(`Memory with ${heldTogether} requests of 200 KB in flight`);
    const peakHeldMb = await peakWithHeldRequests(upstream.origin);
    return { cpu, latency, memory: { idleMb, afterSoakMb, peakHeldMb }, decisions, books };
  } finally {
    for (const server of running.reverse()) await server.stop();
  }
}
