/** Which licences may ship, and the words of each package's own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standardText } from './standard-licences.ts';

/** Permissive ones only: they ask for their notice, and that is what the notices are. A new one is a decision, made here. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** `expression`: an SPDX identifier, or several of one kind: `A AND B`, `(A OR B)`. What mixes both is not understood. */
export function isAllowed(expression: string): boolean {
  const plain = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  const either = plain.split(' OR ');
  const all = plain.split(' AND ');
  if (either.length > 1 && all.length > 1) return false;
  return either.length > 1 ? either.some((id) => ALLOWED.has(id)) : all.every((id) => ALLOWED.has(id));
}

export interface Licence {
  /** As SPDX writes it. */
  readonly expression: string;
  /** The package's own words, or the licence's standard ones where it has none; with its notices. */
  readonly text: string;
}

interface PackageJson {
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

const LICENCE_FILE = /^(licen[cs]e|copying|notice)(?=$|[.-])/i;

/** The licence of the package in `dir`. Throws where it is unknown or not among the allowed ones. */
export function readLicence(dir: string): Licence {
  const file = join(dir, 'package.json');
  if (!existsSync(file)) throw new Error(`${dir} is not installed: run npm ci`);
  const { license: expression, author } = JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
  if (expression === undefined || !isAllowed(expression)) {
    const named = expression === undefined ? 'names no licence' : `is under ${expression}, which is not allowed`;
    throw new Error(`${dir} ${named}: replace the package, or allow the licence in scripts/package/licences.ts`);
  }
  const texts = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map((entry) => readFileSync(join(dir, entry.name), 'utf8').replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '');
  if (texts.length > 0) return { expression, text: texts.join('\n\n') };
  const holder = typeof author === 'string' ? author : author?.name;
  const standard = standardText(expression, holder);
  if (standard === undefined) {
    throw new Error(`${dir} has no licence file, and the words of ${expression} are not in standard-licences.ts`);
  }
  return { expression, text: standard };
}
