/** Two request bodies that mean the same to the provider, brought to one form. */

type Json = Record<string, unknown>;

export function canonical(body: Json): Json {
  const { output_format: format, stream, system, messages, tools, ...rest } = body;
  const config = { ...((rest.output_config as Json) ?? {}), ...(format === undefined ? {} : { format }) };
  return {
    ...rest,
    ...(stream === true ? { stream } : {}),
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
    ...(system === undefined ? {} : { system: blocks(system) }),
    ...(tools === undefined ? {} : { tools: (tools as Json[]).map(tool) }),
    messages: turns(messages as Json[]),
  };
}

function tool(value: Json): Json {
  const { strict, type, ...rest } = value;
  const named = type === undefined || type === null || type === 'custom' ? {} : { type };
  return { ...rest, ...named, ...(strict === true ? { strict } : {}) };
}

/** The provider combines turns of one role. */
function turns(messages: Json[]): { role: unknown; content: Json[] }[] {
  const merged: { role: unknown; content: Json[] }[] = [];
  for (const { role, content } of messages) {
    const last = merged.at(-1);
    if (last?.role === role) last?.content.push(...blocks(content));
    else merged.push({ role, content: blocks(content) });
  }
  return merged;
}

function blocks(content: unknown): Json[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return (content as Json[]).map(block);
}

function block(value: Json): Json {
  const { citations, is_error: failed, content, caller, ...rest } = value;
  const direct = (caller as Json | undefined)?.type === 'direct' ? undefined : caller;
  const inner = value.type === 'tool_result' && content !== undefined ? { content: blocks(content) } : {};
  return {
    ...rest,
    ...(citations === null || citations === undefined ? {} : { citations }),
    ...(failed === true ? { is_error: true } : {}),
    ...(direct === undefined ? {} : { caller: direct }),
    ...(value.type === 'tool_result' || content === undefined ? inner : { content }),
  };
}
