/** A request in the words of the window. Pure. */
import type { Tone } from '../components/Status.tsx';
import type { ChargedUsageView, LiveRequestView, RequestView } from '../contract-views.ts';
import { formatCount } from '../format/tokens.ts';

type RequestState = RequestView['state'];

const STATES: Record<RequestState, { readonly tone: Tone; readonly words: string }> = {
  running: { tone: 'busy', words: 'Waiting' },
  streaming: { tone: 'busy', words: 'Streaming' },
  settled: { tone: 'ok', words: 'Settled' },
  failed: { tone: 'bad', words: 'Failed' },
  refused: { tone: 'bad', words: 'Refused' },
  aborted: { tone: 'warn', words: 'Stopped' },
};

export function stateWords(state: RequestState): { readonly tone: Tone; readonly words: string } {
  return STATES[state];
}

export function isOpen(request: RequestView): boolean {
  return request.state === 'running' || request.state === 'streaming';
}

export function isProblem(request: RequestView): boolean {
  return request.state === 'failed' || request.state === 'refused';
}

/** Who called: what the tool calls itself, else the program it is, else the access key it used. */
export function caller(request: RequestView): { readonly name: string; readonly detail: string | undefined } {
  const tool = request.client ?? request.process;
  if (tool !== undefined) return { name: tool, detail: request.accessKeyId };
  if (request.accessKeyId !== undefined) return { name: request.accessKeyId, detail: request.project };
  return { name: 'No access key', detail: undefined };
}

/** `provider/model` that answered; undefined until a target was chosen. */
export function servedName(request: RequestView): string | undefined {
  const { provider, modelServed } = request;
  if (provider === undefined || modelServed === undefined) return modelServed ?? provider;
  return modelServed.startsWith(`${provider}/`) ? modelServed : `${provider}/${modelServed}`;
}

/** The second line under the model asked for: where it went, or why it did not. */
export function routeWords(request: RequestView): string {
  const served = servedName(request);
  if (isProblem(request) && request.errorCode !== undefined) return request.errorCode;
  if (served === undefined) return isOpen(request) ? 'choosing a target' : 'no target';
  const tries = request.attempts > 1 ? `, ${request.attempts} attempts` : '';
  return served === request.modelAsked ? `as asked${tries}` : `→ ${served}${tries}`;
}

/**
 * Refused, or ended with its whole hold given back: nothing was charged. That differs from a cost nobody knows, which
 * says so in its certainty, and from a running request, which has no cost yet.
 */
export function wasNotCharged(request: RequestView): boolean {
  return !isOpen(request) && request.costNano === undefined && request.certainty === undefined;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  'openai-chat': 'OpenAI Chat Completions',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  gemini: 'Google Gemini',
  'bedrock-converse': 'Bedrock Converse',
};

/** What the client speaks, by the name its makers use; a name of a later gateway passes as it is. */
/** What the provider was spoken to in, where that was not what the tool speaks. */
export function providerProtocol({ protocol, providerProtocol }: LiveRequestView): string | undefined {
  if (providerProtocol === undefined || providerProtocol === protocol) return undefined;
  return PROTOCOLS[providerProtocol] ?? providerProtocol;
}

/** What may have cost beside the text: `2 web searches · 300 tokens of audio heard`. Undefined when there was none of it. */
export function extraWords(usage: ChargedUsageView | undefined): string | undefined {
  const counts: readonly [number | undefined, one: string, many: string][] = [
    [usage?.webSearches, 'web search', 'web searches'],
    [usage?.webFetches, 'page fetched', 'pages fetched'],
    [usage?.otherToolUses, 'use of another tool of the provider', 'uses of other tools of the provider'],
    [usage?.audioInputTokens, 'token of audio heard', 'tokens of audio heard'],
    [usage?.audioInputSeconds, 'second of audio heard', 'seconds of audio heard'],
    [usage?.audioOutputTokens, 'token of audio spoken', 'tokens of audio spoken'],
    [usage?.imageInputTokens, 'token of images seen', 'tokens of images seen'],
    [usage?.imageOutputTokens, 'token of images drawn', 'tokens of images drawn'],
  ];
  const words = counts.flatMap(([count, one, many]) =>
    count === undefined || count === 0 ? [] : [`${formatCount(count)} ${count === 1 ? one : many}`],
  );
  return words.length === 0 ? undefined : words.join(' · ');
}

export function protocolWords({ protocol, stream }: RequestView): string {
  return `${PROTOCOLS[protocol] ?? protocol}${stream ? ', streamed' : ''}`;
}
