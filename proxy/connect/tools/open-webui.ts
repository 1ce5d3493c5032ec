/** Open WebUI: a connection in its admin panel, or its environment before the first start. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext } from '../types.ts';
import { byHand, field, keyField, shellBlock, versioned } from './texts.ts';

function env(context: ToolContext): { name: string; value: string }[] {
  return [
    { name: 'OPENAI_API_BASE_URL', value: versioned(context) },
    { name: 'OPENAI_API_KEY', value: KEY_PLACEHOLDER },
  ];
}

export const openWebui: Tool = {
  id: 'open-webui',
  name: 'Open WebUI',
  summary: 'A chat for the browser that you host yourself.',
  kind: 'chat',
  homepage: 'https://docs.openwebui.com',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['open-webui'],
  folders: () => [],
  env,
  files: () => [],
  steps: (context) => [
    byHand('Open Admin Panel | Settings | Connections and add an OpenAI API connection.'),
    field('URL', versioned(context)),
    keyField('API key'),
    byHand(
      'Or set it before the first start (later the admin panel’s own values count).',
      shellBlock(context.machine, env(context), 'lines for Open WebUI', 'open-webui serve'),
    ),
  ],
  notes: () => [
    'All models of the gateway show in its list by themselves.',
    'In Docker on Linux, start it with --network host: the gateway listens on this machine’s own address only.',
  ],
  nextSteps: () => [],
};
