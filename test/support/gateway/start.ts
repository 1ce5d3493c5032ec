/** A whole gateway in this process: real socket, real SQLite in a directory of its own, closed and audited at the end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { pino } from 'pino';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { ConfigInput } from '../../../proxy/contract/config.ts';
import type { controlContract } from '../../../proxy/contract/control.ts';
import { systemClock } from '../../../proxy/core/clock.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../../proxy/gateway.ts';
import { createSqliteLedger } from '../../../proxy/ledger/sqlite-ledger.ts';
import { openStorage } from '../../../proxy/storage/open.ts';

export type ControlClient = ContractRouterClient<typeof controlContract>;

export interface TestGateway {
  readonly gateway: Gateway;
  readonly baseUrl: string;
  readonly origin: string;
  readonly key: string;
  readonly dataDir: string;
  readonly control: ControlClient;
  /** What was logged, as it would stand on stderr. */
  readonly logged: () => string;
  chat(body: unknown, init?: { signal?: AbortSignal; headers?: Record<string, string> }): Promise<Response>;
  /** Closes, then proves that the books balance and no hold is open. */
  close(): Promise<void>;
}

export type TestConfig = Omit<ConfigInput, 'version'>;

export const TEST_PRICES = { inputUsdPerMTok: 1, outputUsdPerMTok: 2, contextTokens: 100_000, maxOutputTokens: 1000 };

/** One upstream, one priced model `up/m`. */
export function upstreamConfig(baseUrl: string, more: TestConfig = {}): TestConfig {
  return {
    providers: [
      { id: 'up', kind: 'openai-compatible', baseUrl, credential: 'none', models: [{ id: 'm', ...TEST_PRICES }] },
    ],
    ...more,
  };
}

export async function startTestGateway(
  config?: TestConfig,
  options: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const lines: string[] = [];
  const configPath = join(dataDir, 'gatehouse.yaml');
  if (config !== undefined) writeFileSync(configPath, stringify({ version: 1, ...config }));
  const gateway = await startGateway({
    dataDir,
    port: 0,
    env: {},
    clock: systemClock,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    version: '0.0.0-test',
    console: { rendererDir: undefined },
    // What runs on the developer's machine is no part of a test.
    localServers: [],
    ...(config === undefined ? {} : { configPath }),
    ...options,
  });
  const token = consoleToken(gateway);
  const origin = new URL(gateway.baseUrl).origin;
  const control: ControlClient = createORPCClient(
    new RPCLink({ url: `${origin}/_gatehouse/control`, headers: { authorization: `Bearer ${token}` } }),
  );
  const key = gateway.firstAccessKey ?? '';
  return {
    gateway,
    baseUrl: gateway.baseUrl,
    origin,
    key,
    dataDir,
    control,
    logged: () => lines.join(''),
    chat: (body, init = {}) =>
      fetch(`${gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...init.headers },
        body: typeof body === 'string' ? body : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
        ...(init.signal === undefined ? {} : { signal: init.signal }),
      }),
    async close() {
      await gateway.close(5000);
      await expectBalancedBooks(dataDir);
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true });
    },
  };
}

/** Reads the books as the next start would find them. */
export async function expectBalancedBooks(dataDir: string): Promise<void> {
  const storage = openStorage({ dataDir, clock: systemClock });
  const ledger = createSqliteLedger({ db: storage.db, clock: systemClock, timeZone: 'UTC' });
  const audit = await ledger.audit();
  storage.close();
  expect(audit.problems).toEqual([]);
  expect(audit.balance.openHolds).toBe(0);
}

/** Resolves with the first live request event that satisfies, from a subscription opened before `act`. */
export async function requestEvent(
  control: ControlClient,
  wanted: (state: string) => boolean,
  act: () => void,
): Promise<string> {
  const stop = new AbortController();
  const events = await control.live.watch(undefined, { signal: stop.signal });
  try {
    for await (const event of events) {
      if (event.type === 'snapshot') act();
      if (event.type === 'request' && wanted(event.request.state)) return event.request.id;
    }
  } finally {
    stop.abort();
  }
  throw new Error('the live subscription ended early');
}

/** Empty without a console; `control` then has nothing to speak to. */
function consoleToken({ consoleUrl }: Gateway): string {
  if (consoleUrl === undefined) return '';
  return new URLSearchParams(new URL(consoleUrl).hash.slice(1)).get('token') ?? '';
}
