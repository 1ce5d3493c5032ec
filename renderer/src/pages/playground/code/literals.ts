/** JSON values as literals of other languages, with their lines broken. Pure. */

interface Words {
  readonly none: string;
  readonly yes: string;
  readonly no: string;
  readonly name: (name: string) => string;
  readonly text: (text: string) => string;
}

const PYTHON: Words = {
  none: 'None',
  yes: 'True',
  no: 'False',
  name: (name) => JSON.stringify(name),
  text: (text) => JSON.stringify(text),
};

const TYPESCRIPT: Words = {
  none: 'null',
  yes: 'true',
  no: 'false',
  name: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : singleQuoted(name)),
  text: singleQuoted,
};

const SHORT_MAX = 60;

/** `indent`: of the line the value begins on; its own lines are two (or four) deeper. */
export function pythonLiteral(value: unknown, indent: string): string {
  return literal(value, indent, '    ', PYTHON);
}

export function typescriptLiteral(value: unknown, indent: string): string {
  return literal(value, indent, '  ', TYPESCRIPT);
}

function literal(value: unknown, indent: string, step: string, words: Words): string {
  if (value === null || value === undefined) return words.none;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return words.text(value);
  const inner = indent + step;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => literal(item, inner, step, words))
    : Object.entries(value).map(([name, item]) => `${words.name(name)}: ${literal(item, inner, step, words)}`);
  if (items.length === 0) return `${open}${close}`;
  const pad = open === '{' && words === TYPESCRIPT ? ' ' : '';
  const line = `${open}${pad}${items.join(', ')}${pad}${close}`;
  if (line.length <= SHORT_MAX && !line.includes('\n')) return line;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}${close}`;
}

function singleQuoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside}'`;
}
