import { Notice } from '../../components/Notice.tsx';
import { useLive } from '../../live/use-live.ts';
import { UnlockForm } from './UnlockForm.tsx';

/** Which store holds the credentials, why not the keychain if it is not, and what to do when it is locked. */
export function KeychainNotice() {
  const store = useLive((live) => live.gateway.keychain);
  if (store === undefined) return null;
  const file = store.backend === 'encrypted-file';
  if (store.state === 'ready') {
    return (
      <Notice
        tone={file ? 'info' : 'ok'}
        title={file ? 'Credentials are kept in an encrypted file' : 'Credentials are kept in the system keychain'}
      >
        {store.detail}
      </Notice>
    );
  }
  if (store.state === 'locked') {
    return (
      <Notice tone="warn" title={file ? 'The encrypted file is locked' : 'The system keychain is locked'}>
        <p>{store.detail}</p>
        {file && <UnlockForm />}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title="Credentials cannot be kept right now">
      {store.detail}
    </Notice>
  );
}
