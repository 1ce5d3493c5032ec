/** What the simulator says, as the pieces a stream would carry: one piece is one output token. Pure. */
import type { Content, Drill } from './drills.ts';
import type { SimRequest, SimTool } from './request.ts';
import { sampleFromSchema } from './sample-from-schema.ts';
import { countTokens, splitTokens } from './tokens.ts';

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  | { readonly kind: 'call'; readonly call: number; readonly name: string }
  | { readonly kind: 'arguments'; readonly call: number; readonly text: string };

export interface Answer {
  /** The same for every choice. */
  readonly pieces: readonly Piece[];
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  readonly usage: SimUsage;
}

/** Totals of all choices, counted as OpenAI does: cached tokens are part of the prompt, reasoning of the completion. */
export interface SimUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

const LOREM =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. ';
const NO_TOOLS: readonly SimTool[] = [
  { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string', enum: ['Paris'] } } } },
];

export function answerOf(request: SimRequest, drill: Drill): Answer {
  const whole = piecesOf(request, drill.content);
  const stopped = untilStop(whole, request.stop);
  const limit = Math.min(request.maxTokens ?? drill.maxOutputTokens, drill.maxOutputTokens);
  const pieces = stopped.slice(0, limit);
  const cutShort = pieces.length < stopped.length;
  const calls = pieces.some((piece) => piece.kind === 'call');
  const reasoning = pieces.filter((piece) => piece.kind === 'reasoning').length;
  return {
    pieces,
    finishReason: cutShort ? 'length' : calls ? 'tool_calls' : 'stop',
    usage: {
      promptTokens: request.inputTokens,
      cachedTokens: drill.cached ? Math.floor(request.inputTokens / 2) : 0,
      completionTokens: pieces.length * request.choices,
      reasoningTokens: reasoning * request.choices,
    },
  };
}

function piecesOf(request: SimRequest, content: Content): Piece[] {
  switch (content.kind) {
    case 'echo':
      return text(request.lastUserText);
    case 'lorem':
      return text(LOREM.repeat(Math.ceil((content.tokens * 4) / LOREM.length)).slice(0, content.tokens * 4));
    case 'tools':
      // After the tool has run it answers, so that an agent's loop comes to its end.
      return request.toolResult === undefined
        ? toolCalls(request.tools, content.calls)
        : text(`The tool returned: ${request.toolResult}`);
    case 'json':
      return text(JSON.stringify(jsonAnswer(request)));
    case 'reasoning':
      return [
        ...splitTokens('The person wrote something. I will say it back.').map(
          (part) => ({ kind: 'reasoning', text: part }) as const,
        ),
        ...text(request.lastUserText),
      ];
    default:
      return content satisfies never;
  }
}

function text(whole: string): Piece[] {
  return splitTokens(whole).map((part) => ({ kind: 'text', text: part }));
}

function toolCalls(declared: readonly SimTool[], calls: number): Piece[] {
  const tools = declared.length === 0 ? NO_TOOLS : declared;
  return Array.from({ length: calls }, (_, call) => call).flatMap((call) => {
    const tool = tools[call % tools.length];
    if (tool === undefined) return [];
    const parts = splitTokens(JSON.stringify(sampleFromSchema(tool.parameters ?? { type: 'object' })));
    return [
      { kind: 'call', call, name: tool.name } as const,
      ...parts.map((part) => ({ kind: 'arguments', call, text: part }) as const),
    ];
  });
}

function jsonAnswer(request: SimRequest): unknown {
  if (request.schema !== undefined) return sampleFromSchema(request.schema);
  return {
    answer: 'simulated',
    inputTokens: request.inputTokens,
    lastMessageTokens: countTokens(request.lastUserText),
  };
}

/** The text up to the first stop sequence, which is left out, as providers do. */
function untilStop(pieces: Piece[], stop: readonly string[]): Piece[] {
  if (stop.length === 0 || pieces.some((piece) => piece.kind === 'call')) return pieces;
  const spoken = pieces.filter((piece) => piece.kind === 'text');
  const whole = spoken.map((piece) => piece.text).join('');
  const ends = stop.map((word) => whole.indexOf(word)).filter((at) => at >= 0);
  if (ends.length === 0) return pieces;
  return [...pieces.filter((piece) => piece.kind !== 'text'), ...text(whole.slice(0, Math.min(...ends)))];
}
