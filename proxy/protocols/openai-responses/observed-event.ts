/** What one event of a passed stream means for the observer. */
import { asObject, asText } from '../../core/json-value.ts';
import type { WireEvent } from './read-event.ts';
import { bytesOf } from './written-bytes.ts';

/** Deltas that repeat or describe nothing the model wrote are not counted; hosted tools' code and searches are. */
export function writtenIn({ type, fields }: WireEvent): { model?: string; textBytes: number } {
  const model = type === 'response.created' ? asText(asObject(fields.response)?.model) : undefined;
  const textBytes = type.endsWith('.delta') ? bytesOf(fields.delta) : 0;
  return { ...(model === undefined ? {} : { model }), textBytes };
}

/** Items that say something by being there: a call has a name already, a search is under way. */
const SILENT_ITEMS: ReadonlySet<unknown> = new Set(['message', 'reasoning', undefined]);

/** The answer has begun: from here on nobody else may answer. */
export function isContent({ type, fields }: WireEvent): boolean {
  if (type.endsWith('.delta')) return fields.delta !== '' && fields.delta !== undefined && fields.delta !== null;
  const item = asObject(fields.item);
  if (type === 'response.output_item.added') return !SILENT_ITEMS.has(item?.type);
  if (type === 'response.output_item.done')
    return item?.type !== 'reasoning' || asText(item.encrypted_content) !== undefined;
  return type.startsWith('response.image_generation_call.partial');
}
