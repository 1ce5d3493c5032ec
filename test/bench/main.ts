/**
 * `npm run bench`: what Gatehouse costs with everything on, beside a bare pass-through proxy and direct calls, in one
 * run on this machine. `--write` puts the table into README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { measureAll } from './measure.ts';
import { withTable } from './readme.ts';
import { figuresTable } from './table.ts';
import { measureWindow, windowTable } from './window.ts';

const totalMsMax = 6 * 60_000;
const deadline = setTimeout(() => {
  process.stderr.write('The benchmark took too long and was stopped.\n');
  process.exit(1);
}, totalMsMax);

const say = (text: string): void => {
  process.stderr.write(`${text} ...\n`);
};
const figures = await measureAll(say);
const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
const machine = `${availableParallelism()} cores of ${model}, ${process.platform}, Node ${process.versions.node}`;
say('The window');
const table = `${windowTable(await measureWindow())}\n\n${figuresTable(figures, machine)}`;
process.stdout.write(`${table}\n`);
if (process.argv.includes('--write')) {
  const path = join(import.meta.dirname, '..', '..', 'README.md');
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), table));
}
clearTimeout(deadline);
