/** Cline: set up in the editor's panel, or by a command of its CLI; both keep the key in a store of their own. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool } from '../types.ts';
import { inHome, known } from './places.ts';
import { byHand, command, field, keyField, versioned } from './texts.ts';

export const cline: Tool = {
  id: 'cline',
  name: 'Cline',
  summary: 'A coding agent for VS Code, JetBrains and the terminal.',
  kind: 'agent',
  homepage: 'https://docs.cline.bot',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['cline'],
  folders: (machine) => known(inHome(machine, '.cline')),
  env: () => [],
  files: () => [],
  steps: (context) => [
    byHand('In the editor: open Cline’s settings and choose “OpenAI Compatible” as API provider.'),
    field('Base URL', versioned(context)),
    keyField('API key'),
    field('Model ID', context.model),
    byHand(
      'In the terminal, this one command does the same for Cline’s CLI.',
      command(
        `cline auth -p openai -k ${KEY_PLACEHOLDER} -m '${context.model}' -b ${versioned(context)}`,
        'command for Cline',
      ),
    ),
  ],
  notes: () => ['Cline keeps the key in its own secret store, so Gatehouse edits no file here.'],
  nextSteps: () => [],
};
