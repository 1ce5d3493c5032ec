/** An event of a stream with its name: the SDK of this protocol reads nothing from events without one. */
import type { JsonObject } from '../../core/json.ts';

export function sseFrame(event: string, data: JsonObject): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
