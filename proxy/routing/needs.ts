/** What a model has to be able to do to answer a call. */
import type { Call } from '../core/call.ts';
import type { Part } from '../core/part.ts';
import type { CallNeeds } from './types.ts';

/**
 * Pure. Tools count where they are offered and where the history holds their calls or results: providers check both.
 * `structuredOutput` means a schema to keep to; plain JSON is asked for in words where a model has no mode for it.
 */
export function needsOf(call: Call): CallNeeds {
  const seen = { tools: call.tools.length > 0, images: false, audio: false, documents: false };
  for (const message of call.messages) lookAt(message.parts, seen);
  return { ...seen, structuredOutput: call.output?.kind === 'schema' };
}

type Seen = { tools: boolean; images: boolean; audio: boolean; documents: boolean };

function lookAt(parts: readonly Part[], seen: Seen): void {
  for (const part of parts) {
    switch (part.kind) {
      case 'image':
        seen.images = true;
        break;
      case 'audio':
        // Of an earlier answer's own audio the words are sent where the sound cannot be.
        if (part.transcript === undefined) seen.audio = true;
        break;
      case 'file':
        // A document of plain text needs nothing but reading.
        if (part.source !== undefined) seen.documents = true;
        break;
      case 'tool-call':
        seen.tools = true;
        break;
      case 'tool-result':
        seen.tools = true;
        lookAt(part.parts, seen);
        break;
      case 'text':
      case 'reasoning':
      case 'refusal':
      case 'foreign':
        break;
      default:
        part satisfies never;
    }
  }
}
