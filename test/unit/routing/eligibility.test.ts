import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../proxy/contract/config.ts';
import { EXCLUSION_REASONS, type ExclusionReason } from '../../../proxy/contract/routes.ts';
import type { ModelInfo } from '../../../proxy/providers/types.ts';
import { createGate, type Gate } from '../../../proxy/routing/eligibility.ts';
import { type IndexedTarget, modelIndexOf } from '../../../proxy/routing/model-index.ts';
import type { Caller } from '../../../proxy/routing/types.ts';
import {
  model,
  type ProviderFacts,
  provider,
  type ShapeFacts,
  type StateFacts,
  shape,
  state,
} from './support/fixtures.ts';

interface Case {
  readonly call?: ShapeFacts;
  readonly model?: Partial<ModelInfo>;
  readonly priced?: boolean;
  readonly provider?: ProviderFacts;
  readonly state?: StateFacts;
  readonly caller?: Caller;
  readonly mode?: Mode;
  readonly forced?: boolean;
}

function gateFor(facts: Case): { gate: Gate; target: IndexedTarget } {
  const info = model('m', facts.priced === false ? undefined : [1, 2], facts.model);
  const one = provider('p', { models: [info], ...facts.provider });
  const made = state([one], facts.state);
  const target = modelIndexOf(made.providers).at(one, 'm');
  return { gate: createGate(shape('m', facts.call), facts.caller ?? {}, made, facts.mode ?? 'cheap'), target };
}

function reasonFor(facts: Case): ExclusionReason | undefined {
  const { gate, target } = gateFor(facts);
  return gate.check(target, facts.forced ?? false);
}

const tools = { needs: { tools: true } };
const images = { needs: { images: true } };
const audio = { needs: { audio: true } };
const documents = { needs: { documents: true } };
const structured = { needs: { structuredOutput: true } };

