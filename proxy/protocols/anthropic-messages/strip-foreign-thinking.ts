/**
 * A conversation that another protocol's model answered before, now passed on to Anthropic as it is: its thinking carries
 * signatures that we packed (signature.ts), which Anthropic would refuse. Those blocks are taken out; the rest of the body
 * keeps its bytes. Bodies without any, nearly all, are only searched for the mark.
 */
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { parseLossless, printLossless } from '../json/lossless.ts';
import type { JsonRange } from '../json/scan.ts';
import { blocksOf } from './decode-block.ts';
import { isPacked, PACKED_IN_JSON } from './signature.ts';

/** The list of messages to put in the place of the old one; undefined when there is nothing to take out. */
export function withoutForeignThinking(body: Buffer, messages: JsonRange): string | undefined {
  const place = body.indexOf(PACKED_IN_JSON, messages.start);
  if (place < 0 || place >= messages.end) return undefined;
  const list = parseLossless(body.toString('utf8', messages.start, messages.end));
  const kept = blocksOf(list)?.flatMap(withoutForeign);
  return kept === undefined ? undefined : printLossless(kept);
}

/** A turn that was nothing but such thinking goes with it: an empty one is refused. */
function withoutForeign(message: JsonObject): readonly JsonObject[] {
  const content = blocksOf(message.content);
  if (content === undefined) return [message];
  const kept = content.filter((block) => !isForeignThinking(block));
  if (kept.length === content.length) return [message];
  return kept.length === 0 ? [] : [{ ...message, content: kept }];
}

function isForeignThinking(block: Json): boolean {
  const { type, signature, data } = asObject(block) ?? {};
  return (type === 'thinking' && isPacked(signature)) || (type === 'redacted_thinking' && isPacked(data));
}
