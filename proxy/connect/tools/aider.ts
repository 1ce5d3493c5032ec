/** Aider: options of the same names as on its command line, in a YAML file. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext, ToolFile } from '../types.ts';
import { inHome } from './places.ts';
import { byHand, command, fileStep, versioned } from './texts.ts';

const NAME = 'Aider';

/** The part before the slash tells Aider which protocol to speak; it is not sent. */
function modelName(model: string): string {
  return `openai/${model}`;
}

function files(context: ToolContext): ToolFile[] {
  const path = inHome(context.machine, '.aider.conf.yml');
  if (path === undefined) return [];
  return [
    {
      path,
      format: 'yaml',
      entries: [
        { path: ['model'], value: modelName(context.model) },
        { path: ['openai-api-base'], value: versioned(context) },
        { path: ['openai-api-key'], value: KEY_PLACEHOLDER },
      ],
    },
  ];
}

export const aider: Tool = {
  id: 'aider',
  name: NAME,
  summary: 'Pair programming in the terminal, with Git.',
  kind: 'agent',
  homepage: 'https://aider.chat/docs',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  modelName,
  programs: ['aider'],
  folders: () => [],
  env: (context) => [
    { name: 'OPENAI_API_BASE', value: versioned(context) },
    { name: 'OPENAI_API_KEY', value: KEY_PLACEHOLDER },
    { name: 'AIDER_MODEL', value: modelName(context.model) },
  ],
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand('Start it in your project.', command('aider', 'command')),
  ],
  notes: () => [
    'The openai/ before the model only tells Aider which protocol to speak.',
    'A .aider.conf.yml in the project, or a .env there, wins over this file.',
    'Aider warns of models it does not know; it works with them all the same.',
  ],
  nextSteps: () => [],
};
