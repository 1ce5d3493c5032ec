/** What the gateway thinks about before it sends anything: pure functions, measured by themselves. */
import { builtInCatalog } from '../../proxy/catalog/built-in.ts';
import type { ProviderKind } from '../../proxy/contract/config.ts';
import { planRoute } from '../../proxy/routing/plan.ts';
import type { CallShape } from '../../proxy/routing/types.ts';
import { call, provider, shape, state } from '../unit/routing/support/fixtures.ts';
import { CLASSIFY_P99_MS_MAX, classifyCases } from './classify.ts';
import { quantile } from './load.ts';

export interface DecisionFigure {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p99MsMax: number;
}

const WARM_UP_COUNT = 2_000;
const COUNT = 5_000;
const ROUTING_P99_MS_MAX = 0.3;

/** More than 300 models, as a person with keys at all of these has them. */
const KINDS = ['openai', 'anthropic', 'google', 'groq', 'together', 'xai', 'mistral', 'deepinfra'] as const;

function timed(name: string, p99MsMax: number, decide: () => unknown): DecisionFigure {
  const timesMs: number[] = [];
  for (let count = 0; count < WARM_UP_COUNT + COUNT; count += 1) {
    const startedMs = performance.now();
    decide();
    if (count >= WARM_UP_COUNT) timesMs.push(performance.now() - startedMs);
  }
  timesMs.sort((one, two) => one - two);
  return { name, p50Ms: quantile(timesMs, 0.5), p99Ms: quantile(timesMs, 0.99), p99MsMax };
}

function routingFigures(): DecisionFigure[] {
  const catalog = builtInCatalog();
  const protocolOf = (kind: ProviderKind) =>
    kind === 'anthropic' ? 'anthropic-messages' : kind === 'google' ? 'gemini' : 'openai-chat';
  const providers = KINDS.map((kind) =>
    provider(kind, { kind, models: catalog.models(kind), protocols: [protocolOf(kind)] }),
  );
  const models = providers.reduce((sum, one) => sum + one.models().length, 0);
  const given = state(providers, { budgeted: true, leftNano: () => 1_000_000_000 });
  const decide = (asked: CallShape) => () => planRoute(asked, { session: 'bench' }, given);
  const agent = { needs: { tools: true }, maxOutputTokens: 4_096 };
  const question = call('Explain the difference between a mutex and a semaphore, with an example.');
  const rows: readonly [name: string, asked: CallShape][] = [
    ['auto', shape('auto', { ...agent, decoded: question })],
    ['auto, 100,000 tokens', shape('auto', { ...agent, decoded: question, inputTokensEstimate: 100_000 })],
    ['a known id and its equivalents', shape('gpt-4o', agent)],
    ['a forced model', shape('openai/gpt-4o', agent)],
  ];
  return rows.map(([name, asked]) => timed(`route over ${models} models: ${name}`, ROUTING_P99_MS_MAX, decide(asked)));
}

export function measureDecisions(): DecisionFigure[] {
  const classified = classifyCases().map(([name, decide]) => timed(name, CLASSIFY_P99_MS_MAX, decide));
  return [...routingFigures(), ...classified];
}
