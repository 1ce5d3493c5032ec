/** AI Assistant of the JetBrains IDEs: set up in their settings. */
import type { Machine, Tool } from '../types.ts';
import { configHome, inHome, joined, known } from './places.ts';
import { byHand, field, keyField, versioned } from './texts.ts';

function folder(machine: Machine): string | undefined {
  if (machine.platform === 'darwin') return inHome(machine, 'Library', 'Application Support', 'JetBrains');
  const place = machine.platform === 'win32' ? machine.env.APPDATA : configHome(machine);
  return place === undefined ? undefined : joined(machine, place, 'JetBrains');
}

export const jetbrains: Tool = {
  id: 'jetbrains',
  name: 'JetBrains AI Assistant',
  summary: 'Chat and agents in IntelliJ IDEA, PyCharm, WebStorm and the others.',
  kind: 'editor',
  homepage: 'https://www.jetbrains.com/help/ai-assistant/use-custom-models.html',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: [],
  folders: (machine) => known(folder(machine)),
  env: () => [],
  files: () => [],
  steps: (context) => [
    byHand('Open Settings | Tools | AI Assistant | Providers & API keys (earlier: Models & API keys).'),
    byHand('Choose “OpenAI-compatible” as the third-party provider.'),
    field('URL', versioned(context)),
    keyField('API key'),
    field('Model', context.model),
    byHand('Test the connection, apply, and choose the model in the AI chat.'),
  ],
  notes: () => ['The IDE keeps the key in its own password store, so Gatehouse edits no file here.'],
  nextSteps: () => [],
};
