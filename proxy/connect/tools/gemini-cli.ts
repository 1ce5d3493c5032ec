/** Gemini CLI: address and key from its own .env, and the way to sign in from its settings. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext, ToolFile } from '../types.ts';
import { inHome, joined, known } from './places.ts';
import { byHand, command, fileStep } from './texts.ts';

const NAME = 'Gemini CLI';
/** With one of these it would sign in elsewhere. */
const CONFLICTING = ['GOOGLE_GENAI_USE_GCA', 'GOOGLE_GENAI_USE_VERTEXAI'];

function env({ rootUrl, model }: ToolContext): { name: string; value: string }[] {
  return [
    { name: 'GOOGLE_GEMINI_BASE_URL', value: rootUrl },
    { name: 'GEMINI_API_KEY', value: KEY_PLACEHOLDER },
    { name: 'GEMINI_MODEL', value: model },
  ];
}

function files(context: ToolContext): ToolFile[] {
  const place = inHome(context.machine, '.gemini');
  if (place === undefined) return [];
  return [
    {
      path: joined(context.machine, place, '.env'),
      format: 'dotenv',
      entries: [
        ...env(context).map(({ name, value }) => ({ path: [name], value })),
        ...CONFLICTING.map((name) => ({ path: [name] })),
      ],
    },
    {
      path: joined(context.machine, place, 'settings.json'),
      format: 'jsonc',
      entries: [{ path: ['security', 'auth', 'selectedType'], value: 'gemini-api-key' }],
    },
  ];
}

export const geminiCli: Tool = {
  id: 'gemini-cli',
  name: NAME,
  summary: 'Google’s coding agent for the terminal.',
  kind: 'agent',
  homepage: 'https://geminicli.com/docs',
  protocol: 'gemini',
  baseUrl: (rootUrl) => rootUrl,
  programs: ['gemini'],
  folders: (machine) => known(inHome(machine, '.gemini')),
  env,
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand('Start it.', command('gemini', 'command')),
  ],
  notes: () => [
    'No /v1 in this address. Any model of the Models page works.',
    'Gemini CLI reads the first .env it finds: one in the project is read in place of this file. Put the same lines there.',
  ],
  nextSteps: () => ['Start Gemini CLI anew.'],
};
