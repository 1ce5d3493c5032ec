/** Tools that do not take their address from the environment: their calls would go past the budget without a word. */
import { basename } from 'node:path';

const REMARKS: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  codex: (args) =>
    args.some((arg) => arg.includes('model_provider'))
      ? undefined
      : 'Codex reads no address from the environment. Unless its config.toml names this gateway (env_key = "GATEHOUSE_KEY"), its calls go elsewhere and are not in this budget.',
  opencode: () => byConfig('opencode', '{env:OPENAI_API_KEY}'),
  cn: () => byConfig('Continue', 'the access key in its config'),
  cline: () => byConfig('Cline', 'cline auth -p openai -k "$OPENAI_API_KEY" -b "$OPENAI_BASE_URL"'),
  pi: () => byConfig('pi', '"apiKey": "OPENAI_API_KEY" in models.json'),
};

/** One sentence for stderr; undefined where the environment is enough, or nothing is known of the tool. */
export function clientRemark([command = '', ...args]: readonly string[]): string | undefined {
  const name = basename(command.replaceAll('\\', '/')).replace(/\.(exe|cmd|bat|ps1)$/i, '');
  return Object.hasOwn(REMARKS, name) ? REMARKS[name]?.(args) : undefined;
}

function byConfig(tool: string, how: string): string {
  return `${tool} takes its address and key from its own settings (here: ${how}). Calls that go elsewhere are not in this budget.`;
}
