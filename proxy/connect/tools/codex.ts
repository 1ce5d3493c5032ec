/** Codex CLI: a provider of its own in config.toml, for it reads no address from the environment. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext, ToolFile } from '../types.ts';
import { joined, known, placeOf } from './places.ts';
import { byHand, command, fileStep, versioned } from './texts.ts';

const NAME = 'Codex CLI';
const TABLE = ['model_providers', 'gatehouse'];

function files(context: ToolContext): ToolFile[] {
  const place = placeOf(context.machine, 'CODEX_HOME', '.codex');
  if (place === undefined) return [];
  return [
    {
      path: joined(context.machine, place, 'config.toml'),
      format: 'toml',
      entries: [
        { path: ['model'], value: context.model },
        { path: ['model_provider'], value: 'gatehouse' },
        { path: [...TABLE, 'name'], value: 'Gatehouse' },
        { path: [...TABLE, 'base_url'], value: versioned(context) },
        { path: [...TABLE, 'wire_api'], value: 'responses' },
        { path: [...TABLE, 'experimental_bearer_token'], value: KEY_PLACEHOLDER },
        // Each of these would take the key from elsewhere.
        { path: [...TABLE, 'env_key'] },
        { path: [...TABLE, 'requires_openai_auth'] },
      ],
    },
  ];
}

export const codex: Tool = {
  id: 'codex',
  name: NAME,
  summary: 'OpenAI’s coding agent for the terminal.',
  kind: 'agent',
  homepage: 'https://developers.openai.com/codex',
  protocol: 'openai-responses',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['codex'],
  folders: (machine) => known(placeOf(machine, 'CODEX_HOME', '.codex')),
  env: () => [],
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand('Start it.', command('codex', 'command')),
  ],
  notes: () => [
    'model and model_provider stand above the first [table] of the file.',
    'To keep the key out of the file, write env_key = "GATEHOUSE_KEY" in place of experimental_bearer_token and export that variable. gatehouse run sets it by itself.',
    'A profile that names another model_provider goes past Gatehouse.',
  ],
  nextSteps: () => ['Start Codex anew: it reads its config at the start only.'],
};
