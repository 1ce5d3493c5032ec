/** Two request bodies that mean the same to the provider, brought to one form. */
import type { Json } from './reading.ts';

export function canonical(body: Json): Json {
  const { input, instructions, tools, stream, ...rest } = body;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : (input as Json[]);
  // Instructions are a first system message.
  const first = instructions === undefined || instructions === null ? [] : [{ role: 'system', content: instructions }];
  return {
    ...said,
    ...(stream === true ? { stream } : {}),
    ...(tools === undefined ? {} : { tools: (tools as Json[]).map(tool) }),
    input: [...first, ...items].map(item),
  };
}

/** `strict: null` is what `false` is. */
function tool(value: Json): Json {
  return 'strict' in value ? { ...value, strict: value.strict ?? false } : value;
}

function item(value: Json): Json {
  const { type, content, status: _status, id, ...rest } = value;
  if (type === undefined || type === 'message') {
    const parts = typeof content === 'string' ? [{ text: content }] : (content as Json[]);
    return { role: value.role, content: parts.map(part) };
  }
  if (type !== 'reasoning') return { type, ...rest };
  return { type, ...(id === undefined ? {} : { id }), ...rest };
}

/** A string is one text part; what a text is called follows from the role. Citations of the history are the client's. */
function part(value: Json): Json {
  if (typeof value.text !== 'string') return value;
  const { type: _type, annotations: _annotations, logprobs: _logprobs, ...rest } = value;
  return rest;
}
