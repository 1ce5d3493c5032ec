/** A gateway before a handful of scripted chat providers `a`, `b`, ... with one model each, `m-a`, `m-b`, ... */
import type { ServerResponse } from 'node:http';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import type { GatewayOptions } from '../../../proxy/gateway.ts';
import { startTestGateway, TEST_PRICES, type TestConfig, type TestGateway } from '../gateway/start.ts';
import type { SeenRequest } from '../gateway/upstream.ts';
import { type AskInput, clientOf, type Read } from './clients.ts';
import { type Stations, startStations } from './stations.ts';
import { type SaidError, WIRES } from './wires.ts';

type Provider = NonNullable<ConfigInput['providers']>[number];
type Model = NonNullable<Provider['models']>[number];

export interface Room {
  readonly gate: TestGateway;
  readonly stations: Stations;
  ask(model: string, more?: Partial<AskInput>): Promise<Read>;
  send(model: string, more?: Partial<AskInput>): Promise<Response>;
  close(): Promise<void>;
}

export interface RoomOptions {
  /** Models by provider; each provider's one model is `m-<id>` when left out. */
  readonly models?: Readonly<Record<string, readonly Model[]>>;
  readonly ids?: readonly string[];
  readonly provider?: Readonly<Record<string, Partial<Provider>>>;
  readonly config?: TestConfig;
  readonly options?: Partial<GatewayOptions>;
  /** Of an earlier room, to begin again on its data directory. */
  readonly stations?: Stations;
  readonly key?: string;
}

const wire = WIRES['openai-chat'];
const JSON_TYPE = { 'content-type': 'application/json' };
const SSE = { 'content-type': 'text/event-stream' };

export async function startRoom(options: RoomOptions = {}): Promise<Room> {
  const { ids = ['a', 'b', 'c'], models = {}, provider = {}, config = {} } = options;
  const stations = options.stations ?? (await startStations());
  if (options.stations === undefined) for (const id of ids) stations.set(id, good(id));
  const gate = await startTestGateway(
    {
      providers: ids.map((id) => ({
        id,
        kind: 'openai-compatible',
        baseUrl: `${stations.originOf(id)}/v1`,
        credential: 'none',
        models: [...(models[id] ?? [{ id: `m-${id}`, ...TEST_PRICES }])],
        ...provider[id],
      })),
      ...config,
      routing: { equivalents: false, ...config.routing },
    },
    options.options,
  );
  const client = clientOf('openai-chat');
  const input = (model: string, more: Partial<AskInput> = {}): AskInput => ({
    origin: gate.origin,
    key: options.key ?? gate.key,
    model,
    stream: false,
    ...more,
  });
  return {
    gate,
    stations,
    ask: (model, more) => client.ask(input(model, more)),
    send: (model, more) => client.send(input(model, more)),
    async close() {
      await gate.close();
      await stations.close();
    },
  };
}

export type StationAnswer = (seen: SeenRequest, response: ServerResponse) => void;

export const streams = ({ body }: SeenRequest): boolean => /"stream":\s*true/.test(body.toString());

export function good(id: string): StationAnswer {
  const text = `hello from ${id}`;
  return (seen, response) => {
    response.writeHead(200, streams(seen) ? SSE : JSON_TYPE);
    response.end(streams(seen) ? [...wire.begin, wire.content(text), ...wire.end(text)].join('') : wire.whole(text));
  };
}

export function failing(error: Partial<SaidError> = {}, headers: Record<string, string> = {}): StationAnswer {
  const { status = 500, code = 'server_error', message = 'it broke' } = error;
  return (_seen, response) => {
    response.writeHead(status, { ...JSON_TYPE, ...headers });
    response.end(wire.errorBody({ status, code, message }));
  };
}

/** A stream that has begun and goes on for ever. */
export const endless: StationAnswer = (_seen, response) => {
  response.writeHead(200, SSE);
  response.write(wire.begin.join('') + wire.content('begun'));
};
