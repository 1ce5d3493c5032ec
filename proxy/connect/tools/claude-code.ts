/** Claude Code: its variables stand in its own settings file. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Entry, Tool, ToolContext, ToolFile } from '../types.ts';
import { joined, known, placeOf } from './places.ts';
import { byHand, command, fileStep } from './texts.ts';

const NAME = 'Claude Code';
/** With one of these it would go another way, or with another key. */
const CONFLICTING = [
  'ANTHROPIC_API_KEY',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_FOUNDRY',
  'CLAUDE_CODE_USE_VERTEX',
];

function folder({ machine }: Pick<ToolContext, 'machine'>): string | undefined {
  return placeOf(machine, 'CLAUDE_CONFIG_DIR', '.claude');
}

/** It offers only names that begin with claude or anthropic; the gateway knows every model by `claude/...` too. */
function modelName(model: string): string {
  return model.startsWith('claude') || model.startsWith('anthropic') ? model : `claude/${model}`;
}

function env(context: ToolContext): { name: string; value: string }[] {
  const model = modelName(context.model);
  // Its small tasks in the background ask for a Haiku, which only a Claude provider has.
  const small = model.startsWith('claude/') ? [{ name: 'ANTHROPIC_DEFAULT_HAIKU_MODEL', value: model }] : [];
  return [
    { name: 'ANTHROPIC_BASE_URL', value: context.rootUrl },
    { name: 'ANTHROPIC_AUTH_TOKEN', value: KEY_PLACEHOLDER },
    { name: 'ANTHROPIC_MODEL', value: model },
    ...small,
  ];
}

function files(context: ToolContext): ToolFile[] {
  const place = folder(context);
  if (place === undefined) return [];
  const entries: Entry[] = [
    ...env(context).map(({ name, value }) => ({ path: ['env', name], value })),
    ...CONFLICTING.map((name) => ({ path: ['env', name] })),
  ];
  return [{ path: joined(context.machine, place, 'settings.json'), format: 'jsonc', entries }];
}

export const claudeCode: Tool = {
  id: 'claude-code',
  name: NAME,
  summary: 'Anthropic’s coding agent for the terminal.',
  kind: 'agent',
  homepage: 'https://code.claude.com/docs',
  protocol: 'anthropic-messages',
  baseUrl: (rootUrl) => rootUrl,
  modelName,
  callModel: modelName,
  programs: ['claude'],
  folders: (machine) => known(folder({ machine })),
  env,
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand('Start it in a new terminal.', command('claude', 'command')),
  ],
  notes: () => [
    'No /v1 in this address.',
    'Any model of the Models page works, with claude/ before its name; /model in Claude Code changes it for a session.',
    'ANTHROPIC_* variables of your shell win over this file: unset them there.',
  ],
  nextSteps: () => ['Start Claude Code anew: sessions that run keep their earlier settings.'],
};
