/**
 * What can be seen of a call at a glance. Bounded: of a long text only its head and its tail are read, because what is asked
 * stands at one of them, and of a long conversation only the end. No expression here can backtrack.
 */
import type { Call, Message } from '../core/call.ts';
import type { Part } from '../core/part.ts';
import { countOf, has, readText } from './classify-text.ts';
import { HARD, ORDINARY, PLEASANTRIES, PROGRAMMING, PROOFS, SMALL, type WordGroup, WRITING } from './classify-words.ts';

export interface CallSignals {
  /** Characters of the last thing a person said, pasted text included. */
  readonly lastLength: number;
  /** Of them, those that say what is wanted; a Chinese or Japanese sign counts as three. */
  readonly askedLength: number;
  /** Words of ten letters and more in what is wanted. */
  readonly longWords: number;
  /** Clauses of what is wanted, told by its commas and the like. */
  readonly conditions: number;
  /** Characters of the whole conversation, tool results and instructions included. */
  readonly totalLength: number;
  /** Turns of the user. */
  readonly turns: number;
  readonly tools: number;
  readonly toolResults: number;
  readonly images: number;
  readonly documents: number;
  readonly structuredOutput: boolean;
  readonly effort: 'low' | 'high' | undefined;
  readonly maxOutputTokens: number | undefined;
  /** Lines that look like code, in what was read of the last message and, for a follow-up, of those before. */
  readonly codeLines: number;
  readonly followUp: boolean;
  readonly pleasantry: boolean;
  readonly proof: boolean;
  /** Groups of words found, in the order of the lists. */
  readonly hard: readonly WordGroup[];
  readonly ordinary: readonly WordGroup[];
  readonly writing: boolean;
  /** How many different words of programming. */
  readonly programming: number;
  readonly small: boolean;
  /** Of the question before, for a short follow-up. */
  readonly before: { readonly proof: boolean; readonly hard: number; readonly code: boolean } | undefined;
}

const HEAD_LENGTH = 1_600;
const TAIL_LENGTH = 800;
/** What stands before a follow-up is only glanced at. */
const GLANCE_LENGTH = 400;
const FOLLOW_UP_LENGTH_MAX = 200;

export function signalsOf(call: Call): CallSignals {
  const users = call.messages.filter(
    ({ role, parts }) => role === 'user' && parts.some(({ kind }) => kind !== 'tool-result'),
  );
  const last = users.at(-1);
  const said = last === undefined ? '' : textOf(last);
  const sample = headAndTail(said);
  const asked = askedIn(sample);
  const words = readText(asked);
  const followUp = users.length > 1 && said.length <= FOLLOW_UP_LENGTH_MAX;
  const parts = last?.parts ?? [];
  return {
    lastLength: said.length,
    askedLength: weightedLength(asked),
    longWords: longWordsIn(asked),
    conditions: conditionsIn(asked),
    totalLength: totalLengthOf(call),
    turns: users.length,
    tools: call.tools.length,
    toolResults: countToolResults(call.messages),
    images: count(parts, 'image'),
    documents: count(parts, 'file'),
    structuredOutput: call.output !== undefined && call.output.kind !== 'text',
    effort: effortOf(call),
    maxOutputTokens: call.maxOutputTokens,
    codeLines: codeLinesIn(sample),
    followUp,
    pleasantry: PLEASANTRIES.has(words.text.trim()),
    proof: has(words, PROOFS),
    hard: HARD.filter((group) => has(words, group)),
    ordinary: ORDINARY.filter((group) => has(words, group)),
    writing: has(words, WRITING),
    programming: countOf(words, PROGRAMMING),
    small: has(words, SMALL),
    before: followUp ? beforeOf(call.messages, users.at(-2)) : undefined,
  };
}

function beforeOf(messages: readonly Message[], question: Message | undefined): CallSignals['before'] {
  const words = readText(question === undefined ? '' : textOf(question).slice(0, GLANCE_LENGTH));
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const code = answer !== undefined && codeLinesIn(textOf(answer).slice(0, HEAD_LENGTH)) > 0;
  return { proof: has(words, PROOFS), hard: HARD.filter((group) => has(words, group)).length, code };
}

