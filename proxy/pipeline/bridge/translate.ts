/** Different protocols: the call is decoded from one and encoded for the other, and the answer comes back the same way. */
import type { Answer } from '../../core/answer.ts';
import type { Call } from '../../core/call.ts';
import { GatehouseError } from '../../core/errors.ts';
import { Warnings } from '../../core/warnings.ts';
import type { ObservedResult, RequestFacts } from '../../protocols/codec.ts';
import { flattenTools } from '../../protocols/openai-responses/flatten-tools.ts';
import type { ClientSide, EncodeFacts, EncodeTarget, ProviderSide } from '../../protocols/translation.ts';
import { errorStatus } from '../respond.ts';
import { answerBytes } from './answer-size.ts';
import { translatingObserver } from './translating-observer.ts';
import type { Bridge, BridgedResult } from './types.ts';

export interface TranslationParts {
  readonly client: ClientSide;
  readonly provider: ProviderSide;
  readonly call: Call;
  /** Of the client's body. */
  readonly facts: RequestFacts;
  readonly bodyBytes: number;
  readonly target: EncodeTarget;
  readonly path: string;
  /** Of the client's stream; text/event-stream unless said otherwise. */
  readonly streamType?: string;
  readonly requestId: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly newId: (prefix: string) => string;
}

export function translatingBridge(parts: TranslationParts): Bridge {
  const { client, provider, call, facts, target, requestId } = parts;
  const warnings = new Warnings();
  const encoded = provider.encodeRequest(outward(call, parts), target, warnings);
  const encodeFacts: EncodeFacts = {
    model: facts.model,
    call,
    createdAt: parts.createdAt,
    newId: parts.newId,
    wantsUsage: facts.wantsUsage,
  };

  function readResult(
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Buffer,
  ): BridgedResult {
    const error = provider.decodeError(status, body, headers);
    if (error !== undefined) {
      const body = client.encodeProviderError(error, requestId);
      // An error inside a 200 gets its status later; here the number alone may mislead (a wrong key as a 400).
      const meant = status >= 400 && error.status !== undefined ? { status: errorStatus(error) } : {};
      return { observed: { error, outputTokensEstimate: 0 }, body, ...meant };
    }
    let answer: Answer;
    try {
      answer = provider.decodeAnswer(body);
    } catch (failure) {
      if (failure instanceof GatehouseError && failure.code === 'upstream_malformed')
        return { observed: { malformed: true, outputTokensEstimate: 0 }, body };
      throw failure;
    }
    const observed = observedAnswer(answer);
    // No client protocol has honest words for it, and null or `stop` would pass half an answer off as a whole one.
    if (!isFinished(answer)) return { observed: { ...observed, unfinished: true }, body };
    return { observed, body: client.encodeAnswer(answer, encodeFacts) };
  }

  return {
    // Translation may make a body longer (rewritten schemas). The growth is text, bounded by its bytes like any text.
    facts: { ...facts, inputTokensMax: facts.inputTokensMax + Math.max(0, encoded.body.length - parts.bodyBytes) },
    request: { path: parts.path, body: encoded.body, headers: encoded.headers ?? {} },
    protocol: provider.protocol,
    sameProtocol: false,
    warnings: warnings.list(),
    contentType: {
      whole: 'application/json; charset=utf-8',
      stream: `${parts.streamType ?? 'text/event-stream'}; charset=utf-8`,
    },
    isStream: (status, headers) =>
      facts.stream && status === 200 && !String(headers['content-type'] ?? '').includes('application/json'),
    observeStream: () =>
      translatingObserver({
        decoder: provider.decodeStream(),
        encoder: client.encodeStream(encodeFacts),
        encodeError: (error) => client.encodeStreamError(error, requestId),
      }),
    readResult,
    errorBody: (error) => client.encodeProviderError(error, requestId),
  };
}

/**
 * Free-text tools and namespaces are the Responses API's own: elsewhere they are plain functions, under names that the
 * client's side turns back. It keeps the call as the client made it for that.
 */
function outward(call: Call, { provider, target }: TranslationParts): Call {
  return provider.protocol === 'openai-responses' || target.quirks.customTools === true ? call : flattenTools(call);
}

function isFinished({ choices }: Answer): boolean {
  return choices.length > 0 && choices.every(({ finishReason }) => finishReason !== undefined);
}

function observedAnswer(answer: Answer): ObservedResult {
  const [first] = answer.choices;
  return {
    ...(answer.model === undefined ? {} : { model: answer.model }),
    ...(answer.usage === undefined ? {} : { usage: answer.usage }),
    ...(answer.providerCostNano === undefined ? {} : { providerCostNano: answer.providerCostNano }),
    ...(first?.finishReason === undefined ? {} : { finishReason: first.finishReason }),
    outputTokensEstimate: Math.ceil(answerBytes(answer) / 4),
  };
}
