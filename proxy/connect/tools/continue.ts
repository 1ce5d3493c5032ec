/** Continue: one more model in its config.yaml. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext, ToolFile } from '../types.ts';
import { joined, known, placeOf } from './places.ts';
import { byHand, fileStep, versioned } from './texts.ts';

const NAME = 'Continue';
const MODEL_NAME = 'Gatehouse';

function files(context: ToolContext): ToolFile[] {
  const { machine, model } = context;
  const place = placeOf(machine, 'CONTINUE_GLOBAL_DIR', '.continue');
  if (place === undefined) return [];
  return [
    {
      path: joined(machine, place, 'config.yaml'),
      format: 'yaml',
      // With a config.yaml beside it, Continue would not read this one any more.
      hides: joined(machine, place, 'config.json'),
      entries: [
        { path: ['name'], value: 'Local config', ifMissing: true },
        { path: ['version'], value: '1.0.0', ifMissing: true },
        { path: ['schema'], value: 'v1', ifMissing: true },
        {
          path: ['models', { where: 'name', is: MODEL_NAME }],
          value: {
            name: MODEL_NAME,
            provider: 'openai',
            model,
            apiBase: versioned(context),
            apiKey: KEY_PLACEHOLDER,
            roles: ['chat', 'edit', 'apply'],
            capabilities: ['tool_use'],
          },
        },
      ],
    },
  ];
}

export const continueDev: Tool = {
  id: 'continue',
  name: NAME,
  summary: 'A coding assistant for VS Code and JetBrains, and a terminal agent (cn).',
  kind: 'editor',
  homepage: 'https://docs.continue.dev',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['cn'],
  folders: (machine) => known(placeOf(machine, 'CONTINUE_GLOBAL_DIR', '.continue')),
  env: () => [],
  files,
  steps: (context) => [
    ...files(context).map((file) => fileStep(NAME, file, context.machine)),
    byHand(`Choose “${MODEL_NAME}” in Continue’s list of models.`),
  ],
  notes: () => [
    'One entry serves one model: for another, copy the entry and give it another name.',
    'Leave capabilities out for a model that cannot call tools.',
  ],
  nextSteps: () => [`Choose “${MODEL_NAME}” in Continue’s list of models; it reads the file by itself.`],
};