function headAndTail(text: string): string {
  if (text.length <= HEAD_LENGTH + TAIL_LENGTH) return text;
  return `${text.slice(0, HEAD_LENGTH)}\n${text.slice(-TAIL_LENGTH)}`;
}

/** A pasted text is not what is wanted: the first paragraph is, short ones that follow it, and a short last one. */
function askedIn(sample: string): string {
  const paragraphs = sample.split(/\n\s*\n/, PARAGRAPHS_MAX);
  // One long paragraph may hold its question at either end.
  if (paragraphs.length === 1) return withoutCode(sample);
  const first = withoutCode(paragraphs[0] ?? '').slice(0, HEAD_LENGTH);
  const short = paragraphs.slice(1).filter((text) => text.length <= SHORT_PARAGRAPH && codeLinesIn(text) === 0);
  return [first, ...short.slice(0, 3), ...short.slice(3).slice(-1)].join('\n');
}

function withoutCode(paragraph: string): string {
  let fenced = false;
  const lines = paragraph.split('\n').filter((line) => {
    if (line.trim().startsWith('```')) fenced = !fenced;
    return !fenced && !isCodeLine(line.trim());
  });
  return lines.join('\n');
}

const PARAGRAPHS_MAX = 200;
const SHORT_PARAGRAPH = 240;

/** One sign of Chinese or Japanese says about as much as three letters. */
function weightedLength(text: string): number {
  return text.length + 2 * (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0);
}

function longWordsIn(text: string): number {
  return text.match(/\p{L}{10,}/gu)?.length ?? 0;
}

function conditionsIn(text: string): number {
  return text.match(/[,;:，、；：]|[.?!。？！](?=\s?\S)/gu)?.length ?? 0;
}

function textOf({ parts }: Message): string {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  return texts.length === 1 ? (texts[0] ?? '') : texts.join('\n');
}

function count(parts: readonly Part[], kind: Part['kind']): number {
  return parts.reduce((sum, part) => sum + (part.kind === kind ? 1 : 0), 0);
}

function countToolResults(messages: readonly Message[]): number {
  return messages.reduce((sum, { parts }) => sum + count(parts, 'tool-result'), 0);
}

function totalLengthOf({ messages }: Call): number {
  let length = 0;
  for (const { parts } of messages) for (const part of parts) length += lengthOf(part);
  return length;
}

function lengthOf(part: Part): number {
  if (part.kind === 'text') return part.text.length;
  if (part.kind === 'tool-result') return part.parts.reduce((sum, each) => sum + lengthOf(each), 0);
  return part.kind === 'tool-call' ? part.arguments.length : 0;
}

function effortOf({ reasoning }: Call): 'low' | 'high' | undefined {
  const effort = reasoning?.effort;
  if (effort === 'high' || effort === 'xhigh' || effort === 'max') return 'high';
  return effort === 'none' || effort === 'minimal' || effort === 'low' ? 'low' : undefined;
}

const CODE_BEGINNINGS = [
  'def ',
  'class ',
  'import ',
  'from ',
  'const ',
  'let ',
  'var ',
  'function ',
  'export ',
  'public ',
  'return ',
  '#include',
  'fn ',
  'func ',
  'select ',
  'create table',
  'insert into',
  'update ',
  '```',
  'at ',
  'traceback',
];
const CODE_ENDINGS = ['{', '}', '=>', '),', ');', '):'];

function codeLinesIn(sample: string): number {
  return sample.split('\n').reduce((count, line) => count + (isCodeLine(line.trim()) ? 1 : 0), 0);
}

/** Only its beginning and its end are looked at: prose rarely ends in a brace. */
function isCodeLine(line: string): boolean {
  if (line.length < 2 || line.length > 500) return false;
  const lower = line.slice(0, 12).toLowerCase();
  const begins = CODE_BEGINNINGS.some((word) => lower.startsWith(word)) && /[(){}=;<>`*"]/.test(line);
  return begins || CODE_ENDINGS.some((end) => line.endsWith(end)) || endsStatement(line);
}

/** A poem's line may end in a semicolon, too. */
function endsStatement(line: string): boolean {
  return line.endsWith(';') && /[(){}=<>[\]"']/.test(line);
}
