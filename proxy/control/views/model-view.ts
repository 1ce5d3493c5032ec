/** Every model that the enabled providers are known to serve. Unknown prices are left out, never 0. */
import { NANO_PER_USD } from '../../contract/money.ts';
import type { ModelView } from '../../contract/views.ts';
import type { ModelInfo, Provider } from '../../providers/types.ts';

export function modelViews(providers: ReadonlyMap<string, Provider>): ModelView[] {
  return [...providers.values()]
    .filter((provider) => provider.config.enabled)
    .flatMap((provider) => provider.models().map((model) => modelView(provider.config.id, model)));
}

function modelView(provider: string, model: ModelInfo): ModelView {
  const { price } = model;
  return {
    id: `${provider}/${model.id}`,
    provider,
    ...(price === undefined
      ? {}
      : {
          inputUsdPerMTok: price.inputNanoPerMTok / NANO_PER_USD,
          outputUsdPerMTok: price.outputNanoPerMTok / NANO_PER_USD,
        }),
    ...(model.contextTokens === undefined ? {} : { contextTokens: model.contextTokens }),
    ...(model.maxOutputTokens === undefined ? {} : { maxOutputTokens: model.maxOutputTokens }),
    ...(model.description === undefined ? {} : { description: model.description }),
  };
}
