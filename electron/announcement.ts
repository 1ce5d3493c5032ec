/** What `--announce` says when the gateway listens: one JSON line for programs, a few lines for the person at the terminal. */
import type { Listening } from './supervisor/state.ts';

/** For stdout; `accessKey` only when this start created it. */
export function listeningLine({ baseUrl }: Listening, accessKey: string | undefined): string {
  return JSON.stringify({ event: 'listening', baseUrl, ...(accessKey === undefined ? {} : { accessKey }) });
}

/** For stderr, in the headless host's words. */
export function listeningText({ baseUrl }: Listening, accessKey: string | undefined): string {
  const key = accessKey ?? '$GATEHOUSE_KEY';
  const shown = accessKey === undefined ? 'one of yours (see the window)' : `${accessKey}   (shown this once)`;
  const headers = `-H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json'`;
  const body = `'{"model":"sim/echo","messages":[{"role":"user","content":"Hello"}]}'`;
  return [
    '',
    '  Gatehouse is listening.',
    '',
    `  Base URL     ${baseUrl}`,
    `  Access key   ${shown}`,
    '',
    '  Try it:',
    `  curl ${baseUrl}/chat/completions ${headers} -d ${body}`,
    '',
    '',
  ].join('\n');
}
