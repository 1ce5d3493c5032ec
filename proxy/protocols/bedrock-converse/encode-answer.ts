/** An answer as the body of a Converse response. There is one answer a call: the first choice. */
import type { Answer } from '../../core/answer.ts';
import type { Call } from '../../core/call.ts';
import type { JsonObject } from '../../core/json.ts';
import { asObject } from '../../core/json-value.ts';
import { STRUCTURED_OUTPUT_TOOL } from '../anthropic-messages/structured-output-tool.ts';
import { printLossless } from '../json/lossless.ts';
import type { EncodeFacts } from '../translation.ts';
import { answerBlock } from './encode-answer-part.ts';
import { fromUsage } from './encode-usage.ts';
import { fromFinishReason } from './finish-reason.ts';

/** `metrics` are left out: how long it took is a fact that nobody here knows. */
export function encodeAnswer(answer: Answer, facts: EncodeFacts): Buffer {
  const choice = answer.choices.find(({ index }) => index === 0) ?? answer.choices[0];
  const partFacts = { outputByTool: isOutputByTool(facts.call), newCallId: () => facts.newId(CALL_ID_PREFIX) };
  const content = (choice?.parts ?? [])
    .map((part) => answerBlock(part, partFacts))
    .filter((block) => block !== undefined);
  const stopReason =
    choice?.finishReason === undefined
      ? undefined
      : fromFinishReason(choice.finishReason, {
          usesTools: content.some(callsTool),
          stopSequence: choice.stopSequence !== undefined,
        });
  const usage = fromUsage(answer.usage);
  const body: JsonObject = {
    output: { message: { role: 'assistant', content } },
    ...(stopReason === undefined ? {} : { stopReason }),
    ...stopSequenceFields(choice?.stopSequence, facts.call),
    ...(usage === undefined ? {} : { usage }),
  };
  return Buffer.from(printLossless(body));
}

/** What the provider ran itself leaves the client nothing to run. */
function callsTool({ toolUse }: JsonObject): boolean {
  return toolUse !== undefined && asObject(toolUse)?.type !== 'server_tool_use';
}

export const CALL_ID_PREFIX = 'tooluse_';

export function isOutputByTool({ tools }: Call): boolean {
  return tools.some(({ name }) => name === STRUCTURED_OUTPUT_TOOL);
}

/** Told only to those who asked for it by its path. */
export function stopSequenceFields(stopSequence: string | undefined, { foreign }: Call): JsonObject {
  const paths = foreign?.protocol === 'bedrock-converse' ? foreign.quiet?.additionalModelResponseFieldPaths : undefined;
  if (stopSequence === undefined || !Array.isArray(paths) || !paths.includes('/stop_sequence')) return {};
  return { additionalModelResponseFields: { stop_sequence: stopSequence } };
}
