import { eventFrame, type Fields, listOf, objectOf, parse, textOf } from './fields.ts';
import { type Said, SIGNATURE, TOKENS, type UpstreamWire } from './script.ts';

const USAGE = {
  promptTokenCount: TOKENS.input,
  candidatesTokenCount: TOKENS.output,
  totalTokenCount: TOKENS.input + TOKENS.output,
};

const callParts = (said: Said): Fields[] =>
  (said.calls ?? []).map(({ name, args }, place) => ({
    functionCall: { name, args },
    // Google signs the first of parallel calls only.
    ...(place === 0 ? { thoughtSignature: SIGNATURE } : {}),
  }));

const answer = (parts: readonly Fields[], more: Fields, usage: Fields) => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  usageMetadata: usage,
  modelVersion: 'm',
  responseId: 'r1',
});

/** A turn of calls is followed by as many results of the same names in the same order. */
function turnProblems(contents: readonly Fields[]): string[] {
  return contents.flatMap(({ role, parts }, place) => {
    const names = (content: unknown, field: string) =>
      listOf(content)
        .filter((part) => part[field] !== undefined)
        .map((part) => textOf(objectOf(part[field]).name))
        .join();
    const calls = names(parts, 'functionCall');
    const results = names(contents[place + 1]?.parts, 'functionResponse');
    return [
      ...(role === 'user' || role === 'model' ? [] : [`role ${role}`]),
      ...(listOf(parts).length > 0 ? [] : [`content ${place} has no parts`]),
      ...(calls === results ? [] : [`calls ${calls || 'none'} are answered by results ${results || 'none'}`]),
    ];
  });
}

export const geminiUpstream: UpstreamWire = {
  protocol: 'gemini',
  provider: { kind: 'google', model: 'm', basePath: '/v1beta', secret: 'AIza-test-0123456789' },
  streamType: 'text/event-stream',

  understand({ url, headers, body }) {
    const request = parse(body);
    const contents = listOf(request.contents);
    const parts = contents.flatMap((content) => listOf(content.parts));
    const config = objectOf(request.generationConfig);
    const schema = config.responseJsonSchema ?? config.responseSchema;
    const path = /^\/v1beta\/models\/m:(generateContent|streamGenerateContent\?alt=sse)$/.exec(url)?.[1];
    return {
      stream: path?.startsWith('stream') === true,
      images: parts
        .map((part) => objectOf(part.inlineData ?? part.inline_data))
        .filter(({ data }) => data !== undefined)
        .map(({ data }) => textOf(data)),
      results: parts
        .filter((part) => part.functionResponse !== undefined)
        .map((part) => JSON.stringify(objectOf(part.functionResponse).response)),
      signatures: parts.map((part) => textOf(part.thoughtSignature)).filter((signature) => signature !== ''),
      ...(schema === undefined ? {} : { output: { schema } }),
      problems: [
        ...(path === undefined ? [`no such path: ${url}`] : []),
        ...(headers['x-goog-api-key'] === this.provider.secret ? [] : ['no key']),
        ...(schema !== undefined && config.responseMimeType !== 'application/json'
          ? ['a schema without its type']
          : []),
        ...(contents.length > 0 ? turnProblems(contents) : ['no contents']),
      ],
    };
  },

  whole: (said) =>
    answer(
      [
        ...(said.thought === undefined ? [] : [{ text: said.thought.join(''), thought: true }]),
        ...(said.text === undefined ? [] : [{ text: said.text.join('') }]),
        ...callParts(said),
      ],
      { finishReason: 'STOP' },
      said.usage ?? USAGE,
    ),

  stream: (said) => [
    ...(said.thought ?? []).map((text) =>
      eventFrame(answer([{ text, thought: true }], {}, { promptTokenCount: TOKENS.input })),
    ),
    ...(said.text ?? []).map((text) => eventFrame(answer([{ text }], {}, { promptTokenCount: TOKENS.input }))),
    ...callParts(said).map((part) => eventFrame(answer([part], {}, { promptTokenCount: TOKENS.input }))),
    eventFrame(answer([{ text: '' }], { finishReason: 'STOP' }, said.usage ?? USAGE)),
  ],

  error: (status) => ({ error: { code: status, message: `scripted ${status}`, status: 'SCRIPTED' } }),
};
