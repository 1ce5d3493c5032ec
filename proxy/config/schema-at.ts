/** Walks the config schema, so that messages and the export know which fields a place has, and which defaults. */
import { z } from 'zod';
import { config } from '../contract/config.ts';
import type { PathSegment } from './problem.ts';

/** Without `optional` and `default` around it. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap();
  return inner;
}

/** The schema of the value at this path; undefined where the schema knows no such place. */
export function schemaAt(path: readonly PathSegment[]): z.core.$ZodType | undefined {
  let schema: z.core.$ZodType | undefined = config;
  for (const segment of path) {
    if (schema === undefined) return undefined;
    const inner: z.core.$ZodType = unwrapped(schema);
    if (inner instanceof z.ZodObject) schema = inner.shape[String(segment)];
    else if (inner instanceof z.ZodArray) schema = inner.element;
    else if (inner instanceof z.ZodRecord) schema = inner.valueType;
    else return undefined;
  }
  return schema === undefined ? undefined : unwrapped(schema);
}

/** The field names a map at this path may have; empty where any name goes. */
export function fieldsAt(path: readonly PathSegment[]): readonly string[] {
  const schema = schemaAt(path);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
