/** A whole answer, read for usage, finish reason and error. It is passed on as received, so nothing here throws. */
import { GatehouseError } from '../../core/errors.ts';
import { asObject, asText, type JsonObject } from '../../core/json-value.ts';
import type { ObservedResult } from '../codec.ts';
import { providerCostNano } from '../extra-counts.ts';
import { type JsonVisitor, scanJson } from '../json/scan.ts';
import { contentOf } from './content.ts';
import { ExecutedTools } from './executed-tools.ts';
import { toFinishReason } from './finish-reason.ts';
import { toProviderError } from './provider-error.ts';
import { toUsage } from './usage.ts';

/** From here on only the members that matter are turned into objects. */
const SCAN_FROM_BYTES = 8_192;
const BYTES_PER_TOKEN_LIKELY = 4;

export function inspectResult(body: Buffer): ObservedResult {
  return body.length < SCAN_FROM_BYTES ? inspectWhole(body) : inspectMembers(body);
}

function inspectWhole(body: Buffer): ObservedResult {
  let value: unknown;
  try {
    // OpenRouter's keep-alive spaces before the body are JSON white space.
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return MALFORMED;
    throw error;
  }
  const result = asObject(value);
  const choices = Array.isArray(result?.choices) ? result.choices : [];
  const finish = choices.map((choice) => asText(asObject(choice)?.finish_reason)).find((raw) => raw !== undefined);
  const answerBytes = choices.reduce((sum: number, choice) => sum + choiceBytes(asObject(choice)), 0);
  return observed(value, result, finish, answerBytes, toolsRun(choices));
}

function inspectMembers(body: Buffer): ObservedResult {
  const finder = new FinishFinder(body);
  let members: ReadonlyMap<string, { start: number; end: number }>;
  try {
    members = new Map(scanJson(body, 'the answer', { visitor: finder }).members.map(({ key, value }) => [key, value]));
  } catch (error) {
    if (error instanceof GatehouseError) return MALFORMED;
    throw error;
  }
  const result: Record<string, unknown> = {};
  for (const key of ['model', 'usage', 'error', 'object', 'message', 'detail', 'code', 'type', 'status']) {
    const range = members.get(key);
    if (range !== undefined) result[key] = JSON.parse(body.toString('utf8', range.start, range.end));
  }
  const choices = members.get('choices');
  if (choices === undefined) return observed(result, result, finder.finishReason, 0, new ExecutedTools());
  const bytes = body.subarray(choices.start, choices.end);
  result.choices = [];
  // Only answers that tell of tools are worth reading whole.
  const tools = toolsRun(bytes.includes('"executed_tools"') ? JSON.parse(bytes.toString('utf8')) : []);
  return observed(result, result, finder.finishReason, bytes.length, tools);
}

function toolsRun(choices: unknown): ExecutedTools {
  const tools = new ExecutedTools();
  if (Array.isArray(choices))
    choices.forEach((choice, place) => {
      tools.note(asObject(asObject(choice)?.message), place);
    });
  return tools;
}

/** `text` is what the old completions have in place of a message. */
function choiceBytes(choice: JsonObject | undefined): number {
  const message = asObject(choice?.message);
  return message === undefined ? Buffer.byteLength(asText(choice?.text) ?? '') : contentOf(message).textBytes;
}

const MALFORMED: ObservedResult = { malformed: true, outputTokensEstimate: 0 };

function observed(
  value: unknown,
  result: JsonObject | undefined,
  finish: string | undefined,
  answerBytes: number,
  tools: ExecutedTools,
): ObservedResult {
  const model = asText(result?.model);
  const usage = tools.addTo(toUsage(result?.usage));
  const cost = providerCostNano(result?.usage);
  const error = toProviderError(value);
  return {
    ...(model === undefined ? {} : { model }),
    ...(usage === undefined ? {} : { usage }),
    ...(cost === undefined ? {} : { providerCostNano: cost }),
    ...(finish === undefined ? {} : { finishReason: toFinishReason(finish) }),
    ...(error === undefined ? {} : { error }),
    outputTokensEstimate: Math.ceil(answerBytes / BYTES_PER_TOKEN_LIKELY),
  };
}

/** `choices[].finish_reason` at its place, and not one inside a message. */
class FinishFinder implements JsonVisitor {
  readonly #body: Buffer;
  #inChoices = false;
  finishReason: string | undefined;

  constructor(body: Buffer) {
    this.#body = body;
  }

  member(key: string): void {
    this.#inChoices = key === 'choices';
  }

  nestedKey(start: number, end: number, _escaped: boolean, depth: number): void {
    if (!this.#inChoices || depth !== 3 || this.finishReason !== undefined) return;
    if (end - start !== 13 || this.#body.toString('latin1', start, end) !== 'finish_reason') return;
    const found = /^"\s*:\s*"([A-Za-z0-9_-]{1,40})"/.exec(this.#body.toString('latin1', end, end + 80));
    this.finishReason = found?.[1];
  }

  longString(): void {}
}
