/** Connecting a tool, as a terminal shows it. Texts without a last line break. */
import {
  type CheckEvent,
  type FilePlan,
  KEY_PLACEHOLDER,
  type ToolFileView,
  type ToolView,
} from '../../contract/connect.ts';
import { nanoToUsdString } from '../../contract/money.ts';
import { shortInstant, textTable } from '../text-table.ts';

const STATES: Readonly<Record<ToolFileView['state'], string>> = {
  none: 'not connected',
  connected: 'connected',
  changed: 'changed since',
  refused: 'cannot be edited',
};

export function toolsTable(tools: readonly ToolView[]): string {
  const rows = tools.map((tool) => [
    tool.id,
    tool.name,
    tool.installed === 'unknown' ? '-' : tool.installed,
    stateOf(tool),
    shortInstant(tool.lastCall?.atMs ?? tool.key?.lastUsedAtMs),
  ]);
  return textTable([['TOOL', 'NAME', 'INSTALLED', 'STATE', 'LAST CALL (UTC)'], ...rows]);
}

/** The worst of its files: a tool with one left out is not connected. */
function stateOf({ files, key }: ToolView): string {
  const states = files.map(({ state }) => state);
  const shown = (['refused', 'changed', 'none', 'connected'] as const).find((state) => states.includes(state));
  if (shown !== undefined) return STATES[shown];
  return key === undefined ? 'by hand' : 'by hand, has a key';
}

/** `secret`: one that was just made, in place of the placeholder. */
export function stepsText(
  { steps, notes }: Pick<ToolView, 'steps' | 'notes'>,
  secret: string = KEY_PLACEHOLDER,
): string {
  const numbered = steps.map(({ text, code }, index) => {
    const head = `${index + 1}. ${text}`;
    if (code === undefined) return head;
    return `${head}\n\n${indented(code.text.replaceAll(KEY_PLACEHOLDER, secret))}\n`;
  });
  return [...numbered, ...notes.map((note) => `- ${note}`)].join('\n');
}

export function headText({ name, summary, homepage, protocol, baseUrl, files }: ToolView): string {
  const places = files.map(({ shownPath, state, problem }) => ['file', `${shownPath}: ${problem ?? STATES[state]}`]);
  return [
    `${name}: ${summary}`,
    textTable([['address', `${baseUrl} (${protocol})`], ...places, ['more', homepage]].map((row) => ['', ...row])),
  ].join('\n');
}

export function planText(files: readonly FilePlan[]): string {
  return files
    .map(({ shownPath, exists, changes, diff }) => {
      if (!changes) return `${shownPath}: nothing to change.`;
      return `${exists ? `${shownPath} would change` : `${shownPath} would be made`}:\n\n${diff.trimEnd()}`;
    })
    .join('\n\n');
}

/** Undefined: nothing to tell yet. */
export function checkLine(event: CheckEvent): string | undefined {
  switch (event.type) {
    case 'start':
      return `${event.baseUrl} in ${event.protocol}, model ${event.model}`;
    case 'begin':
      return undefined;
    case 'result': {
      const { check, ok, message, code, served, costNano, durationMs } = event;
      const facts = [
        ...(code === undefined ? [] : [code]),
        ...(served === undefined ? [] : [served]),
        `${Math.round(durationMs)} ms`,
        ...(costNano === undefined ? [] : [usd(costNano)]),
      ];
      return `${ok ? 'ok  ' : 'FAIL'} ${check.padEnd(6)} ${message} (${facts.join(', ')})`;
    }
    case 'done':
      return event.costNano === undefined ? event.message : `${event.message} The check cost ${usd(event.costNano)}.`;
    default:
      return event satisfies never;
  }
}

function usd(nano: number): string {
  return `$${nanoToUsdString(nano)}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `   ${line}`))
    .join('\n');
}
