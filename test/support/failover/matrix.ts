/**
 * The failover matrix of one pair of protocols: every failure kind, at the first, second or last of three targets, plain and
 * streamed. Each case has three providers of its own, so that the breakers of one say nothing of another.
 */
import type { ServerResponse } from 'node:http';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import { startTestGateway, TEST_PRICES, type TestGateway } from '../gateway/start.ts';
import type { SeenRequest } from '../gateway/upstream.ts';
import { clientOf, type Read } from './clients.ts';
import { FAILURE_KINDS, type FailureKind, type Form } from './failures.ts';
import { startStations } from './stations.ts';
import { WIRES, type Wire, type WireProtocol } from './wires.ts';

export const POSITIONS = ['first', 'second', 'last'] as const;
export type Position = (typeof POSITIONS)[number];

export interface Case {
  readonly id: string;
  readonly kind: FailureKind;
  readonly form: Form;
  readonly position: Position;
}

export const CASES: readonly Case[] = FAILURE_KINDS.flatMap((kind) =>
  kind.forms.flatMap((form) => POSITIONS.map((position) => ({ kind, form, position }))),
).map((each, index) => ({ id: `c${index}`, ...each }));

export const targetsOf = ({ id }: Case): readonly string[] => ['a', 'b', 'c'].map((letter) => `${id}${letter}`);
export const failingAt = ({ position }: Case): number => POSITIONS.indexOf(position);

/** Long enough that no good answer runs into it on a busy machine. */
const TIMEOUTS = { connectMs: 5_000, firstByteMs: 4_000, idleMs: 4_000, totalMs: 30_000 };
const AT_ONCE = 24;

type Provider = NonNullable<ConfigInput['providers']>[number];

const KIND_OF = {
  'openai-chat': 'openai-compatible',
  'openai-responses': 'openai',
  'anthropic-messages': 'anthropic-compatible',
  gemini: 'google',
} as const satisfies Record<WireProtocol, Provider['kind']>;

export interface Entry {
  readonly attemptId: string;
  readonly kind: string;
  readonly amountNano: number;
  readonly provider: string | undefined;
}

export interface Ended {
  readonly read: Read;
  /** Providers in the order in which they were asked, as their own logs have it. */
  readonly tried: readonly string[];
  readonly entries: readonly Entry[];
}

export interface Matrix {
  run(each: Case): Promise<Ended>;
  healthOf(): Promise<ReadonlyMap<string, string>>;
  readonly gate: TestGateway;
  close(): Promise<void>;
}

export async function startMatrix(speaks: WireProtocol, spoken: WireProtocol): Promise<Matrix> {
  const stations = await startStations();
  const wire = WIRES[spoken];
  const closedPort = await portThatIsClosed();
  const deliveries = new Map(CASES.map((each) => [each, Promise.withResolvers<void>()]));
  for (const each of CASES) prepare(each);
  const providers = CASES.flatMap((each) =>
    targetsOf(each).map((id, index): Provider => {
      const place = index === failingAt(each) ? each.kind.place : undefined;
      const origin = stations.originOf(id);
      const baseUrl =
        place === 'closed-port'
          ? `http://127.0.0.1:${closedPort}/${id}`
          : place === 'no-tls'
            ? origin.replace('http:', 'https:')
            : origin;
      return {
        id,
        kind: KIND_OF[spoken],
        baseUrl: spoken === 'gemini' ? `${baseUrl}/v1beta` : `${baseUrl}/v1`,
        credential: 'env:PROVIDER_KEY',
        models: [{ id: `m-${id}`, ...TEST_PRICES }],
      };
    }),
  );
  const gate = await startTestGateway(
    {
      providers,
      virtualModels: CASES.map((each) => ({
        id: `case/${each.id}`,
        targets: targetsOf(each).map((id) => `${id}/m-${id}`),
      })),
      routing: { equivalents: false },
    },
    { timeouts: TIMEOUTS, env: { PROVIDER_KEY: 'sk-matrix' } },
  );
  const client = clientOf(speaks);
  const slots = new Slots(AT_ONCE);

  function prepare(each: Case): void {
    const failing = failingAt(each);
    targetsOf(each).forEach((id, index) => {
      stations.set(id, (seen, response) => {
        const form = isStream(seen) ? 'stream' : 'plain';
        if (index > failing) serves(wire, form, `hello from ${id}`, response);
        else if (index < failing) lacksModel(wire, response);
        else each.kind.answer(wire, form, response, deliveries.get(each)?.promise ?? Promise.resolve());
      });
    });
  }

  return {
    gate,
    run: (each) =>
      slots.with(async () => {
        const { origin, key, control } = gate;
        const read = await client.ask({
          origin,
          key,
          model: `case/${each.id}`,
          stream: each.form === 'stream',
          onFirstBytes: () => deliveries.get(each)?.resolve(),
        });
        const { items } = await control.ledger.entries({
          limit: 50,
          requestId: read.headers.get('x-request-id') ?? '',
        });
        const own = new Set(targetsOf(each));
        return {
          read,
          tried: stations.calls.filter((id) => own.has(id)),
          entries: items.map(({ attemptId = '', kind, amountNano, provider }) => ({
            attemptId,
            kind,
            amountNano,
            provider,
          })),
        };
      }),
    async healthOf() {
      const views = await gate.control.providers.list();
      return new Map(views.map(({ id, health }) => [id, health]));
    },
    async close() {
      await gate.close();
      await stations.close();
    },
  };
}

function isStream({ url, body }: SeenRequest): boolean {
  return url.includes(':streamGenerateContent') || /"stream":\s*true/.test(body.toString());
}

function serves(wire: Wire, form: Form, text: string, response: ServerResponse): void {
  const streams = form === 'stream';
  response.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json' });
  response.end(streams ? [...wire.begin, wire.content(text), ...wire.end(text)].join('') : wire.whole(text));
}

/** Leads to the next target and says nothing of anybody's health. */
function lacksModel(wire: Wire, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(wire.errorBody({ status: 404, code: 'not_found', message: 'no such model here' }));
}

async function portThatIsClosed(): Promise<string> {
  const stations = await startStations();
  const { port } = new URL(stations.originOf('x'));
  await stations.close();
  return port;
}

class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  async with<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
