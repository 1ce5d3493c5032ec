import { ApiError, type Content, type GenerateContentParameters, GoogleGenAI, type Part } from '@google/genai';
import { PNG } from '../upstreams/script.ts';
import { type Answer, PROMPT, resultOf, SCHEMA, type Sdk, TOOL_SCHEMA, type Wish } from './types.ts';

function params(model: string, { image, schema, think, tools, after }: Wish): GenerateContentParameters {
  const parts: Part[] = [{ text: PROMPT }, ...(image ? [{ inlineData: { mimeType: 'image/png', data: PNG } }] : [])];
  const results: Part[] = (after?.calls ?? []).map(({ id, name }, place) => ({
    functionResponse: { ...(id === '' ? {} : { id }), name, response: { output: resultOf(place) } },
  }));
  return {
    model,
    contents: [
      { role: 'user', parts },
      ...(after === undefined ? [] : [after.turn as Content, { role: 'user', parts: results }]),
    ],
    config: {
      systemInstruction: 'Be brief.',
      ...(tools
        ? { tools: [{ functionDeclarations: [{ name: 'get_weather', parametersJsonSchema: { ...TOOL_SCHEMA } }] }] }
        : {}),
      ...(schema ? { responseMimeType: 'application/json', responseJsonSchema: SCHEMA } : {}),
      ...(think ? { thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } } : {}),
    },
  };
}

interface Read {
  readonly parts: readonly Part[];
  readonly finish: string | undefined;
  readonly tokens: Answer['tokens'];
}

function answerOf({ parts, finish, tokens }: Read): Answer {
  const textOf = (thought: boolean) =>
    parts.map((part) => ((part.thought === true) === thought ? (part.text ?? '') : '')).join('');
  return {
    text: textOf(false),
    thought: textOf(true),
    calls: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [{ id: call.id ?? '', name: call.name ?? '', args: call.args }],
    ),
    ended: finish === 'STOP',
    tokens,
    turn: { role: 'model', parts: [...parts] },
  };
}

export const genaiSdk: Sdk = {
  name: '@google/genai',
  open({ origin, key }) {
    const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: origin } });
    return {
      async ask(model, wish) {
        const parts: Part[] = [];
        let finish: string | undefined;
        let tokens: Answer['tokens'] = [undefined, undefined];
        const answers = wish.stream
          ? await client.models.generateContentStream(params(model, wish))
          : [await client.models.generateContent(params(model, wish))];
        for await (const { candidates, usageMetadata: usage } of answers) {
          parts.push(...(candidates?.[0]?.content?.parts ?? []));
          finish = candidates?.[0]?.finishReason ?? finish;
          tokens = [usage?.promptTokenCount ?? tokens[0], usage?.candidatesTokenCount ?? tokens[1]];
        }
        return answerOf({ parts, finish, tokens });
      },
      async abandon(model) {
        const stop = new AbortController();
        const wish = params(model, { stream: true });
        const stream = await client.models.generateContentStream({
          ...wish,
          config: { ...wish.config, abortSignal: stop.signal },
        });
        for await (const part of stream) if (part.text) break;
        stop.abort();
      },
      statusOf: (error) => (error instanceof ApiError ? error.status : undefined),
    };
  },
};
