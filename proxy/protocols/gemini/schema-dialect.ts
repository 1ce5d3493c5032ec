/**
 * The two schema languages Gemini takes. `openapi` (parameters, responseSchema): the fields of its `Schema` message, and an unknown
 * one is a 400. `json-schema` (parametersJsonSchema, responseJsonSchema): the keywords it documents as supported; the rest is
 * read over. Each says things that the other can't, so a schema goes in the one that loses less.
 */
export type SchemaDialect = 'openapi' | 'json-schema';

const COMMON = [
  'type',
  'format',
  'title',
  'description',
  'enum',
  'items',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'anyOf',
  'properties',
  'required',
  'propertyOrdering',
];

export const ALLOWED: Readonly<Record<SchemaDialect, ReadonlySet<string>>> = {
  openapi: new Set([
    ...COMMON,
    'nullable',
    'minLength',
    'maxLength',
    'minProperties',
    'maxProperties',
    'pattern',
    'default',
    'example',
  ]),
  'json-schema': new Set([...COMMON, 'prefixItems', 'additionalProperties']),
};

/** Says nothing about which values are valid, or was resolved on the way. */
export const WITHOUT_MEANING: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  'id',
  '$comment',
  '$anchor',
  '$dynamicAnchor',
  '$defs',
  'definitions',
  '$vocabulary',
  'deprecated',
  'readOnly',
  'writeOnly',
  'externalDocs',
  'xml',
  'discriminator',
]);

/** Formats of strings that the `Schema` message takes: with any other, models answered 400. */
export const STRING_FORMATS: ReadonlySet<string> = new Set(['enum', 'date-time']);
