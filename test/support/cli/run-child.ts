/** What `gatehouse run` runs in tests: `node run-child.ts <what> [...]`. Tells what it saw in lines of JSON on stdout. */
import { readFileSync } from 'node:fs';
import OpenAI from 'openai';

const [what = '', ...rest] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const MESSAGES = [{ role: 'user' as const, content: 'Hello' }];

/** Until the calls are done, or one is refused. */
async function call(times: number, model: string): Promise<void> {
  const client = new OpenAI({ maxRetries: 0 });
  for (let done = 0; done < times; done += 1) {
    try {
      const answer = await client.chat.completions.create({ model, messages: MESSAGES, max_tokens: 16 });
      say({ status: 200, usage: answer.usage });
    } catch (error) {
      if (!(error instanceof OpenAI.APIError)) throw error;
      say({ status: error.status, code: error.code });
      return;
    }
  }
}

/** Leaves in the middle of an answer. */
async function leaveStream(): Promise<void> {
  const client = new OpenAI({ maxRetries: 0 });
  const stream = await client.chat.completions.create({ model: 'sim/stall', messages: MESSAGES, stream: true });
  for await (const chunk of stream) {
    if ((chunk.choices[0]?.delta.content ?? '') === '') continue;
    say({ content: true });
    process.exit(0);
  }
}

function awaitSignal(code: number): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const) {
    process.on(signal, () => {
      say({ signal });
      process.exit(code);
    });
  }
  setInterval(() => undefined, 60_000);
  say({ ready: true, pid: process.pid, key: process.env.OPENAI_API_KEY });
}

function commandLine(pid: number | string): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

switch (what) {
  case 'call':
    say({ key: process.env.OPENAI_API_KEY });
    await call(Number(rest[0]), rest[1] ?? 'sim/echo');
    break;
  case 'leave-stream':
    await leaveStream();
    break;
  case 'exit':
    process.exit(Number(rest[0]));
    break;
  case 'kill-itself':
    process.kill(process.pid, 'SIGKILL');
    break;
  case 'await-signal':
    awaitSignal(Number(rest[0] ?? 7));
    break;
  case 'tell':
    say({
      env: process.env,
      args: rest,
      cwd: process.cwd(),
      commandLines: process.platform === 'linux' ? [commandLine('self'), commandLine(process.ppid)] : [],
    });
    break;
  default:
    throw new Error(`run-child does not know "${what}"`);
}
