/**
 * How each tool is told about this gateway. Pure. The access key is always taken from the environment, and the model is
 * the simulator's, which needs no credential: the lines work on the first day.
 */

export interface ToolSetup {
  readonly id: string;
  readonly name: string;
  /** Where the lines go. */
  readonly place: string;
  /** Completes the sentence "Copy ...". */
  readonly copyName: string;
  readonly code: string;
  readonly note?: string;
}

const KEY_NOTE = 'GATEHOUSE_KEY is an access key of yours.';

/** `baseUrl` ends in /v1. Anthropic's and Google's clients add their own version to the address, so they get the root. */
export function toolSetups(baseUrl: string): readonly ToolSetup[] {
  const root = baseUrl.replace(/\/v1\/?$/, '');
  return [
    {
      id: 'curl',
      name: 'curl',
      place: 'Try it in a terminal',
      copyName: 'curl command',
      code: lines(
        `curl ${baseUrl}/chat/completions \\`,
        '  -H "Authorization: Bearer $GATEHOUSE_KEY" \\',
        '  -H "Content-Type: application/json" \\',
        `  -d '{"model":"sim/echo","messages":[{"role":"user","content":"Hello"}]}'`,
      ),
      note: KEY_NOTE,
    },
    {
      id: 'claude-code',
      name: 'Claude Code',
      place: 'In the shell that starts it',
      copyName: 'lines for Claude Code',
      code: lines(
        `export ANTHROPIC_BASE_URL=${root}`,
        'export ANTHROPIC_AUTH_TOKEN=$GATEHOUSE_KEY',
        'claude --model claude/sim/echo',
      ),
      note: 'No /v1 in this address. Any name of the Models page works, with claude/ before it.',
    },
    {
      id: 'codex',
      name: 'Codex CLI',
      place: '~/.codex/config.toml',
      copyName: 'config for Codex CLI',
      code: lines(
        'model = "sim/echo"',
        'model_provider = "gatehouse"',
        '',
        '[model_providers.gatehouse]',
        'name = "Gatehouse"',
        `base_url = "${baseUrl}"`,
        'env_key = "GATEHOUSE_KEY"',
        'wire_api = "responses"',
      ),
      note: 'Export GATEHOUSE_KEY in the shell that starts codex.',
    },
    {
      id: 'gemini',
      name: 'Gemini CLI',
      place: 'In the shell that starts it',
      copyName: 'lines for Gemini CLI',
      code: lines(
        `export GOOGLE_GEMINI_BASE_URL=${root}`,
        'export GEMINI_API_KEY=$GATEHOUSE_KEY',
        'gemini -m sim/echo',
      ),
      note: 'Choose “Use Gemini API key” when it asks how to sign in.',
    },
    {
      id: 'openai-sdk',
      name: 'OpenAI SDK',
      place: 'In JavaScript or TypeScript',
      copyName: 'lines for the OpenAI SDK',
      code: lines(
        "import OpenAI from 'openai';",
        '',
        'const client = new OpenAI({',
        `  baseURL: '${baseUrl}',`,
        '  apiKey: process.env.GATEHOUSE_KEY,',
        '});',
      ),
      note: KEY_NOTE,
    },
  ];
}

function lines(...parts: readonly string[]): string {
  return parts.join('\n');
}
