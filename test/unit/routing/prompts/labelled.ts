/** What a labelled prompt is, and how the lists are written. Labels say what a person would want, not what a program can see. */
import type { Tier } from '../../../../proxy/contract/config.ts';
import type { Call, Message } from '../../../../proxy/core/call.ts';

export interface Around {
  readonly system?: string;
  /** How many tools are offered. */
  readonly tools?: number;
  /** Turns before, as user and assistant texts in order. */
  readonly before?: readonly string[];
  /** Tool results already in the conversation. */
  readonly toolSteps?: number;
  readonly output?: 'json' | 'schema';
  readonly images?: number;
  readonly effort?: 'low' | 'high';
  readonly maxOutputTokens?: number;
  /** Text that stands below the prompt, repeated up to so many characters. */
  readonly below?: readonly [text: string, length: number];
}

export type Row = readonly [want: Tier, text: string, around?: Around];

export interface LabelledPrompt {
  readonly area: string;
  readonly want: Tier;
  readonly text: string;
  readonly call: Call;
}

export function labelled(area: string, rows: readonly Row[]): LabelledPrompt[] {
  return rows.map(([want, text, around = {}]) => ({ area, want, text, call: callOf(text, around) }));
}

function text(role: Message['role'], words: string): Message {
  return { role, parts: [{ kind: 'text', text: words }] };
}

function callOf(words: string, around: Around): Call {
  const below = around.below === undefined ? '' : `\n\n${repeated(...around.below)}`;
  const images = Array.from({ length: around.images ?? 0 }, () => ({
    kind: 'image' as const,
    source: { kind: 'url' as const, url: 'https://example.com/a.png' },
  }));
  return {
    model: 'auto',
    stream: true,
    messages: [
      ...(around.system === undefined ? [] : [text('system', around.system)]),
      ...(around.before ?? []).map((turn, index) => text(index % 2 === 0 ? 'user' : 'assistant', turn)),
      { role: 'user', parts: [{ kind: 'text', text: words + below }, ...images] },
      ...toolSteps(around.toolSteps ?? 0),
    ],
    tools: Array.from({ length: around.tools ?? 0 }, (_, index) => ({
      kind: 'function' as const,
      name: `tool_${index}`,
      description: 'Does one thing.',
      schema: { type: 'object', properties: { path: { type: 'string' } } },
    })),
    ...(around.output === 'json' ? { output: { kind: 'json' as const } } : {}),
    ...(around.output === 'schema' ? { output: { kind: 'schema' as const, schema: { type: 'object' } } } : {}),
    ...(around.effort === undefined ? {} : { reasoning: { effort: around.effort } }),
    ...(around.maxOutputTokens === undefined ? {} : { maxOutputTokens: around.maxOutputTokens }),
  };
}

function toolSteps(count: number): Message[] {
  return Array.from({ length: count }, (_, index): Message[] => [
    {
      role: 'assistant',
      parts: [{ kind: 'tool-call', id: `call_${index}`, name: 'tool_0', arguments: '{"path":"src/a.ts"}' }],
    },
    {
      role: 'tool',
      parts: [
        { kind: 'tool-result', callId: `call_${index}`, parts: [{ kind: 'text', text: 'export const a = 1;\n' }] },
      ],
    },
  ]).flat();
}

function repeated(words: string, length: number): string {
  return words.repeat(Math.ceil(length / words.length)).slice(0, length);
}

export const PROSE =
  'The committee met on Tuesday and heard the report of the treasurer. Income rose a little, costs rose more, and the roof has to be mended before winter. Mrs Hale asked whether the hall could be let out on Sundays. It was agreed to look into it.\n';
export const LOG = '2026-03-04T10:12:33Z INFO http request path=/api/items status=200 ms=12 client=10.0.0.7\n';
export const TYPESCRIPT =
  'export async function loadItems(store: Store, ids: readonly string[]): Promise<Item[]> {\n  const found = await Promise.all(ids.map((id) => store.get(id)));\n  return found.filter((item): item is Item => item !== undefined);\n}\n\n';
export const PYTHON =
  'class Basket:\n    def __init__(self):\n        self.items = {}\n\n    def add(self, name, count=1):\n        self.items[name] = self.items.get(name, 0) + count\n        return self.items[name]\n\n';
export const CONTRACT =
  '7.2 The Supplier shall indemnify the Customer against all losses arising out of any breach of clause 5, save to the extent that such losses are caused by the negligence of the Customer. 7.3 The aggregate liability of either party shall not exceed the fees paid in the preceding twelve months.\n';
