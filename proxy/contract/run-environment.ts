/**
 * What points a tool at Gatehouse by its environment: for the child of `gatehouse run`, and as lines to copy from the
 * window. Which tool reads which variable: docs/cli.md.
 */

/** Sets these for one command or one shell. Values hold the access key, so they are shown to nobody else. */
export function runEnvironment({ baseUrl, secret }: { baseUrl: string; secret: string }): Record<string, string> {
  const versioned = baseUrl.replace(/\/+$/, '');
  const root = versioned.replace(/\/v1$/, '');
  return {
    OPENAI_BASE_URL: versioned,
    OPENAI_API_BASE: versioned,
    OPENAI_API_KEY: secret,
    ANTHROPIC_BASE_URL: root,
    ANTHROPIC_AUTH_TOKEN: secret,
    GOOGLE_GEMINI_BASE_URL: root,
    GEMINI_BASE_URL: root,
    GEMINI_API_KEY: secret,
    GOOGLE_API_KEY: secret,
    COPILOT_PROVIDER_TYPE: 'openai',
    COPILOT_PROVIDER_BASE_URL: versioned,
    COPILOT_PROVIDER_API_KEY: secret,
    // A Codex that was set up for Gatehouse reads its key from here (`env_key`).
    GATEHOUSE_KEY: secret,
  };
}

/** With one of these a tool would go another way than through the gateway, or with another key. */
export const CONFLICTING_VARIABLES: readonly string[] = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BEDROCK_BASE_URL',
  'ANTHROPIC_VERTEX_BASE_URL',
  'ANTHROPIC_UNIX_SOCKET',
  'CLAUDE_CODE_OAUTH_TOKEN',
  'CLAUDE_CODE_USE_BEDROCK',
  'CLAUDE_CODE_USE_FOUNDRY',
  'CLAUDE_CODE_USE_VERTEX',
  'CODEX_API_KEY',
  'GOOGLE_GENAI_USE_GCA',
  'GOOGLE_GENAI_USE_VERTEXAI',
  'GOOGLE_VERTEX_BASE_URL',
  'OPENAI_API_TYPE',
  'OPENAI_ORGANIZATION',
  'OPENAI_ORG_ID',
  'OPENAI_PROJECT_ID',
];

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

/** Lines for a person to paste: first what is unset, then what is set. Every value is quoted as that shell wants it. */
export function shellLines(
  shell: Shell,
  env: Readonly<Record<string, string>>,
  unset: readonly string[] = CONFLICTING_VARIABLES,
): string[] {
  const gone = unset.filter((name) => env[name] === undefined);
  switch (shell) {
    case 'bash':
    case 'zsh':
      return [
        ...(gone.length === 0 ? [] : [`unset ${gone.join(' ')}`]),
        ...entriesOf(env).map(([name, value]) => `export ${name}=${posixQuoted(value)}`),
      ];
    case 'fish':
      return [
        ...(gone.length === 0 ? [] : [`set -e ${gone.join(' ')}`]),
        ...entriesOf(env).map(([name, value]) => `set -gx ${name} ${fishQuoted(value)}`),
      ];
    case 'powershell':
      return [
        ...(gone.length === 0
          ? []
          : [`Remove-Item -ErrorAction SilentlyContinue ${gone.map((name) => `Env:${name}`).join(', ')}`]),
        ...entriesOf(env).map(([name, value]) => `$env:${name} = ${powershellQuoted(value)}`),
      ];
    default:
      return shell satisfies never;
  }
}

function entriesOf(env: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(env).map(([name, value]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new RangeError(`"${name}" is not the name of a variable`);
    return [name, value];
  });
}

function posixQuoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function fishQuoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** PowerShell takes typographic quotes for plain ones, so they are doubled too. */
function powershellQuoted(value: string): string {
  return `'${value.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}
