import { Anchor } from '@mantine/core';
import type { KindChoice } from './provider-draft.ts';

/** What to type, and where it is made. Bedrock takes three forms, because AWS hands out three. */
export function CredentialHelp({ kind }: { readonly kind: KindChoice }) {
  return (
    <>
      {kind.needsRegion && 'A Bedrock API key, or ACCESS_KEY_ID:SECRET_ACCESS_KEY, with :SESSION_TOKEN if it has one. '}
      You can also add it later. It is kept in the store shown on the page.
      {kind.keysUrl !== undefined && (
        <>
          {' '}
          <Anchor href={kind.keysUrl} target="_blank" rel="noreferrer" inherit underline="always">
            Make one at {new URL(kind.keysUrl).hostname}
          </Anchor>
        </>
      )}
    </>
  );
}
