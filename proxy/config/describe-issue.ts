/** A zod issue in words: what was found, what is expected, and how to write it. */
import { z } from 'zod';
import { type PathSegment, pathText } from './problem.ts';
import { fieldsAt, schemaAt } from './schema-at.ts';
import { showKey, showValue } from './show-value.ts';
import { suggestField } from './suggest-field.ts';

export interface IssueText {
  readonly path: readonly PathSegment[];
  readonly message: string;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  object: 'a map of fields (indented lines "name: value")',
  record: 'a map of fields (indented lines "name: value")',
  array: 'a list (indented lines that begin with "- ")',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};
const SWITCH_WORDS = /^(on|off|yes|no|y|n)$/i;

/** One issue can stand for several problems (each unknown field is one). `data` is the whole parsed file. */
export function describeIssue(issue: z.core.$ZodIssue, data: unknown): IssueText[] {
  const path = issue.path.map(asSegment);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownField(key, path) }));
  }
  const found = valueAt(data, path);
  const field = String(path.findLast((segment) => typeof segment === 'string') ?? '');
  const present = found !== undefined;
  const expected = expectation(issue, path);
  if (!present && issue.code !== 'custom') {
    return [{ path, message: `this field is missing; expected ${expected}` }];
  }
  if (issue.code === 'custom') return [{ path, message: issue.message }];
  if (issue.code === 'invalid_key') {
    const wanted = issue.issues.map((inner) => wish(inner.message)).join('; ');
    return [{ path, message: `found the name ${showKey(field)}; expected ${wanted}` }];
  }
  return [{ path, message: `found ${showValue(found, field)}; expected ${expected}${hint(issue, found, field)}` }];
}

function expectation(issue: z.core.$ZodIssue, path: readonly PathSegment[]): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[isWholeNumber(path) ? 'int' : issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
    case 'too_big':
      return range(issue);
    case 'invalid_union':
      return alternatives(issue);
    default:
      return wish(issue.message);
  }
}

function range(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const what = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' item(s)' : '';
  if (issue.code === 'too_small') return `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${what}`;
  const limit = `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${what}`;
  // A schema that has more to say than the bound says it in its message (prices do).
  return issue.message.startsWith('Too big') ? limit : `${limit} (${issue.message})`;
}

function alternatives(issue: z.core.$ZodIssueInvalidUnion): string {
  const texts = issue.errors.flat().map((inner) => wish(inner.message));
  return [...new Set(texts)].join(', or ');
}

function hint(issue: z.core.$ZodIssue, found: unknown, field: string): string {
  if (
    issue.code === 'invalid_type' &&
    issue.expected === 'boolean' &&
    typeof found === 'string' &&
    SWITCH_WORDS.test(found)
  )
    return ' (on, off, yes and no are plain texts in YAML 1.2)';
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    const near = suggestField(found, issue.values.map(String));
    if (near !== undefined) return `. Did you mean ${near}?`;
    if (SWITCH_WORDS.test(found)) return ' (on, off, yes and no are plain texts in YAML 1.2)';
  }
  if (issue.code === 'invalid_value' && field === 'version') return ' (the only version this release reads)';
  if (issue.code === 'invalid_type' && typeof found === 'string' && /^\s*\$?[0-9.,_]+\s*$/.test(found))
    return ' (without quotes, currency sign or separators)';
  if (issue.code === 'invalid_type' && found === null) return ' (or leave the field out)';
  if (issue.code === 'invalid_type' && issue.expected === 'array' && typeof found === 'object' && field === 'providers')
    return ', each with its name in a field id: "- id: openai"';
  if (field === 'credential' || field === 'value') return '; a secret itself never stands in the config';
  return '';
}

function unknownField(key: string, parent: readonly PathSegment[]): string {
  const fields = fieldsAt(parent);
  const near = suggestField(key, fields);
  const known = fields.length === 0 ? '' : `; expected one of ${fields.join(', ')}`;
  const place = parent.length === 0 ? 'the config' : pathText(parent);
  if (near === 'credential') {
    return `found a field that ${place} does not have. A secret never stands in the config: write "credential: env:NAME", or leave it out and store the key in the keychain`;
  }
  if (near?.endsWith('UsdPerMTok') && /token/i.test(key)) {
    return `found a price per token; expected ${near}, in USD per million tokens (multiply by 1,000,000)`;
  }
  return `found the unknown field ${showKey(key)} in ${place}${near === undefined ? known : `. Did you mean ${near}?`}`;
}

/** The schema's messages are instructions ("use env:<NAME>"); after "expected" only the thing itself reads well. */
function wish(message: string): string {
  return message.replace(/^(use|write it as) /, '');
}

function isWholeNumber(path: readonly PathSegment[]): boolean {
  const schema = schemaAt(path);
  return schema instanceof z.ZodNumber && schema.format === 'safeint';
}

function valueAt(data: unknown, path: readonly PathSegment[]): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<PathSegment, unknown>)[segment];
  }
  return value;
}

/** The schema's own refinements name list places as text; for people and positions a place is a number. */
function asSegment(segment: PropertyKey): PathSegment {
  if (typeof segment === 'number') return segment;
  const text = String(segment);
  return /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : text;
}
