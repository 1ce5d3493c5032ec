import { describe, expect, it } from 'vitest';
import type { PlaygroundInput } from '../../../../proxy/contract/playground.ts';
import { chatRequest } from '../../../../proxy/contract/playground-request.ts';
import { pythonLiteral, typescriptLiteral } from '../../../../renderer/src/pages/playground/code/literals.ts';
import { requestCode } from '../../../../renderer/src/pages/playground/code/request-code.ts';

const BASE_URL = 'http://127.0.0.1:7420/v1';

const INPUT: PlaygroundInput = {
  model: 'auto',
  mode: 'cheap',
  project: 'acme',
  temperature: 0.2,
  maxTokens: 64,
  stop: ['END'],
  messages: [
    { role: 'system', content: 'Don\'t say "no".' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?\nLook.' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(400)}` } },
      ],
    },
  ],
  tools: [{ name: 'get', description: 'Gets it.', parameters: { type: 'object', properties: {} } }],
  toolChoice: 'required',
  answerFormat: { type: 'json_object' },
};

describe('the request', () => {
  it('has every field by its name on the wire, and none that is not set', () => {
    expect(chatRequest({ ...INPUT, topP: 0.5, seed: 7, reasoningEffort: 'low' })).toMatchObject({
      headers: { 'x-gatehouse-mode': 'cheap', 'x-project': 'acme' },
      body: {
        top_p: 0.5,
        max_tokens: 64,
        seed: 7,
        stop: ['END'],
        reasoning_effort: 'low',
        tool_choice: 'required',
        response_format: { type: 'json_object' },
        tools: [{ type: 'function', function: { name: 'get', description: 'Gets it.' } }],
      },
    });
    const messages: PlaygroundInput['messages'] = [{ role: 'user', content: 'hi' }];
    expect(chatRequest({ model: 'm', messages })).toEqual({
      headers: {},
      body: { model: 'm', messages, stream: true },
    });
  });

  it('leaves out a choice where there are no tools', () => {
    expect(chatRequest({ model: 'm', messages: INPUT.messages, toolChoice: 'required' }).body).not.toHaveProperty(
      'tool_choice',
    );
  });

  it('wraps a schema as providers want it', () => {
    const schema = { type: 'object' };
    const answerFormat = { type: 'json_schema', name: 'answer', schema, strict: true } as const;
    expect(chatRequest({ ...INPUT, answerFormat }).body.response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema, strict: true },
    });
  });
});

