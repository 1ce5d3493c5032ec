/** Named departures from a description: it is changed in memory as they say, before it is compiled. */
import type { DescriptionName, JsonSchema, Schemas } from './descriptions.ts';

export interface Departure {
  readonly description: DescriptionName;
  /** The components that are concerned. */
  readonly schemas: readonly string[];
  /** The members that lead from the component to the place; `*` is any element of a list, `&1` the second part of `allOf`. */
  readonly at?: readonly string[];
  /** Members that the description does not name. */
  readonly adds?: Readonly<Record<string, JsonSchema>>;
  /** Required members that may be missing. */
  readonly optional?: readonly string[];
  /** Instead of what the description says of these members. */
  readonly replaces?: Readonly<Record<string, JsonSchema>>;
  readonly because: string;
}

/** Throws where the place is not in the description (any more). */
export function amend(schemas: Schemas, departures: readonly Departure[]): Schemas {
  const amended: Record<string, JsonSchema> = { ...schemas };
  for (const departure of departures) {
    for (const name of departure.schemas) {
      const schema = amended[name];
      if (schema === undefined) throw new Error(`a departure from ${name}, which is not described`);
      amended[name] = changeAt(schema, departure.at ?? [], (place) => changed(place, departure));
    }
  }
  return amended;
}

function changeAt(schema: JsonSchema, path: readonly string[], change: (place: JsonSchema) => JsonSchema): JsonSchema {
  const [step, ...rest] = path;
  if (step === undefined) return change(schema);
  if (step === '*') return { ...schema, items: changeAt(asSchema(schema.items, step), rest, change) };
  if (step.startsWith('&')) {
    const parts = [...((schema.allOf ?? []) as readonly JsonSchema[])];
    const place = Number(step.slice(1));
    parts[place] = changeAt(asSchema(parts[place], step), rest, change);
    return { ...schema, allOf: parts };
  }
  const properties = asSchema(schema.properties, step);
  return { ...schema, properties: { ...properties, [step]: changeAt(asSchema(properties[step], step), rest, change) } };
}

function changed(place: JsonSchema, { adds = {}, optional = [], replaces = {} }: Departure): JsonSchema {
  const properties = asSchema(place.properties ?? {}, 'properties');
  const required = (place.required ?? []) as readonly string[];
  for (const name of Object.keys(adds)) {
    if (properties[name] !== undefined) throw new Error(`${name} is described by now`);
  }
  for (const name of Object.keys(replaces)) {
    if (properties[name] === undefined) throw new Error(`${name} is not described`);
  }
  for (const name of optional) {
    if (!required.includes(name)) throw new Error(`${name} is optional by now`);
  }
  return {
    ...place,
    properties: { ...properties, ...adds, ...replaces },
    required: required.filter((name) => !optional.includes(name)),
  };
}

function asSchema(value: unknown, step: string): JsonSchema {
  if (typeof value !== 'object' || value === null) throw new Error(`nothing is described at ${step}`);
  return value as JsonSchema;
}
