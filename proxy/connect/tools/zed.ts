/** Zed: an OpenAI-compatible provider in its settings. Its keys live in the system's keychain, never in the file. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Machine, Tool, ToolContext, ToolFile } from '../types.ts';
import { configHome, joined, known } from './places.ts';
import { byHand, fileStep, keyField, versioned } from './texts.ts';

const NAME = 'Zed';
const PROVIDER = 'Gatehouse';
/** Zed wants a number; where the catalog has none, this one is common. */
const CONTEXT_TOKENS = 128_000;

function folder(machine: Machine): string | undefined {
  const place = machine.platform === 'win32' ? machine.env.APPDATA : configHome(machine);
  return place === undefined ? undefined : joined(machine, place, machine.platform === 'win32' ? 'Zed' : 'zed');
}

function files(context: ToolContext): ToolFile[] {
  const { machine, model, contextTokens } = context;
  const place = folder(machine);
  if (place === undefined) return [];
  return [
    {
      path: joined(machine, place, 'settings.json'),
      format: 'jsonc',
      entries: [
        {
          path: ['language_models', 'openai_compatible', PROVIDER],
          value: {
            api_url: versioned(context),
            available_models: [
              {
                name: model,
                display_name: `${model} (Gatehouse)`,
                max_tokens: contextTokens ?? CONTEXT_TOKENS,
                capabilities: { tools: true, images: false, parallel_tool_calls: true, prompt_cache_key: false },
              },
            ],
          },
        },
        { path: ['agent', 'default_model'], value: { provider: PROVIDER, model } },
      ],
    },
  ];
}

const PASTE = 'In Zed, run “agent: open settings”, choose Gatehouse among the LLM providers and paste the key there.';

export const zed: Tool = {
  id: 'zed',
  name: NAME,
  summary: 'A fast editor with an agent panel.',
  kind: 'editor',
  homepage: 'https://zed.dev/docs/ai',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['zed', 'zeditor'],
  folders: (machine) => known(folder(machine)),
  env: () => [{ name: 'GATEHOUSE_API_KEY', value: KEY_PLACEHOLDER }],
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand(PASTE),
    keyField('API key'),
  ],
  notes: ({ contextTokens }) => [
    'Zed keeps keys in the system’s keychain. A GATEHOUSE_API_KEY in the environment that starts it works too.',
    'List every model you want in available_models: Zed does not ask for them.',
    ...(contextTokens === undefined
      ? [
          `The context length of this model is not known: ${CONTEXT_TOKENS} stands for it. Correct max_tokens if you know better.`,
        ]
      : []),
  ],
  nextSteps: () => [PASTE],
};
