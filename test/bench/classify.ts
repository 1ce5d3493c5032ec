/** What `auto` looks at before it knows a tier: 20 KB of this and that. */
import type { Call } from '../../proxy/core/call.ts';
import { classify } from '../../proxy/routing/classify.ts';
import { call } from '../unit/routing/support/fixtures.ts';

export const CLASSIFY_P99_MS_MAX = 1;

const LENGTH = 20_000;
const fill = (text: string): string => text.repeat(Math.ceil(LENGTH / text.length)).slice(0, LENGTH);

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  [
    'a question and a pasted text',
    `Summarize what was decided.\n\n${fill('The roof has to be mended before winter. ')}`,
  ],
  ['one paragraph of prose', fill('We analyse, compare and weigh the risks of each design, and then decide. ')],
  ['code', fill('export function a(b: string): string {\n  return b.trim();\n}\n\n')],
  ['Chinese', fill('请分析这个设计的风险，并说明理由。')],
];

export function classifyCases(): readonly (readonly [name: string, decide: () => unknown])[] {
  return TEXTS.map(([name, text]) => {
    const asked: Call = call(text);
    return [`classify 20 KB: ${name}`, () => classify(asked)];
  });
}
