import { Stack } from '@mantine/core';
import type { CodeBlock as CodeLines } from '../../../../proxy/contract/connect.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyField } from '../../components/CopyField.tsx';
import type { ToolView } from '../../contract-views.ts';
import classes from './ByHand.module.css';
import { fillKey } from './fill-key.ts';
import { KeyPart } from './KeyPart.tsx';
import { RefusedNotice } from './RefusedNotice.tsx';
import type { Secret } from './secret.ts';
import { ToolNotes } from './ToolNotes.tsx';

interface ByHandProps {
  readonly tool: ToolView;
  readonly secret: Secret | undefined;
  readonly onSecret: (secret: Secret | undefined) => void;
}

/** The steps of a tool, with the lines to copy and the key in them. */
export function ByHand({ tool, secret, onSecret }: ByHandProps) {
  return (
    <Stack gap="md">
      <RefusedNotice tool={tool} />
      <KeyPart tool={tool} secret={secret} onSecret={onSecret} />
      <ol className={classes.steps} aria-label="Steps">
        {tool.steps.map(({ text, code }, at) => (
          <li key={`${text} ${code?.text}`} className={classes.step}>
            <span className={classes.number} aria-hidden="true">
              {at + 1}
            </span>
            <div className={classes.content}>
              <p className={classes.text}>{text}</p>
              {code !== undefined && <StepCode code={code} secret={secret?.value} />}
            </div>
          </li>
        ))}
      </ol>
      <ToolNotes notes={tool.notes} />
    </Stack>
  );
}

/** Over lines that go nowhere in particular. */
const LANGUAGES: Record<CodeLines['language'], string> = {
  bash: 'Terminal',
  powershell: 'PowerShell',
  json: 'JSON',
  jsonc: 'JSON',
  toml: 'TOML',
  yaml: 'YAML',
  dotenv: 'Variables',
  typescript: 'TypeScript',
  python: 'Python',
  text: 'Text',
};

/** A value for a field of the tool is one line to copy; lines for a file or a terminal stay lines. */
function StepCode({ code, secret }: { readonly code: CodeLines; readonly secret: string | undefined }) {
  const text = fillKey(code.text, secret);
  if (code.language === 'text' && !text.includes('\n')) return <CopyField value={text} name={code.copyName} />;
  return <CodeBlock title={code.place ?? LANGUAGES[code.language]} name={code.copyName} code={text} />;
}
