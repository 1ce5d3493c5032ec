/** Vercel's AI SDK. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext } from '../types.ts';
import { byHand, command, lines, shellBlock, versioned } from './texts.ts';

const KEY = { name: 'GATEHOUSE_KEY', value: KEY_PLACEHOLDER };

function program(context: ToolContext): string {
  return lines(
    "import { createOpenAICompatible } from '@ai-sdk/openai-compatible';",
    "import { generateText } from 'ai';",
    '',
    'const gatehouse = createOpenAICompatible({',
    "  name: 'gatehouse',",
    `  baseURL: ${JSON.stringify(versioned(context))},`,
    '  apiKey: process.env.GATEHOUSE_KEY,',
    '  includeUsage: true,',
    '  supportsStructuredOutputs: true,',
    '});',
    '',
    `const { text } = await generateText({ model: gatehouse(${JSON.stringify(context.model)}), prompt: 'Hello' });`,
    'console.log(text);',
  );
}

export const aiSdk: Tool = {
  id: 'ai-sdk',
  name: 'Vercel AI SDK',
  summary: 'A TypeScript library for programs that use models.',
  kind: 'library',
  homepage: 'https://ai-sdk.dev/docs',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: [],
  folders: () => [],
  env: () => [KEY],
  files: () => [],
  steps: (context) => [
    byHand('Install the two packages.', command('npm install ai @ai-sdk/openai-compatible', 'command')),
    byHand('Give the key to your program by its environment.', shellBlock(context.machine, [KEY], 'line with the key')),
    byHand('In your program:', { language: 'typescript', text: program(context), copyName: 'TypeScript lines' }),
  ],
  notes: () => [
    'createAnthropic takes the same address; createGoogleGenerativeAI takes it with /v1beta in place of /v1.',
  ],
  nextSteps: () => [],
};
