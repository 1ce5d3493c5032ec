import { describe, expect, it } from 'vitest';
import type { ProviderConfig } from '../../../proxy/contract/config.ts';
import type { Provider } from '../../../proxy/providers/types.ts';
import { resolveTargets } from '../../../proxy/routing/resolve-targets.ts';

function provider(id: string, models: string[], more: Partial<ProviderConfig> = {}): [string, Provider] {
  const config: ProviderConfig = {
    id,
    kind: 'openai',
    retention: 'provider-default',
    enabled: true,
    models: [],
    ...more,
  };
  const infos = models.map((model) => ({ id: model }));
  return [
    id,
    {
      config,
      protocol: 'openai-chat',
      protocols: ['openai-chat'],
      quirksOf: () => ({}),
      baseUrl: '',
      models: () => infos,
      model: (name) => infos.find((info) => info.id === name),
      send: () => {
        throw new Error('routing never sends');
      },
    },
  ];
}

const PROVIDERS = new Map([
  provider('off', ['gpt-4o'], { enabled: false }),
  provider('openai', ['gpt-4o', 'gpt-4o-mini']),
  provider('backup', ['gpt-4o', 'meta/llama-3']),
  provider('sim', ['echo'], { kind: 'simulator' }),
]);
const chosen = (asked: string) =>
  resolveTargets(asked, PROVIDERS).map(
    (target) => `${target.provider.config.id}:${target.modelId}${target.info === undefined ? '?' : ''}`,
  );

describe('from a name to a target', () => {
  const rows: [asked: string, target: string][] = [
    ['openai/gpt-4o', 'openai:gpt-4o'],
    ['backup/meta/llama-3', 'backup:meta/llama-3'],
    ['openai/ft:gpt-4o:acme::1', 'openai:ft:gpt-4o:acme::1?'],
    ['gpt-4o', 'openai:gpt-4o'],
    ['gpt-4o-mini', 'openai:gpt-4o-mini'],
    ['meta/llama-3', 'backup:meta/llama-3'],
    ['sim/echo', 'sim:echo'],
    ['claude/openai/gpt-4o', 'openai:gpt-4o'],
    ['claude/gpt-4o', 'openai:gpt-4o'],
  ];
  it.each(rows)('%s -> %s', (asked, target) => expect(chosen(asked)).toEqual([target]));

  const refused: [asked: string, code: string][] = [
    ['gpt-5-unknown', 'model_not_found'],
    ['nowhere/gpt-4o', 'model_not_found'],
    ['openai/', 'model_not_found'],
    ['sim/nope', 'model_not_found'],
    ['off/gpt-4o', 'no_target_available'],
    ['/', 'model_not_found'],
  ];
  it.each(refused)('%s is refused with %s', (asked, code) => {
    expect(() => chosen(asked)).toThrowError(expect.objectContaining({ code }));
  });
});
