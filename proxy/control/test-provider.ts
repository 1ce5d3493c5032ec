/** "Test connection": one real, tiny call through the ordinary pipeline, priced and in the books like any other. */
import { nanoToUsdString } from '../contract/money.ts';
import { newId } from '../core/ids.ts';
import type { Outlet } from '../pipeline/types.ts';
import type { ModelInfo, Provider } from '../providers/types.ts';
import { chatError } from './chat-error.ts';
import { internalCall } from './internal-call.ts';
import type { ControlParts } from './types.ts';

export interface ProviderTest {
  readonly ok: boolean;
  readonly latencyMs: number;
  readonly message: string;
  readonly code?: string;
}

const TOKENS_MAX = 16;

export async function testProvider(parts: ControlParts, provider: Provider): Promise<ProviderTest> {
  const model = cheapest(provider.models());
  if (model === undefined) {
    return {
      ok: false,
      latencyMs: 0,
      code: 'no_model',
      message: 'No model of this provider is known yet. Add one with its price, then test again.',
    };
  }
  const answer = collectingOutlet();
  const startedMs = parts.clock.monotonicMs();
  const requestId = newId('req', parts.clock.nowMs());
  const view = await internalCall(
    parts,
    { requestId, client: 'gatehouse-test', body: testBody(provider, model) },
    answer.outlet,
  );
  const latencyMs = parts.clock.monotonicMs() - startedMs;
  if (view.state === 'settled') {
    const cost = view.costNano === undefined ? 'at an unknown price' : `for $${nanoToUsdString(view.costNano)}`;
    return { ok: true, latencyMs, message: `${model.id} answered in ${Math.round(latencyMs)} ms ${cost}.` };
  }
  return {
    ok: false,
    latencyMs,
    // The provider's own words, for the person who asked just now; they are shown and not kept.
    message: chatError(answer.body())?.message ?? `The call failed with HTTP ${view.status ?? 'no status'}.`,
    ...(view.errorCode === undefined ? {} : { code: view.errorCode }),
  };
}

/** OpenAI's newer models refuse `max_tokens`; other servers know only that. */
function testBody(provider: Provider, model: ModelInfo): unknown {
  const limit = provider.config.kind === 'openai' ? 'max_completion_tokens' : 'max_tokens';
  return {
    model: `${provider.config.id}/${model.id}`,
    messages: [{ role: 'user', content: 'Reply with OK.' }],
    [limit]: TOKENS_MAX,
  };
}

/** The first of the cheapest output; models of unknown price last, and those that do not chat not at all. */
function cheapest(all: readonly ModelInfo[]): ModelInfo | undefined {
  const models = all.filter(({ purpose }) => purpose === undefined || purpose === 'chat');
  const rate = (model: ModelInfo) => model.price?.outputNanoPerMTok ?? Number.POSITIVE_INFINITY;
  return models.reduce<ModelInfo | undefined>(
    (best, model) => (best === undefined || rate(model) < rate(best) ? model : best),
    undefined,
  );
}

function collectingOutlet(): { outlet: Outlet; body: () => string } {
  const chunks: Buffer[] = [];
  const keep = (chunk: Buffer | undefined) => {
    if (chunk !== undefined) chunks.push(chunk);
  };
  const outlet: Outlet = {
    head: () => undefined,
    write: (chunk) => {
      keep(chunk);
      return true;
    },
    end: keep,
    destroy: () => undefined,
    onDrain: () => undefined,
    onClose: () => undefined,
  };
  return { outlet, body: () => Buffer.concat(chunks).toString('utf8') };
}