const rows: [what: string, facts: Case, reason: ExclusionReason | undefined][] = [
  ['nothing is in the way', {}, undefined],
  ['the provider is off', { provider: { enabled: false } }, 'disabled'],
  ['the model is off', { provider: { settings: [{ id: 'm', enabled: false }] } }, 'disabled'],
  ['another model is off', { provider: { settings: [{ id: 'n', enabled: false }] } }, undefined],
  ['the kill switch', { state: { killed: ({ model: id }) => id === 'm' } }, 'killed'],
  ['the breaker is open', { state: { health: { 'p/m': { breaker: 'open' } } } }, 'breaker_open'],
  ["the provider's breaker is open", { state: { health: { 'p/m': { providerBreaker: 'open' } } } }, 'breaker_open'],
  ['the breaker is half open', { state: { health: { 'p/m': { breaker: 'half-open' } } } }, undefined],
  ['the credential is refused', { state: { credential: () => 'refused' } }, 'credential_refused'],
  ['the credential is missing', { state: { credential: () => 'missing' } }, 'credential_missing'],
  ['nobody knows the credential', { state: { credential: () => 'unknown' } }, undefined],

  ['input that just fits', { model: { contextTokens: 1_000 } }, undefined],
  ['input too long', { model: { contextTokens: 999 } }, 'context_too_small'],
  [
    'input and answer too long',
    { model: { contextTokens: 1_099 }, call: { maxOutputTokens: 100 } },
    'context_too_small',
  ],
  ['forced: perhaps too long', { model: { contextTokens: 500 }, forced: true }, undefined],
  ['forced: surely too long', { model: { contextTokens: 499 }, forced: true }, 'context_too_small'],
  ['an unknown context', { call: { inputTokensEstimate: 9_000_000 } }, undefined],
  [
    'a longer context that is sold on demand',
    {
      model: {
        contextTokens: 500,
        price: {
          inputNanoPerMTok: 1,
          outputNanoPerMTok: 1,
          longContext: { aboveInputTokens: 500, rates: { inputNanoPerMTok: 2, outputNanoPerMTok: 2 } },
        },
      },
    },
    undefined,
  ],
  ['an answer that just fits', { model: { maxOutputTokens: 100 }, call: { maxOutputTokens: 100 } }, undefined],
  ['an answer too long', { model: { maxOutputTokens: 99 }, call: { maxOutputTokens: 100 } }, 'output_too_small'],
  [
    'forced: an answer too long',
    { model: { maxOutputTokens: 99 }, call: { maxOutputTokens: 100 }, forced: true },
    undefined,
  ],
  [
    'an answer too long that the translation shortens',
    { model: { maxOutputTokens: 99 }, call: { maxOutputTokens: 100 }, provider: { protocols: ['anthropic-messages'] } },
    undefined,
  ],
  [
    'an answer too long that no translation shortens',
    { model: { maxOutputTokens: 99 }, call: { maxOutputTokens: 100 }, provider: { protocols: ['gemini'] } },
    'output_too_small',
  ],
  [
    'an answer too long in the very protocol that would be translated to',
    {
      model: { maxOutputTokens: 99 },
      call: { maxOutputTokens: 100, protocol: 'anthropic-messages' },
      provider: { protocols: ['anthropic-messages'] },
    },
    'output_too_small',
  ],

  ['tools, known', { call: tools, model: { tools: true } }, undefined],
  ['tools, unknown', { call: tools }, undefined],
  ['tools, known not to', { call: tools, model: { tools: false } }, 'no_tools'],
  ['tools, known not to, forced', { call: tools, model: { tools: false }, forced: true }, 'no_tools'],
  ['no tools needed', { model: { tools: false } }, undefined],
  ['images, known', { call: images, model: { inputModalities: ['text', 'image'] } }, undefined],
  ['images, unknown', { call: images }, undefined],
  ['images, known not to', { call: images, model: { inputModalities: ['text'] } }, 'no_images'],
  ['images, known not to, forced', { call: images, model: { inputModalities: ['text'] }, forced: true }, 'no_images'],
  ['audio, known not to', { call: audio, model: { inputModalities: ['text', 'image'] } }, 'no_audio'],
  ['audio, known not to, forced', { call: audio, model: { inputModalities: ['text'] }, forced: true }, undefined],
  ['documents, known', { call: documents, model: { inputModalities: ['text', 'pdf'] } }, undefined],
  ['documents, known not to', { call: documents, model: { inputModalities: ['text'] } }, 'no_documents'],
  ['a schema, known not to', { call: structured, model: { structuredOutput: false } }, 'no_structured_output'],
  ['a schema, unknown', { call: structured }, undefined],

  [
    'an embedding of an embedding model',
    { call: { operation: 'embedding' }, model: { purpose: 'embedding' } },
    undefined,
  ],
  ['an embedding of a chat model', { call: { operation: 'embedding' }, model: { purpose: 'chat' } }, 'wrong_purpose'],
  ['a chat with an embedding model', { model: { purpose: 'embedding' } }, 'wrong_purpose'],
  ['a chat with an embedding model, forced', { model: { purpose: 'embedding' }, forced: true }, undefined],
  ['a text continued by a chat model', { call: { operation: 'completion' }, model: { purpose: 'chat' } }, undefined],
  ['an unknown purpose', { call: { operation: 'embedding' } }, undefined],
  [
    'what is not translated, elsewhere',
    { call: { translatable: false }, provider: { protocols: ['gemini'] } },
    'wrong_protocol',
  ],
  [
    'what is not translated, at home',
    { call: { translatable: false }, provider: { protocols: ['openai-responses', 'openai-chat'] } },
    undefined,
  ],
  [
    'what is not translated, at a model of another protocol',
    {
      call: { translatable: false },
      provider: { protocols: ['openai-chat', 'openai-responses'] },
      model: { responsesOnly: true },
    },
    'wrong_protocol',
  ],

  ['privacy, kept', { mode: 'privacy', provider: { retention: 'none' } }, undefined],
  ['privacy, not kept', { mode: 'privacy' }, 'not_private'],
  ['privacy, not kept, forced', { mode: 'privacy', forced: true }, 'not_private'],
  ['the key allows it', { caller: { policy: { models: ['p/*'] } } }, undefined],
  ['the key does not', { caller: { policy: { models: ['q/*'] } } }, 'model_not_allowed'],
  ['the key does not, forced', { caller: { policy: { models: ['q/*'] } }, forced: true }, 'model_not_allowed'],
  [
    'a tier that the key may use',
    { caller: { policy: { maxTier: 'standard' } }, model: { tier: 'standard' } },
    undefined,
  ],
  ['a tier too high', { caller: { policy: { maxTier: 'standard' } }, model: { tier: 'premium' } }, 'tier_too_high'],
  ['a tier that nobody knows', { caller: { policy: { maxTier: 'premium' } } }, 'tier_too_high'],
  [
    'a model that costs nothing is economy',
    {
      caller: { policy: { maxTier: 'economy' } },
      model: { price: { inputNanoPerMTok: 0, outputNanoPerMTok: 0 } },
    },
    undefined,
  ],

  ['no price, no budget', { priced: false }, undefined],
  ['no price under a budget', { priced: false, state: { budgeted: true } }, 'price_unknown'],
  ['allowed', { priced: false, state: { budgeted: true }, model: { allowUnpriced: true } }, undefined],
  [
    'allowed at the provider',
    { priced: false, state: { budgeted: true }, provider: { allowUnpriced: true } },
    undefined,
  ],
  [
    'allowed at the provider, not for the model',
    { priced: false, state: { budgeted: true }, provider: { allowUnpriced: true }, model: { allowUnpriced: false } },
    'price_unknown',
  ],
  ['an answer without a bound', { state: { budgeted: true } }, 'price_unknown'],
  ['an answer without a bound, no budget', {}, undefined],
  ['just enough money', { call: { maxOutputTokens: 10 }, state: { leftNano: () => 1_020_000 } }, undefined],
  ['not enough money', { call: { maxOutputTokens: 10 }, state: { leftNano: () => 1_019_999 } }, 'over_budget'],
  [
    'not enough money for both answers',
    { call: { maxOutputTokens: 10, choices: 2 }, state: { leftNano: () => 1_020_000 } },
    'over_budget',
  ],
  [
    'not enough money for the most it can be',
    { call: { maxOutputTokens: 10, inputTokensMax: 3_000 }, state: { leftNano: () => 1_020_000 } },
    'over_budget',
  ],
];

