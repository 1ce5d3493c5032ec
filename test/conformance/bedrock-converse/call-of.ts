/** A recorded Converse request as the call it means, written from Bedrock's API description and not from our encoder. */
import type { CacheMark, Call, Message, Tool, ToolChoice } from '../../../proxy/core/call.ts';
import type { JsonObject } from '../../../proxy/core/json.ts';
import type { FilePart, MediaSource, Part } from '../../../proxy/core/part.ts';
import type { Json } from './reading.ts';

const MEDIA: Readonly<Record<string, string>> = { txt: 'text/plain', pdf: 'application/pdf' };

export function callOf(body: Json, model: string, stream: boolean): Call {
  const inference = (body.inferenceConfig ?? {}) as Json;
  const more = (body.additionalModelRequestFields ?? {}) as Json;
  const format = ((body.outputConfig as Json | undefined)?.textFormat as Json | undefined)?.structure as
    | Json
    | undefined;
  const schema = format?.jsonSchema as Json | undefined;
  const topK = (more.inferenceConfig as Json | undefined)?.topK;
  const budget = (more.thinking as Json | undefined)?.budget_tokens;
  const { tools, choice } = toolsOf(body.toolConfig as Json | undefined);
  return {
    model,
    stream,
    messages: [...systemOf(body.system as Json[] | undefined), ...(body.messages as Json[]).flatMap(messagesOf)],
    tools,
    ...(choice === undefined ? {} : { toolChoice: choice }),
    ...(schema === undefined
      ? {}
      : {
          output: {
            kind: 'schema',
            schema: JSON.parse(String(schema.schema)) as JsonObject,
            name: String(schema.name),
            description: String(schema.description),
          },
        }),
    ...(budget === undefined ? {} : { reasoning: { budgetTokens: Number(budget) } }),
    ...(inference.maxTokens === undefined ? {} : { maxOutputTokens: Number(inference.maxTokens) }),
    ...(inference.temperature === undefined ? {} : { temperature: Number(inference.temperature) }),
    ...(inference.topP === undefined ? {} : { topP: Number(inference.topP) }),
    ...(topK === undefined ? {} : { topK: Number(topK) }),
    ...(inference.stopSequences === undefined ? {} : { stop: inference.stopSequences as string[] }),
    ...(body.guardrailConfig === undefined
      ? {}
      : {
          foreign: {
            protocol: 'bedrock-converse',
            fields: { guardrailConfig: body.guardrailConfig as JsonObject },
          },
        }),
  };
}

function systemOf(blocks: readonly Json[] | undefined): Message[] {
  const parts = partsOf(blocks ?? []);
  return parts.length === 0 ? [] : [{ role: 'system', parts }];
}

/** Results stand in a message of their own. */
function messagesOf(message: Json): Message[] {
  const parts = partsOf(message.content as Json[]);
  if (message.role === 'assistant') return [{ role: 'assistant', parts }];
  const results = parts.filter(({ kind }) => kind === 'tool-result');
  const rest = parts.filter(({ kind }) => kind !== 'tool-result');
  return [
    ...(results.length === 0 ? [] : [{ role: 'tool' as const, parts: results }]),
    ...(rest.length === 0 ? [] : [{ role: 'user' as const, parts: rest }]),
  ];
}

function partsOf(blocks: readonly Json[]): Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    if ('cachePoint' in block)
      parts.push({ ...(parts.pop() as Extract<Part, { kind: 'text' }>), cache: {} satisfies CacheMark });
    else parts.push(partOf(block));
  }
  return parts;
}

function partOf(block: Json): Part {
  const [kind = ''] = Object.keys(block);
  const inner = block[kind] as Json;
  switch (kind) {
    case 'text':
      return { kind: 'text', text: String(inner) };
    case 'image':
      return { kind: 'image', source: sourceOf(inner, `image/${String(inner.format)}`) };
    case 'document':
      return documentOf(inner);
    case 'reasoningContent':
      return {
        kind: 'reasoning',
        text: '',
        redacted: true,
        signature: Buffer.from(String(inner.redactedContent), 'base64').toString(),
        origin: 'anthropic-messages',
      };
    case 'toolUse':
      if (inner.type === 'server_tool_use') break;
      return {
        kind: 'tool-call',
        id: String(inner.toolUseId),
        name: String(inner.name),
        arguments: JSON.stringify(inner.input),
      };
    case 'toolResult':
      if (inner.type !== undefined) break;
      return {
        kind: 'tool-result',
        callId: String(inner.toolUseId),
        parts: partsOf(inner.content as Json[]),
        ...(inner.status === 'error' ? { isError: true } : {}),
      };
    case 'citationsContent':
      return {
        kind: 'text',
        text: String((inner.content as Json[])[0]?.text),
        citations: (inner.citations as JsonObject[]).map((raw) => ({ raw })),
      };
  }
  return { kind: 'foreign', protocol: 'bedrock-converse', type: kind, raw: block as JsonObject };
}

function documentOf(inner: Json): FilePart {
  const text = (inner.source as Json).text;
  return {
    kind: 'file',
    name: String(inner.name),
    ...(text === undefined ? { source: sourceOf(inner, MEDIA[String(inner.format)] ?? '') } : { text: String(text) }),
    ...(inner.context === undefined ? {} : { context: String(inner.context) }),
    ...(inner.citations === undefined ? {} : { citations: (inner.citations as { enabled: boolean }).enabled }),
  };
}

function sourceOf(inner: Json, mediaType: string): MediaSource {
  const { bytes, s3Location } = inner.source as { bytes?: string; s3Location?: { uri: string } };
  return bytes === undefined
    ? { kind: 'url', url: s3Location?.uri ?? '', mediaType }
    : { kind: 'base64', mediaType, data: bytes };
}

function toolsOf(config: Json | undefined): { readonly tools: Tool[]; readonly choice: ToolChoice | undefined } {
  const tools: Tool[] = [];
  for (const tool of (config?.tools ?? []) as Json[]) {
    const spec = tool.toolSpec as Json | undefined;
    if ('cachePoint' in tool) tools.push({ ...(tools.pop() as Tool), cache: {} });
    else if (spec === undefined) {
      const name = String((tool.systemTool as Json).name);
      tools.push({ kind: 'provider', name, raw: tool as JsonObject, origin: 'bedrock-converse' });
    } else {
      tools.push({
        kind: 'function',
        name: String(spec.name),
        ...(spec.description === undefined ? {} : { description: String(spec.description) }),
        schema: (spec.inputSchema as { json: JsonObject }).json,
      });
    }
  }
  return { tools, choice: choiceOf(config?.toolChoice as Json | undefined) };
}

function choiceOf(choice: Json | undefined): ToolChoice | undefined {
  if (choice === undefined) return undefined;
  if ('auto' in choice) return { kind: 'auto' };
  if ('any' in choice) return { kind: 'required' };
  return { kind: 'tool', name: String((choice.tool as Json).name) };
}
