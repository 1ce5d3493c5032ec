/** Keywords that hold no schema of their own, in one of Gemini's two languages. */
import type { Json } from '../../core/json.ts';
import { isRawNumber } from '../json/lossless.ts';
import { ALLOWED, type SchemaDialect, STRING_FORMATS, WITHOUT_MEANING } from './schema-dialect.ts';
import { asJsonObject } from './wire.ts';

export interface SaidKeyword {
  /** `lost`: this language has no word for it. `none`: it needs none. */
  readonly said: readonly [string, Json] | 'lost' | 'none';
  /** It was said in another word than it came in. */
  readonly rewritten: boolean;
}

export function sayKeyword(key: string, value: Json, type: string, dialect: SchemaDialect): SaidKeyword {
  if (WITHOUT_MEANING.has(key)) return { said: 'none', rewritten: true };
  switch (key) {
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
      // Those with members were resolved before: these have none.
      return { said: 'lost', rewritten: false };
    case 'enum':
      return { said: mayEnumerate(value, dialect) ? [key, value] : 'lost', rewritten: false };
    case 'format': {
      const refused = dialect === 'openapi' && type === 'string' && !STRING_FORMATS.has(String(value));
      return { said: refused ? 'lost' : [key, value], rewritten: false };
    }
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return { said: inclusive(key, value, type), rewritten: true };
    case 'examples': {
      const [only, ...others] = Array.isArray(value) ? value : [];
      const one = dialect === 'openapi' && only !== undefined && others.length === 0;
      return { said: one ? ['example', only] : 'lost', rewritten: one };
    }
    default:
      return { said: ALLOWED[dialect].has(key) ? [key, value] : 'lost', rewritten: false };
  }
}

/** `true` and `{}` allow every value. */
export function isAnything(value: Json): boolean {
  const object = asJsonObject(value);
  return value === true || (object !== undefined && Object.keys(object).length === 0);
}

function mayEnumerate(value: Json, dialect: SchemaDialect): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const isNumber = (each: Json) => typeof each === 'number' || isRawNumber(each);
  return value.every(
    (each: Json) => typeof each === 'string' || (dialect === 'json-schema' && (isNumber(each) || each === null)),
  );
}

/** Whole numbers above 3 are those from 4 up. */
function inclusive(key: string, value: Json, type: string): readonly [string, Json] | 'lost' {
  if (type !== 'integer' || typeof value !== 'number' || !Number.isSafeInteger(value)) return 'lost';
  return key === 'exclusiveMinimum' ? ['minimum', value + 1] : ['maximum', value - 1];
}
