/**
 * Answer events as a streamed chat completion. Strict, because clients are: the role first, an index on every call, id and
 * name of a call once, the finish reason in a chunk of its own, usage only where it was asked for, never a comment line.
 */
import type { AnswerEvent } from '../../../core/answer.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Usage } from '../../../core/usage.ts';
import type { AnswerStreamEncoder, EncodeFacts } from '../../translation.ts';
import { fromUsage } from '../usage.ts';
import { ChoiceEncoder } from './choice-encoder.ts';
import { customToolNames } from './custom-tools.ts';

const NOTHING = Buffer.alloc(0);

export function encodeStream(facts: EncodeFacts): AnswerStreamEncoder {
  return new StreamEncoder(facts);
}

class StreamEncoder implements AnswerStreamEncoder {
  readonly #facts: EncodeFacts;
  readonly #customName: (name: string) => string | undefined;
  readonly #choices = new Map<number, ChoiceEncoder>();
  #head: string | undefined;
  #id: string | undefined;
  #created: number | undefined;
  #usage: Usage | undefined;
  #text = '';

  constructor(facts: EncodeFacts) {
    this.#facts = facts;
    this.#customName = customToolNames(facts.call);
  }

  push(event: AnswerEvent): Buffer {
    this.#take(event);
    return this.#drain();
  }

  end(): Buffer {
    const usage = this.#usage === undefined ? undefined : fromUsage(this.#usage);
    if (this.#facts.wantsUsage && usage !== undefined) {
      this.#text += `${this.#chunkHead()}],"usage":${JSON.stringify(usage)}}\n\n`;
    }
    this.#text += 'data: [DONE]\n\n';
    return this.#drain();
  }

  #take(event: AnswerEvent): void {
    switch (event.type) {
      case 'start':
        this.#id ??= event.id;
        this.#created ??= event.created;
        return;
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage };
        return;
      case 'block-start':
        this.#choice(event.choice).start(event);
        return;
      case 'text':
        this.#choice(event.choice).text(event);
        return;
      case 'arguments':
        this.#choice(event.choice).arguments(event);
        return;
      case 'signature':
        this.#choice(event.choice).signature(event);
        return;
      case 'citation':
        this.#choice(event.choice).citation(event);
        return;
      case 'logprobs':
        this.#choice(event.choice).logprobs(event);
        return;
      case 'block-end':
        this.#choice(event.choice).stop(event);
        return;
      case 'finish':
        this.#choice(event.choice).finish(event);
        return;
      case 'error':
        // Told by the caller, in the envelope for errors.
        return;
      default:
        event satisfies never;
    }
  }

  #choice(index: number): ChoiceEncoder {
    const known = this.#choices.get(index);
    if (known !== undefined) return known;
    const write = (delta: JsonObject, extra?: JsonObject) => this.#chunk(index, delta, extra);
    const choice = new ChoiceEncoder(this.#facts, write, this.#customName);
    this.#choices.set(index, choice);
    return choice;
  }

  #chunk(index: number, delta: JsonObject, extra: JsonObject | undefined): void {
    const more = extra === undefined ? '' : `,${JSON.stringify(extra).slice(1, -1)}`;
    const finish = extra?.finish_reason === undefined ? ',"finish_reason":null' : '';
    this.#text += `${this.#chunkHead()}{"index":${index},"delta":${JSON.stringify(delta)}${more}${finish}}]}\n\n`;
  }

  /** Up to the opening bracket of the choices; the same in every chunk. */
  #chunkHead(): string {
    this.#head ??= `data: ${JSON.stringify({
      id: this.#id ?? this.#facts.newId('chatcmpl-'),
      object: 'chat.completion.chunk',
      created: this.#created ?? this.#facts.createdAt,
      model: this.#facts.model,
    }).slice(0, -1)},"choices":[`;
    return this.#head;
  }

  #drain(): Buffer {
    if (this.#text === '') return NOTHING;
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    return bytes;
  }
}
