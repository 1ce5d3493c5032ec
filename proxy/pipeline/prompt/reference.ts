/** `prompt: { id: "gatehouse/<id>", version, variables }` of a request, read. */
import { PROMPT_ID_PREFIX } from '../../contract/prompts.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { numberText, parseLossless } from '../../protocols/json/lossless.ts';
import { invalid } from '../../protocols/json/request-body.ts';

export interface PromptReference {
  /** Without the prefix. */
  readonly id: string;
  /** A number, or a label; undefined: the newest. */
  readonly version: number | string | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

const KNOWN: ReadonlySet<string> = new Set(['id', 'version', 'variables']);

/**
 * Undefined when it is not one of ours: Responses have prompts of their own, and older completions a text of that name.
 * Throws GatehouseError invalid_request for one of ours that cannot be read.
 */
export function readReference(json: string): PromptReference | undefined {
  const value = asObject(parseLossless(json)) as JsonObject | undefined;
  const id = value?.id;
  if (value === undefined || typeof id !== 'string' || !id.startsWith(PROMPT_ID_PREFIX)) return undefined;
  const unknown = Object.keys(value).some((key) => !KNOWN.has(key));
  if (unknown) throw invalid('prompt', 'a saved prompt is named by "id", "version" and "variables", and nothing else');
  return {
    id: id.slice(PROMPT_ID_PREFIX.length),
    version: readVersion(value.version),
    variables: readVariables(value),
  };
}

/** The SDKs of OpenAI type a version as a string. */
function readVersion(version: Json | undefined): number | string | undefined {
  if (version === undefined || version === null) return undefined;
  if (typeof version === 'number' && Number.isSafeInteger(version)) return version;
  if (typeof version === 'string' && version !== '') return /^\d{1,15}$/.test(version) ? Number(version) : version;
  throw invalid('prompt.version', '"prompt.version" must be the number or the label of a version');
}

function readVariables({ variables = null }: JsonObject): ReadonlyMap<string, string> {
  if (variables === null) return new Map();
  const values = asObject(variables) as JsonObject | undefined;
  if (values === undefined) throw invalid('prompt.variables', '"prompt.variables" must be an object of texts');
  return new Map(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: Json): string {
  const text = typeof value === 'string' || typeof value === 'boolean' ? String(value) : numberText(value);
  if (text === undefined)
    throw invalid('prompt.variables', 'the values of "prompt.variables" must be texts or numbers');
  return text;
}
