/** curl: the plainest client there is. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext } from '../types.ts';
import { byHand, lines, shellBlock, versioned } from './texts.ts';

const KEY = { name: 'GATEHOUSE_KEY', value: KEY_PLACEHOLDER };

function request(context: ToolContext, stream: boolean): string {
  const body = {
    model: context.model,
    ...(stream ? { stream: true } : {}),
    messages: [{ role: 'user', content: 'Hello' }],
  };
  // In single quotes a shell takes everything as it is, but for a quote itself.
  const json = JSON.stringify(body).replaceAll("'", '\\u0027');
  return lines(
    `curl ${stream ? '-N ' : ''}${versioned(context)}/chat/completions \\`,
    '  -H "Authorization: Bearer $GATEHOUSE_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${json}'`,
  );
}

export const curl: Tool = {
  id: 'curl',
  name: 'curl',
  summary: 'One call from the terminal, to see that it works.',
  kind: 'terminal',
  homepage: 'https://curl.se/docs',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: ['curl'],
  folders: () => [],
  env: () => [KEY],
  files: () => [],
  steps: (context) => [
    byHand('Put the key into your shell.', shellBlock(context.machine, [KEY], 'line with the key')),
    byHand('Make a call.', { language: 'bash', text: request(context, false), copyName: 'curl command' }),
    byHand('Or watch the answer arrive.', {
      language: 'bash',
      text: request(context, true),
      copyName: 'streaming curl command',
    }),
  ],
  notes: () => ['In PowerShell, use a POSIX shell such as Git Bash for these lines: it reads quotes differently.'],
  nextSteps: () => [],
};
