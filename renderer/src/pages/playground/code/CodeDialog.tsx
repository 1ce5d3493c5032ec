import { Modal, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ChatRequest } from '../../../../../proxy/contract/playground-request.ts';
import { CodeBlock } from '../../../components/CodeBlock.tsx';
import { useLive } from '../../../live/use-live.ts';
import { type CodeLanguage, requestCode } from './request-code.ts';
import { IMAGE_PLACEHOLDER } from './shorten-images.ts';

const LANGUAGES: readonly { readonly value: CodeLanguage; readonly label: string }[] = [
  { value: 'curl', label: 'curl' },
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
];

const NEEDS: Record<CodeLanguage, string> = {
  curl: 'Run it in a POSIX shell.',
  python: 'It needs the package openai: pip install openai',
  typescript: 'It needs the package openai: npm install openai',
};

interface CodeDialogProps {
  readonly request: ChatRequest | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A request as a program would send it. */
export function CodeDialog({ request, opened, onClose }: CodeDialogProps) {
  const [language, setLanguage] = useState<CodeLanguage>('curl');
  const baseUrl = useLive((live) => live.gateway.baseUrl);
  const code = request === undefined || baseUrl === undefined ? '' : requestCode(language, baseUrl, request);
  return (
    <Modal opened={opened && request !== undefined} onClose={onClose} title="This call as code" size="xl">
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Language"
          value={language}
          onChange={(value) => {
            const chosen = LANGUAGES.find((one) => one.value === value);
            if (chosen !== undefined) setLanguage(chosen.value);
          }}
          data={[...LANGUAGES]}
        />
        <CodeBlock title={NEEDS[language]} name="code" code={code} />
        <p className="muted">
          GATEHOUSE_KEY is an access key of yours; a call with it counts to that key.
          {code.includes(IMAGE_PLACEHOLDER) &&
            ` Images are left out: put your own in the place of ${IMAGE_PLACEHOLDER}.`}
        </p>
      </Stack>
    </Modal>
  );
}
