/** Two request bodies that mean the same to Gemini, brought to one form. Written without the codec. */

type Json = Record<string, unknown>;

const TEXT_ONLY = ['TEXT'];

export function canonical(body: Json): unknown {
  const { model: _inPath, contents, systemInstruction, tools, ...rest } = camelKeys(body) as Json;
  const config = (rest.generationConfig ?? {}) as Json;
  // Text is what is answered anyway.
  if (JSON.stringify(config.responseModalities) === JSON.stringify(TEXT_ONLY)) delete config.responseModalities;
  return clean({
    ...rest,
    systemInstruction:
      systemInstruction === undefined || systemInstruction === null ? undefined : (systemInstruction as Json).parts,
    contents: turns(contents as Json[]),
    tools: tools === undefined || tools === null ? undefined : byName(tools as Json[]),
  });
}

/** In whatever order they are offered; an empty description describes nothing. */
function byName(tools: readonly Json[]): Json[] {
  const plain = tools.map((tool) => {
    const functions = tool.functionDeclarations as Json[] | undefined;
    if (functions === undefined) return tool;
    return {
      ...tool,
      functionDeclarations: functions.map(({ description, ...rest }) =>
        description === '' ? rest : { description, ...rest },
      ),
    };
  });
  return plain.sort((a, b) => Object.keys(a).join().localeCompare(Object.keys(b).join()));
}

/** Contents of one role that follow each other are one turn. */
function turns(contents: readonly Json[]): Json[] {
  const merged: { role: unknown; parts: unknown[] }[] = [];
  for (const { role, parts } of contents) {
    const last = merged.at(-1);
    const own = (parts as Json[]).map(part);
    if (last?.role === role) last?.parts.push(...own);
    else merged.push({ role, parts: own });
  }
  return merged;
}

/** `thought: false` is no thought; `{output: [..]}` is said as it was. */
function part(value: Json): Json {
  const { thought, ...rest } = value;
  return thought === true ? { ...rest, thought } : rest;
}

/** The names of fields in snake_case are other spellings of the same; the names inside of free JSON are not. */
function camelKeys(value: unknown, free = false): unknown {
  if (Array.isArray(value)) return value.map((each) => camelKeys(each, free));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = free ? key : key.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
      if (SCHEMAS.has(name)) return [name.startsWith('param') ? 'parameters' : 'responseSchema', schema(inner as Json)];
      return [name, camelKeys(inner, free || FREE.has(name))];
    }),
  );
}

const FREE = new Set(['args', 'response', 'fileSearch', 'toolCall', 'toolResponse']);
const SCHEMAS = new Set(['parameters', 'parametersJsonSchema', 'responseSchema', 'responseJsonSchema']);

/** Both languages in one: types in lower case, null as a type, references followed, one alternative alone. */
function schema(root: Json): unknown {
  const node = (value: Json): Json => {
    const { $ref, $defs: _definitions, nullable, property_ordering, ...rest } = value;
    if (typeof $ref === 'string') return node(($defs(root)[$ref.split('/').at(-1) as string] ?? {}) as Json);
    const alternatives = rest.anyOf as Json[] | undefined;
    const others = alternatives?.filter(({ type }) => type !== 'null');
    if (
      alternatives !== undefined &&
      others !== undefined &&
      others.length === 1 &&
      others.length < alternatives.length
    ) {
      const { anyOf: _one, ...around } = rest;
      return node({ ...around, ...others[0], nullable: true });
    }
    const result: Json = {
      ...rest,
      ...(property_ordering === undefined ? {} : { propertyOrdering: property_ordering }),
    };
    if (typeof rest.type === 'string') result.type = rest.type.toLowerCase();
    if (rest.properties !== undefined) {
      result.properties = Object.fromEntries(
        Object.entries(rest.properties as Json).map(([key, each]) => [key, node(each as Json)]),
      );
    }
    if (rest.items !== undefined) result.items = node(rest.items as Json);
    if (alternatives !== undefined) result.anyOf = alternatives.map(node);
    if (nullable === true) result.type = [result.type, 'null'];
    return result;
  };
  return node(root);
}

function $defs(root: Json): Json {
  return (root.$defs ?? {}) as Json;
}

/** Null and an empty object ask for nothing. */
function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, inner]) =>
          inner !== null && inner !== undefined && !(key === 'generationConfig' && Object.keys(inner).length === 0),
      )
      .map(([key, inner]) => [key, FREE.has(key) ? inner : clean(inner)]),
  );
}
