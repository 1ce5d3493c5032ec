/** Copilot CLI with a provider of one's own: by the environment only. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext } from '../types.ts';
import { known, placeOf } from './places.ts';
import { byHand, command, shellBlock, versioned } from './texts.ts';

function env(context: ToolContext): { name: string; value: string }[] {
  return [
    { name: 'COPILOT_PROVIDER_TYPE', value: 'openai' },
    { name: 'COPILOT_PROVIDER_BASE_URL', value: versioned(context) },
    { name: 'COPILOT_PROVIDER_WIRE_API', value: 'completions' },
    { name: 'COPILOT_PROVIDER_API_KEY', value: KEY_PLACEHOLDER },
    { name: 'COPILOT_MODEL', value: context.model },
  ];
}

export const copilot: Tool = {
  id: 'copilot',
  name: 'Copilot CLI',
  summary: 'GitHub’s coding agent for the terminal, with a model of your own.',
  kind: 'agent',
  homepage: 'https://docs.github.com/copilot/how-tos/copilot-cli',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['copilot'],
  folders: (machine) => known(placeOf(machine, 'COPILOT_HOME', '.copilot')),
  env,
  files: () => [],
  steps: (context) => [
    byHand(
      'Set these in the shell that starts it.',
      shellBlock(context.machine, env(context), 'lines for Copilot CLI'),
    ),
    byHand('Start it there.', command('copilot', 'command')),
  ],
  notes: () => [
    'The model has to stream and to call tools: the live check says whether it does.',
    'COPILOT_OFFLINE=true keeps it from asking GitHub for anything.',
  ],
  nextSteps: () => [],
};