describe('who may serve a call', () => {
  it.each(rows)('%s', (_what, facts, reason) => expect(reasonFor(facts)).toBe(reason));

  it('is checked for every reason there is', () => {
    const met = new Set(rows.map(([, , reason]) => reason));
    expect(EXCLUSION_REASONS.filter((reason) => !met.has(reason))).toEqual([]);
  });

  it('is told in words that name the place and never end in a gap', () => {
    for (const [, facts, reason] of rows) {
      if (reason === undefined) continue;
      const { gate, target } = gateFor(facts);
      const { message, ...rest } = gate.explain(target, reason);
      expect(rest).toEqual({ provider: 'p', model: 'm', reason });
      expect(message).toMatch(/\bp\b|p\/m/);
      expect(message).not.toMatch(/undefined|NaN/);
    }
  });

  it('counts what nobody knows, of what the call needs', () => {
    const needs = { needs: { tools: true, images: true, structuredOutput: true } };
    const unknown = (facts: Partial<ModelInfo>) => {
      const { gate, target } = gateFor({ call: needs, model: facts });
      return gate.unknownNeeds(target);
    };
    expect(unknown({})).toBe(3);
    expect(unknown({ tools: true })).toBe(2);
    expect(unknown({ tools: true, inputModalities: ['image'], structuredOutput: true })).toBe(0);
  });
});
