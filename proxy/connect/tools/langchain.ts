/** LangChain, in Python and in JavaScript. */
import { KEY_PLACEHOLDER } from '../../contract/connect.ts';
import type { Tool, ToolContext } from '../types.ts';
import { byHand, lines, shellBlock, versioned } from './texts.ts';

const KEY = { name: 'GATEHOUSE_KEY', value: KEY_PLACEHOLDER };

function python(context: ToolContext): string {
  return lines(
    'import os',
    'from langchain_openai import ChatOpenAI',
    '',
    'model = ChatOpenAI(',
    `    model=${JSON.stringify(context.model)},`,
    `    base_url=${JSON.stringify(versioned(context))},`,
    '    api_key=os.environ["GATEHOUSE_KEY"],',
    ')',
    'print(model.invoke("Hello").content)',
  );
}

function typescript(context: ToolContext): string {
  return lines(
    "import { ChatOpenAI } from '@langchain/openai';",
    '',
    'const model = new ChatOpenAI({',
    `  model: ${JSON.stringify(context.model)},`,
    '  apiKey: process.env.GATEHOUSE_KEY,',
    `  configuration: { baseURL: ${JSON.stringify(versioned(context))} },`,
    '});',
    "console.log((await model.invoke('Hello')).content);",
  );
}

export const langchain: Tool = {
  id: 'langchain',
  name: 'LangChain',
  summary: 'A framework for programs that use models, in Python and JavaScript.',
  kind: 'library',
  homepage: 'https://docs.langchain.com',
  protocol: 'openai-chat',
  baseUrl: (rootUrl) => `${rootUrl}/v1`,
  programs: [],
  folders: () => [],
  env: () => [KEY],
  files: () => [],
  steps: (context) => [
    byHand('Give the key to your program by its environment.', shellBlock(context.machine, [KEY], 'line with the key')),
    byHand('In Python:', { language: 'python', text: python(context), copyName: 'Python lines' }),
    byHand('Or in JavaScript or TypeScript:', {
      language: 'typescript',
      text: typescript(context),
      copyName: 'TypeScript lines',
    }),
  ],
  notes: () => ['LangChain tries again up to 6 times by itself; max_retries=0 leaves that to Gatehouse.'],
  nextSteps: () => [],
};
