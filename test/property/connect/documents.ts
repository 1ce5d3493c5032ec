/** Config files as people keep them: comments everywhere, odd blanks, both line breaks, with and without a last one. */
import fc from 'fast-check';

/** Something of the person's that a test may change after our edit: it stands once, in a value. */
export const MARKER = 'person-value';

const word = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
const value = fc.oneof(
  fc.constantFrom('true', 'false', '0', '12', '-3.5'),
  fc.stringMatching(/^[A-Za-z0-9 .:/{}[\]#,=-]{0,12}$/).map((text) => JSON.stringify(text)),
);
const lineBreak = fc.constantFrom('\n', '\r\n');
const mark = fc.constantFrom('', '\uFEFF');
const indent = fc.constantFrom('  ', '    ', '\t');

function fresh(names: readonly string[], taken: ReadonlySet<string>): string[] {
  return [...new Set(names)].filter((name) => !taken.has(name));
}

const comment = fc.constantFrom('', '', ' // theirs', ' /* theirs */');
const before = fc.constantFrom('', '', '// a remark: { "env": 1 }', '/* two,\n   lines */');

/** `ours`: objects by name whose inside may have anything; some of them are there already. */
export function jsonDocument(ours: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<string> {
  const taken = new Set([...Object.keys(ours), ...Object.values(ours).flat(), 'marker']);
  const object = (names: readonly string[], unit: string, depth: number): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.array(fc.tuple(value, comment, before), { minLength: names.length, maxLength: names.length }),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([parts, trailing, tight]) => {
        if (names.length === 0) return tight ? '{}' : `{\n${unit.repeat(depth)}}`;
        const pad = unit.repeat(depth + 1);
        const lines = names.map((name, index) => {
          const [text, behind, above] = parts[index] ?? ['1', '', ''];
          const comma = index < names.length - 1 || trailing ? ',' : '';
          return `${above === '' ? '' : `${pad}${above}\n`}${pad}${JSON.stringify(name)}: ${text}${comma}${behind}`;
        });
        return `{\n${lines.join('\n')}\n${unit.repeat(depth)}}`;
      });
  return fc
    .tuple(
      indent,
      fc.array(word, { maxLength: 4 }),
      fc.subarray(Object.keys(ours)),
      fc.array(word, { maxLength: 2 }),
      fc.infiniteStream(fc.nat()),
      lineBreak,
      mark,
      fc.boolean(),
      before,
    )
    .chain(([unit, rest, present, inner, picks, eol, bom, last, above]) => {
      const names = fresh(rest, taken);
      return fc
        .tuple(
          object(['marker', ...names], unit, 0),
          fc.tuple(
            ...present.map((name) => {
              const mine = (ours[name] ?? []).filter(() => (picks.next().value ?? 0) % 3 === 0);
              return object([...fresh(inner, taken), ...mine], unit, 1).map(
                (text) => `${unit}${JSON.stringify(name)}: ${text},`,
              );
            }),
          ),
        )
        .map(([outer, objects]) => {
          const opened = outer.replace(
            /"marker": .*?(,?)( \/\/ theirs| \/\* theirs \*\/)?\n/,
            `"marker": "${MARKER}"$1$2\n`,
          );
          const whole = objects.length === 0 ? opened : opened.replace('{\n', `{\n${objects.join('\n')}\n`);
          const text = `${above === '' ? '' : `${above}\n`}${whole}${last ? '\n' : ''}`;
          return bom + text.replaceAll('\n', eol);
        });
    });
}

const tomlLine = fc
  .tuple(word, value, fc.constantFrom('', ' # theirs'), fc.constantFrom('', '# above', ''))
  .map(([name, text, behind, above]) => ({
    name,
    text: `${above === '' ? '' : `${above}\n`}${name} = ${text}${behind}`,
  }));

function tomlBody(taken: ReadonlySet<string>): fc.Arbitrary<string[]> {
  return fc
    .uniqueArray(tomlLine, { maxLength: 3, selector: ({ name }) => name })
    .map((lines) => lines.filter(({ name }) => !taken.has(name)).map(({ text }) => text));
}

export function tomlDocument(own: {
  readonly top: readonly string[];
  readonly table: string;
  readonly keys: readonly string[];
}): fc.Arbitrary<string> {
  const taken = new Set([...own.top, ...own.keys, 'marker']);
  return fc
    .record({
      head: fc.constantFrom('', '#:schema x.json\n\n', '# all of it\n'),
      top: tomlBody(taken),
      oldTop: fc.subarray([...own.top]),
      tables: fc.uniqueArray(fc.tuple(word, tomlBody(taken)), { maxLength: 3, selector: ([name]) => name }),
      table: fc.option(fc.subarray([...own.keys])),
      tail: fc.constantFrom('', '\n', '# the end\n', '\n\n'),
      marker: fc.boolean(),
      eol: lineBreak,
      bom: mark,
      last: fc.boolean(),
    })
    .map(({ head, top, oldTop, tables, table, tail, marker, eol, bom, last }) => {
      const lines = [
        ...top,
        ...oldTop.map((name) => `${name} = "old" # mine`),
        ...(marker ? [`marker = "${MARKER}"`] : []),
        ...tables.map(([name, body]) => `\n# about ${name}\n[t_${name}]\n${body.join('\n')}`),
        ...(table === null ? [] : [`\n[${own.table}]\n${table.map((name) => `${name} = 'old'`).join('\n')}`]),
      ];
      const text = `${head}${lines.join('\n')}${last ? '\n' : ''}${tail}`;
      return bom + text.replaceAll('\n', eol);
    });
}

const yamlLine = fc
  .tuple(
    word,
    fc.constantFrom(
      '1',
      'yes please',
      '"quoted: #"',
      '[a, b]',
      '|\n  lines\n  more',
      '\n  - x\n  - y: 1',
      '\n  deep: 2',
    ),
    fc.constantFrom('', '# above\n'),
  )
  .map(([name, text, above]) => ({ name, text: `${above}${name}:${text.startsWith('\n') ? '' : ' '}${text}` }));

export function yamlDocument(own: {
  readonly top: readonly string[];
  readonly list?: string;
  readonly item?: string;
}): fc.Arbitrary<string> {
  const taken = new Set([...own.top, own.list ?? '', 'marker']);
  const items = fc.uniqueArray(fc.tuple(word, fc.constantFrom('', ' # theirs'), fc.boolean()), {
    maxLength: 3,
    selector: ([name]) => name,
  });
  return fc
    .record({
      head: fc.constantFrom('', '# all of it\n', '---\n'),
      lines: fc.uniqueArray(yamlLine, { maxLength: 3, selector: ({ name }) => name }),
      old: fc.subarray([...own.top]),
      list: fc.option(items),
      deep: fc.constantFrom('', '  '),
      tail: fc.constantFrom('', '\n', '\n# the end\n'),
      eol: lineBreak,
      bom: mark,
      last: fc.boolean(),
    })
    .map(({ head, lines, old, list, deep, tail, eol, bom, last }) => {
      const listed =
        list === null || own.list === undefined
          ? []
          : [
              list.length === 0
                ? `${own.list}: []`
                : `${own.list}:\n${list.map(([name, behind, roles]) => `${deep}- name: ${name}${behind}\n${deep}  model: m${roles ? `\n${deep}  roles:\n${deep}    - chat` : ''}`).join('\n')}`,
            ];
      const body = [
        `marker: ${MARKER}`,
        ...lines.filter(({ name }) => !taken.has(name)).map(({ text }) => text),
        ...old.map((name) => `${name}: old # mine`),
        ...listed,
      ];
      const text = `${head}${body.join('\n')}${last ? `\n${tail}` : ''}`;
      return bom + text.replaceAll('\n', eol);
    });
}

export function dotenvDocument(own: readonly string[]): fc.Arbitrary<string> {
  const line = fc.oneof(
    fc.constantFrom(
      '# a remark',
      '',
      'export OTHER=1',
      "QUOTED='a # b'",
      'MULTI="one\ntwo"',
      'EMPTY=',
      'SPACED = x # theirs',
    ),
    fc.constantFrom(...own).map((name) => `${name}="old value" # mine`),
  );
  return fc.tuple(fc.array(line, { maxLength: 6 }), lineBreak, mark, fc.boolean()).map(
    ([lines, eol, bom, last]) =>
      bom +
      [`MARKER=${MARKER}`, ...lines]
        .join('\n')
        .concat(last ? '\n' : '')
        .replaceAll('\n', eol),
  );
}
