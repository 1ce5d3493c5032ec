import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { BenchProtocol } from './provider-streams.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const program = join(import.meta.dirname, '..', '..', 'dist', 'proxy', 'main.js');
const price = { inputUsdPerMTok: 0.15, outputUsdPerMTok: 0.6, contextTokens: 1_000_000, maxOutputTokens: 4096 };

/** The access key of the benchmark; it opens nothing but this temporary gateway. */
export const accessKey = 'gh_benchmark_benchmark_benchmark_benchmark_01';

/** One upstream, as a provider of each protocol; the ids are the protocols' names. */
const PROVIDERS = [
  { id: 'openai-chat', kind: 'openai-compatible', basePath: '/v1', credential: 'none' },
  { id: 'anthropic-messages', kind: 'anthropic-compatible', basePath: '/v1', credential: 'none' },
  { id: 'gemini', kind: 'google', basePath: '/v1beta', credential: 'env:GATEHOUSE_BENCH_PROVIDER' },
  {
    id: 'bedrock-converse',
    kind: 'bedrock',
    basePath: '',
    credential: 'env:GATEHOUSE_BENCH_PROVIDER',
    region: 'us-east-1',
  },
] as const satisfies readonly { readonly id: BenchProtocol; readonly [more: string]: string }[];

/** Gatehouse as a person runs it, built, with ledger, access keys and a budget on. */
export async function startGatehouse(upstreamOrigin: string, models: readonly string[]): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const configPath = join(dataDir, 'gatehouse.yaml');
  const config = {
    version: 1,
    providers: PROVIDERS.map(({ basePath, ...provider }) => ({
      ...provider,
      baseUrl: upstreamOrigin + basePath,
      models: models.map((id) => ({ id, ...price })),
    })),
    accessKeys: [{ id: 'bench', value: 'env:GATEHOUSE_BENCH_KEY' }],
    budgets: [{ id: 'month', scope: 'global', window: 'month', limitUsd: 100_000 }],
  };
  writeFileSync(configPath, stringify(config));
  const env = {
    // As scripts/start.mjs and scripts/gatehouse.mjs start it.
    MALLOC_ARENA_MAX: '2',
    ...process.env,
    GATEHOUSE_BENCH_KEY: accessKey,
    GATEHOUSE_BENCH_PROVIDER: 'AKIAIOSFODNN7EXAMPLE:bench',
  };
  const server = await startServer(
    program,
    ['serve', '--config', configPath, '--data-dir', join(dataDir, 'data'), '--port', '0'],
    env,
  );
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
