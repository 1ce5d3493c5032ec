/** A streamed chat completion as answer events. Loose in what it reads; what it cannot read makes the stream incomplete. */

import type { AnswerEvent } from '../../../core/answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import { asCount, asText, parseJson } from '../../../core/json-value.ts';
import type { Usage } from '../../../core/usage.ts';
import type { ProviderError } from '../../codec.ts';
import { providerCostNano } from '../../extra-counts.ts';
import { type Frame, FrameSplitter } from '../../sse/frame-splitter.ts';
import { parseFrame } from '../../sse/parse-frame.ts';
import type { AnswerStreamDecoder } from '../../translation.ts';
import { ExecutedTools } from '../executed-tools.ts';
import { toProviderError } from '../provider-error.ts';
import { FRAME_BYTES_MAX } from '../stream-observer.ts';
import { toUsage } from '../usage.ts';
import { ChoiceDecoder } from './choice-decoder.ts';
import { toUrlCitations } from './citations.ts';
import { asJsonObject, asList, optional } from './json.ts';

type Problem = 'cut' | 'no_finish_reason' | 'malformed_frame' | 'frame_too_large';

export function decodeStream(frameBytesMax = FRAME_BYTES_MAX): AnswerStreamDecoder {
  return new StreamDecoder(frameBytesMax);
}

class StreamDecoder implements AnswerStreamDecoder {
  readonly #frameBytesMax: number;
  readonly #splitter = new FrameSplitter();
  readonly #choices = new Map<number, ChoiceDecoder>();
  #out: AnswerEvent[] = [];
  #id: string | undefined;
  readonly #cited = new Set<string>();
  #started = false;
  #usage: Usage | undefined;
  #providerCostNano: number | undefined;
  readonly #ranTools = new ExecutedTools();
  #terminated = false;
  #failed = false;
  #problem: Problem | undefined;
  #ended = false;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  push(chunk: Buffer): readonly AnswerEvent[] {
    if (this.#problem !== undefined) return [];
    for (const frame of this.#splitter.push(chunk)) {
      this.#take(frame);
      if (this.#problem !== undefined) break;
    }
    if (this.#problem === undefined && this.#splitter.pendingBytes > this.#frameBytesMax) {
      this.#problem = 'frame_too_large';
    }
    return this.#drain();
  }

  end(): ReturnType<AnswerStreamDecoder['end']> {
    const rest = this.#ended || this.#problem !== undefined ? undefined : this.#splitter.flush();
    if (rest !== undefined) this.#takeRest(rest);
    const problem = this.#failed ? undefined : (this.#problem ?? this.#missingEnd());
    const complete = problem === undefined && !this.#failed;
    if (complete && !this.#ended) this.#close();
    this.#ended = true;
    return {
      events: this.#drain(),
      complete,
      ...optional('problem', problem),
      ...optional('usage', this.#ranTools.addTo(this.#usage)),
      ...optional('providerCostNano', this.#providerCostNano),
    };
  }

  #drain(): readonly AnswerEvent[] {
    // Choices write to the list that is theirs for good, so it is emptied and not replaced.
    return this.#out.length === 0 ? [] : this.#out.splice(0);
  }

  #take(frame: Frame): void {
    const event = parseFrame(frame);
    if (event === undefined) {
      if (looksBare(frame)) this.#takeBare(frame);
      return;
    }
    if (event.data.trim() === '[DONE]') {
      this.#terminated = true;
      return;
    }
    const isErrorEvent = event.event === 'error';
    const value = parseJson(event.data) ?? (isErrorEvent ? event.data : undefined);
    const error = toProviderError(value, isErrorEvent);
    const chunk = asJsonObject(value);
    if (chunk === undefined && error === undefined) {
      // Behind the end nobody listens any more.
      if (!this.#terminated && !this.#failed) this.#problem = 'malformed_frame';
      return;
    }
    if (chunk !== undefined) this.#takeChunk(chunk);
    if (error !== undefined) this.#fail(error);
  }

  /** The end of the stream stands for the blank line that a server left out, but not for the rest of an event. */
  #takeRest(rest: Frame): void {
    if (rest.text.startsWith(':') || rest.text.trim() === '') return;
    const over = this.#terminated || this.#failed;
    if (parseFrame(rest) !== undefined || looksBare(rest)) this.#take(rest);
    else if (!over) this.#problem = 'cut';
    if (this.#problem === 'malformed_frame') this.#problem = 'cut';
  }

  /** JSON without SSE framing: some servers send their errors so. */
  #takeBare(frame: Frame): void {
    const error = toProviderError(parseJson(frame.bytes.toString('utf8', frame.start, frame.end)));
    if (error !== undefined) this.#fail(error);
    else if (!this.#terminated && !this.#failed) this.#problem = 'malformed_frame';
  }

  #takeChunk(chunk: JsonObject): void {
    const usage = toUsage(chunk.usage) ?? toUsage(asJsonObject(chunk.x_groq)?.usage);
    const over = this.#terminated || this.#failed;
    if (!over) this.#takeChoices(chunk);
    if (usage === undefined) return;
    // Totals grow along the stream; the last ones stand, also those behind the end.
    this.#usage = { ...this.#usage, ...usage };
    this.#providerCostNano = providerCostNano(chunk.usage) ?? this.#providerCostNano;
    if (!over) {
      const counted = this.#ranTools.addTo(usage) ?? usage;
      this.#out.push({ type: 'usage', usage: counted, ...optional('providerCostNano', this.#providerCostNano) });
    }
  }

  #takeChoices(chunk: JsonObject): void {
    const choices = asList(chunk.choices);
    this.#id ??= asText(chunk.id);
    // Azure begins with a chunk that has neither id nor choices.
    if (!this.#started && (this.#id !== undefined || choices.length > 0)) {
      this.#started = true;
      const model = optional('model', asText(chunk.model));
      this.#out.push({
        type: 'start',
        ...optional('id', this.#id),
        ...model,
        ...optional('created', asCount(chunk.created)),
      });
    }
    choices.forEach((entry, place) => {
      const choice = asJsonObject(entry);
      if (choice === undefined) return;
      const index = asCount(choice.index) ?? place;
      this.#ranTools.note(asJsonObject(choice.delta), index);
      this.#choice(index).take(choice);
    });
    for (const citation of toUrlCitations(chunk.citations)) {
      // Perplexity repeats its list in every chunk.
      if (citation.url === undefined || this.#cited.has(citation.url)) continue;
      this.#cited.add(citation.url);
      this.#choice(0).cite([citation]);
    }
  }

  #choice(index: number): ChoiceDecoder {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const choice = new ChoiceDecoder(index, this.#out, () => this.#id ?? 'answer');
    this.#choices.set(index, choice);
    return choice;
  }

  #fail(error: ProviderError): void {
    if (this.#failed || this.#terminated) return;
    this.#failed = true;
    this.#out.push({ type: 'error', error });
  }

  #close(): void {
    for (const [, choice] of [...this.#choices].sort(([a], [b]) => a - b)) choice.close();
  }

  #missingEnd(): Problem | undefined {
    const choices = [...this.#choices.values()];
    if (choices.length > 0 && choices.every((choice) => choice.finished)) {
      return choices.every((choice) => choice.whole) ? undefined : 'malformed_frame';
    }
    return this.#terminated ? 'no_finish_reason' : 'cut';
  }
}

function looksBare(frame: Frame): boolean {
  return /^(?:\xef\xbb\xbf)?\s*[[{]/.test(frame.text);
}
