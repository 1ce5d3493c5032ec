/** A request as code to run elsewhere: the same body and headers, the key from the environment. Pure. */
import type { ChatRequest } from '../../../../../proxy/contract/playground-request.ts';
import { pythonLiteral, typescriptLiteral } from './literals.ts';
import { shortenImages } from './shorten-images.ts';

export type CodeLanguage = 'curl' | 'python' | 'typescript';

/** `baseUrl` ends in `/v1`. */
export function requestCode(language: CodeLanguage, baseUrl: string, request: ChatRequest): string {
  const body = shortenImages(request.body);
  const fields = Object.entries(typeof body === 'object' && body !== null ? body : {});
  switch (language) {
    case 'curl':
      return curl(baseUrl, request.headers, body);
    case 'python':
      return python(baseUrl, request.headers, fields);
    case 'typescript':
      return typescript(baseUrl, request.headers, fields);
    default:
      return language satisfies never;
  }
}

type Headers = ChatRequest['headers'];
type Fields = readonly (readonly [name: string, value: unknown])[];

/** The body stands in a quoted here-document, where the shell changes nothing. */
function curl(baseUrl: string, headers: Headers, body: unknown): string {
  const own = Object.entries(headers).map(([name, value]) => `  -H ${shellQuoted(`${name}: ${value}`)} \\`);
  return [
    `curl --no-buffer ${baseUrl}/chat/completions \\`,
    '  -H "Authorization: Bearer $GATEHOUSE_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    ...own,
    "  --data-binary @- <<'JSON'",
    JSON.stringify(body, null, 2),
    'JSON',
  ].join('\n');
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** What the SDKs know by name; the rest goes in as extra fields. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'temperature',
  'top_p',
  'max_tokens',
  'seed',
  'stop',
  'reasoning_effort',
  'tools',
  'tool_choice',
  'response_format',
]);

function python(baseUrl: string, headers: Headers, fields: Fields): string {
  const named = fields.filter(([name]) => KNOWN.has(name));
  const extra = fields.filter(([name]) => !KNOWN.has(name));
  const keywords = [
    ...named,
    ...(extra.length === 0 ? [] : [['extra_body', Object.fromEntries(extra)] as const]),
    ...(Object.keys(headers).length === 0 ? [] : [['extra_headers', headers] as const]),
  ];
  return [
    'import os',
    '',
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${pythonLiteral(baseUrl, '')}, api_key=os.environ["GATEHOUSE_KEY"])`,
    '',
    'stream = client.chat.completions.create(',
    ...keywords.map(([name, value]) => `    ${name}=${pythonLiteral(value, '    ')},`),
    ')',
    'for chunk in stream:',
    '    if chunk.choices and chunk.choices[0].delta.content:',
    '        print(chunk.choices[0].delta.content, end="", flush=True)',
  ].join('\n');
}

function typescript(baseUrl: string, headers: Headers, fields: Fields): string {
  const own = Object.keys(headers).length === 0 ? [] : [`  { headers: ${typescriptLiteral(headers, '  ')} },`];
  const known = fields.every(([name]) => KNOWN.has(name));
  return [
    "import OpenAI from 'openai';",
    '',
    'const client = new OpenAI({',
    `  baseURL: ${typescriptLiteral(baseUrl, '  ')},`,
    '  apiKey: process.env.GATEHOUSE_KEY,',
    '});',
    '',
    'const stream = await client.chat.completions.create(',
    '  {',
    ...fields.map(([name, value]) => `    ${name}: ${typescriptLiteral(value, '    ')},`),
    known ? '  },' : '  } as OpenAI.Chat.ChatCompletionCreateParamsStreaming,',
    ...own,
    ');',
    'for await (const chunk of stream) {',
    "  process.stdout.write(chunk.choices[0]?.delta?.content ?? '');",
    '}',
  ].join('\n');
}
