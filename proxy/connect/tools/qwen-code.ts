/** Qwen Code: variables, the way to sign in and the model, all in its settings file. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext, ToolFile } from '../types.ts';
import { inHome, joined, known } from './places.ts';
import { byHand, command, fileStep, versioned } from './texts.ts';

const NAME = 'Qwen Code';

function env(context: ToolContext): { name: string; value: string }[] {
  return [
    { name: 'OPENAI_BASE_URL', value: versioned(context) },
    { name: 'OPENAI_API_KEY', value: KEY_PLACEHOLDER },
    { name: 'OPENAI_MODEL', value: context.model },
  ];
}

function files(context: ToolContext): ToolFile[] {
  const place = inHome(context.machine, '.qwen');
  if (place === undefined) return [];
  return [
    {
      path: joined(context.machine, place, 'settings.json'),
      format: 'jsonc',
      entries: [
        ...env(context).map(({ name, value }) => ({ path: ['env', name], value })),
        { path: ['security', 'auth', 'selectedType'], value: 'openai' },
        { path: ['model', 'name'], value: context.model },
      ],
    },
  ];
}

export const qwenCode: Tool = {
  id: 'qwen-code',
  name: NAME,
  summary: 'Alibaba’s coding agent for the terminal.',
  kind: 'agent',
  homepage: 'https://qwenlm.github.io/qwen-code-docs',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['qwen'],
  folders: (machine) => known(inHome(machine, '.qwen')),
  env,
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand('Start it.', command('qwen', 'command')),
  ],
  notes: () => ['OPENAI_* variables of your shell win over this file: unset them there.'],
  nextSteps: () => ['Start Qwen Code anew.'],
};