describe('as code', () => {
  it('is a curl line', () => {
    expect(requestCode('curl', BASE_URL, chatRequest(INPUT))).toMatchInlineSnapshot(`
      "curl --no-buffer http://127.0.0.1:7420/v1/chat/completions \\
        -H "Authorization: Bearer $GATEHOUSE_KEY" \\
        -H "Content-Type: application/json" \\
        -H 'x-gatehouse-mode: cheap' \\
        -H 'x-project: acme' \\
        --data-binary @- <<'JSON'
      {
        "model": "auto",
        "messages": [
          {
            "role": "system",
            "content": "Don't say \\"no\\"."
          },
          {
            "role": "user",
            "content": [
              {
                "type": "text",
                "text": "What is this?\\nLook."
              },
              {
                "type": "image_url",
                "image_url": {
                  "url": "data:image/png;base64,BASE64_OF_YOUR_IMAGE"
                }
              }
            ]
          }
        ],
        "stream": true,
        "temperature": 0.2,
        "max_tokens": 64,
        "stop": [
          "END"
        ],
        "tools": [
          {
            "type": "function",
            "function": {
              "name": "get",
              "description": "Gets it.",
              "parameters": {
                "type": "object",
                "properties": {}
              }
            }
          }
        ],
        "tool_choice": "required",
        "response_format": {
          "type": "json_object"
        }
      }
      JSON"
    `);
  });

  it('is a Python program', () => {
    expect(requestCode('python', BASE_URL, chatRequest(INPUT))).toMatchInlineSnapshot(`
      "import os

      from openai import OpenAI

      client = OpenAI(base_url="http://127.0.0.1:7420/v1", api_key=os.environ["GATEHOUSE_KEY"])

      stream = client.chat.completions.create(
          model="auto",
          messages=[
              {"role": "system", "content": "Don't say \\"no\\"."},
              {
                  "role": "user",
                  "content": [
                      {"type": "text", "text": "What is this?\\nLook."},
                      {
                          "type": "image_url",
                          "image_url": {"url": "data:image/png;base64,BASE64_OF_YOUR_IMAGE"},
                      },
                  ],
              },
          ],
          stream=True,
          temperature=0.2,
          max_tokens=64,
          stop=["END"],
          tools=[
              {
                  "type": "function",
                  "function": {
                      "name": "get",
                      "description": "Gets it.",
                      "parameters": {"type": "object", "properties": {}},
                  },
              },
          ],
          tool_choice="required",
          response_format={"type": "json_object"},
          extra_headers={"x-gatehouse-mode": "cheap", "x-project": "acme"},
      )
      for chunk in stream:
          if chunk.choices and chunk.choices[0].delta.content:
              print(chunk.choices[0].delta.content, end="", flush=True)"
    `);
  });

  it('is a TypeScript program', () => {
    expect(requestCode('typescript', BASE_URL, chatRequest(INPUT))).toMatchInlineSnapshot(`
      "import OpenAI from 'openai';

      const client = new OpenAI({
        baseURL: 'http://127.0.0.1:7420/v1',
        apiKey: process.env.GATEHOUSE_KEY,
      });

      const stream = await client.chat.completions.create(
        {
          model: 'auto',
          messages: [
            { role: 'system', content: 'Don\\'t say "no".' },
            {
              role: 'user',
              content: [
                { type: 'text', text: 'What is this?\\nLook.' },
                {
                  type: 'image_url',
                  image_url: { url: 'data:image/png;base64,BASE64_OF_YOUR_IMAGE' },
                },
              ],
            },
          ],
          stream: true,
          temperature: 0.2,
          max_tokens: 64,
          stop: ['END'],
          tools: [
            {
              type: 'function',
              function: {
                name: 'get',
                description: 'Gets it.',
                parameters: { type: 'object', properties: {} },
              },
            },
          ],
          tool_choice: 'required',
          response_format: { type: 'json_object' },
        },
        { headers: { 'x-gatehouse-mode': 'cheap', 'x-project': 'acme' } },
      );
      for await (const chunk of stream) {
        process.stdout.write(chunk.choices[0]?.delta?.content ?? '');
      }"
    `);
  });

  it('puts what the SDKs do not know where they pass it on', () => {
    const request = {
      headers: {},
      body: { model: 'auto', messages: [], prompt: { id: 'gatehouse/greeting', version: 2 }, stream: true },
    };
    expect(requestCode('python', BASE_URL, request)).toContain(
      '    extra_body={"prompt": {"id": "gatehouse/greeting", "version": 2}},',
    );
    expect(requestCode('typescript', BASE_URL, request)).toContain(
      '  } as OpenAI.Chat.ChatCompletionCreateParamsStreaming,',
    );
  });
});

describe('literals', () => {
  const awkward = { 'a-b': null, ok: [true, false], 'it\'s "quoted"': 'line\nbreak \\ \'single\' "double" \u2028 é' };

  it('are valid in TypeScript', () => {
    const read: unknown = new Function(`return (${typescriptLiteral(awkward, '')})`)();
    expect(read).toEqual(awkward);
  });

  it('are Python’s own words', () => {
    expect(pythonLiteral({ none: null, yes: true, no: false, empty: [], nothing: {} }, '')).toBe(
      '{\n    "none": None,\n    "yes": True,\n    "no": False,\n    "empty": [],\n    "nothing": {},\n}',
    );
  });
});
