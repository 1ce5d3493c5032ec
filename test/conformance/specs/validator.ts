/** Tells what is wrong with a document, after the named schema of a description. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schemas } from './descriptions.ts';
import { toJsonSchema } from './to-json-schema.ts';

export interface Validator {
  /** Empty when the document is as described; else each fault with its place. Throws for a schema that is not there. */
  problems(schema: string, document: unknown): string[];
}

export function createValidator(schemas: Schemas, names: readonly string[]): Validator {
  // `strict` refuses unknown keywords and formats; its rules of style are not ours to hold others to.
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    validateSchema: false,
    inlineRefs: false,
    allErrors: false,
  });
  addFormats.default(ajv);
  ajv.addFormat('unixtime', { type: 'number', validate: (seconds: number) => seconds >= 0 });
  ajv.addFormat('google-datetime', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/);
  ajv.addFormat('google-duration', /^-?\d+(\.\d{1,9})?s$/);
  const known = toJsonSchema(schemas, names);
  ajv.addSchema(known, 'description');
  const compiled = new Map<string, ValidateFunction>();
  return {
    problems(schema, document) {
      let validate = compiled.get(schema);
      if (validate === undefined) {
        if (known.$defs[schema] === undefined) throw new Error(`the description has no schema ${schema}`);
        validate = ajv.compile({ $ref: `description#/$defs/${schema}` });
        compiled.set(schema, validate);
      }
      if (validate(document)) return [];
      return [...new Set((validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(tell))];
    },
  };
}

/** Places without their numbers, so that the same fault reads the same wherever it is. */
function tell({ instancePath, message, params, data }: ErrorObject & { data?: unknown }): string {
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, '/*');
  const unknown = (params as { unevaluatedProperty?: string }).unevaluatedProperty;
  const allowed = (params as { allowedValues?: readonly unknown[] }).allowedValues;
  const detail = unknown ?? (allowed === undefined ? undefined : allowed.slice(0, 8).join(' '));
  return `${place === '' ? '/' : place} ${message ?? ''}${detail === undefined ? '' : ` (${detail})`}${data === undefined ? '' : ` ${JSON.stringify(data)}`}`;
}
