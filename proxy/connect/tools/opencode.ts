/** opencode: a provider of its own in its config. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Machine, Tool, ToolContext, ToolFile } from '../types.ts';
import { configHome, joined, known } from './places.ts';
import { byHand, command, fileStep, versioned } from './texts.ts';

const NAME = 'opencode';

function folder(machine: Machine): string | undefined {
  const place = configHome(machine);
  return place === undefined ? undefined : joined(machine, place, 'opencode');
}

function files(context: ToolContext): ToolFile[] {
  const { machine, model } = context;
  const place = folder(machine);
  const named = machine.env.OPENCODE_CONFIG;
  const path = named === undefined || named === '' ? place && joined(machine, place, 'opencode.json') : named;
  if (path === undefined) return [];
  return [
    {
      path,
      format: 'jsonc',
      ...(place === undefined || path === named ? {} : { orElse: [joined(machine, place, 'opencode.jsonc')] }),
      entries: [
        { path: ['$schema'], value: 'https://opencode.ai/config.json', ifMissing: true },
        { path: ['model'], value: `gatehouse/${model}` },
        {
          path: ['provider', 'gatehouse'],
          value: {
            npm: '@ai-sdk/openai-compatible',
            name: 'Gatehouse',
            options: { baseURL: versioned(context), apiKey: KEY_PLACEHOLDER },
            models: { [model]: { name: model } },
          },
        },
      ],
    },
  ];
}

export const opencode: Tool = {
  id: 'opencode',
  name: NAME,
  summary: 'An open-source coding agent for the terminal.',
  kind: 'agent',
  homepage: 'https://opencode.ai/docs',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  modelName: (model) => `gatehouse/${model}`,
  programs: ['opencode'],
  folders: (machine) => known(folder(machine)),
  env: () => [],
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand('Start it.', command('opencode', 'command')),
  ],
  notes: () => [
    'Only models listed under models can be chosen: add a line for each.',
    'An opencode.json in the project wins over this file.',
  ],
  nextSteps: () => ['Start opencode anew; /models shows what it may use.'],
};
