/** The YAML parser's error codes in plain words. Its own messages quote the file, which may hold a secret. */
import type { ErrorCode } from 'yaml';

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'found a tab in the indentation; expected spaces (YAML forbids tabs there)',
  BAD_INDENT:
    'found a line indented differently from its neighbours, or a [ or { that is never closed; expected all fields of one map in the same column',
  DUPLICATE_KEY: 'found the same field twice in one map; expected each field once',
  BLOCK_AS_IMPLICIT_KEY:
    'found a second ": " in one value, or a list item out of line; expected one field a line, and a text that holds ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'found a field name that runs over several lines; expected name, colon, space, value',
  MISSING_CHAR: 'found a quote, bracket or colon without its partner; expected the closing character',
  UNEXPECTED_TOKEN:
    'found something that cannot stand here (a list beside a map, a closing bracket too many, or text after a quoted value); expected one field or one list item',
  BAD_SCALAR_START: 'found a value that begins with a reserved character (@, ` or %); expected it in quotes',
  BAD_DQ_ESCAPE: 'found a backslash that starts no known escape; expected single quotes around a text with backslashes',
  MULTIPLE_DOCS: 'found a second document after ---; expected one config a file',
  BAD_DIRECTIVE: 'found a line that begins with %; expected none',
  TAG_RESOLVE_FAILED: 'found a tag such as !env; expected a plain value (environment variables are written env:NAME)',
  NON_STRING_KEY: 'found a field name that is not text; expected a plain name',
  RESOURCE_EXHAUSTION: 'found brackets nested too deeply; expected a flat config',
};

export function syntaxMessage(code: ErrorCode): string {
  return `the YAML cannot be read: ${MESSAGES[code] ?? `found a mistake that the parser calls ${code}; expected valid YAML 1.2`}`;
}
