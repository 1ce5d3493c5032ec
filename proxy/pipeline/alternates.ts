/**
 * `models: [...]` in a request: the client's own fallbacks. Only this gateway reads it (providers refuse what they do not
 * know), so it is taken out of the body; every other byte stays.
 */
import { GatehouseError } from '../core/errors.ts';
import { type JsonDocument, scanJson } from '../protocols/json/scan.ts';

export interface WithAlternates {
  /** The very same buffer when the client named no alternates. */
  readonly body: Buffer;
  readonly alternates: readonly string[];
}

const ALTERNATES_MAX = 8;

/** Throws GatehouseError invalid_request when `models` is no list of names. A body that is no JSON object is left to its codec. */
export function takeAlternates(body: Buffer): WithAlternates {
  const document = tryScan(body);
  const index = document?.members.findIndex(({ key }) => key === 'models') ?? -1;
  const member = document?.members[index];
  if (document === undefined || member === undefined) return { body, alternates: [] };
  if (document.members.some(({ key }, other) => key === 'models' && other !== index))
    throw refused('"models" stands twice in the request body; send it once');
  const alternates = readNames(body.toString('utf8', member.value.start, member.value.end));
  // From the end of what stands before to the end of the value: one comma goes with it, the one before or the one after.
  const before = document.members[index - 1]?.value.end;
  const after = document.members[index + 1] === undefined ? member.value.end : body.indexOf(',', member.value.end) + 1;
  const cut =
    before === undefined ? { start: document.start + 1, end: after } : { start: before, end: member.value.end };
  return { body: Buffer.concat([body.subarray(0, cut.start), body.subarray(cut.end)]), alternates };
}

function tryScan(body: Buffer): JsonDocument | undefined {
  try {
    return scanJson(body, 'the request body');
  } catch (error) {
    if (error instanceof GatehouseError) return undefined;
    throw error;
  }
}

function readNames(text: string): readonly string[] {
  const names: unknown = JSON.parse(text);
  if (names === null) return [];
  if (!Array.isArray(names)) throw refused('"models" must be a list of models, as in ["openai/gpt-4o"]');
  if (names.length > ALTERNATES_MAX) throw refused(`"models" may name ${ALTERNATES_MAX} models at most`);
  return names.map((name: unknown) => {
    if (typeof name === 'string' && name !== '') return name;
    throw refused('"models" must be a list of non-empty strings, as in ["openai/gpt-4o"]');
  });
}

function refused(message: string): GatehouseError {
  return new GatehouseError('invalid_request', message, { param: 'models' });
}
