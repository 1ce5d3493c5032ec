import { Modal } from '@mantine/core';
import { useState } from 'react';
import { CreateKeyForm } from './CreateKeyForm.tsx';
import { NewKeySecret } from './NewKeySecret.tsx';

interface CreateKeyDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** First the name, then the secret, once. While the secret shows, a stray click outside does not lose it. */
export function CreateKeyDialog({ opened, onClose }: CreateKeyDialogProps) {
  const [made, setMade] = useState<{ readonly id: string; readonly secret: string }>();
  const close = () => {
    onClose();
    setMade(undefined);
  };
  return (
    <Modal
      opened={opened}
      size={560}
      onClose={close}
      title={made === undefined ? 'Create an access key' : 'Copy your key now'}
      closeOnClickOutside={made === undefined}
      closeOnEscape={made === undefined}
      withCloseButton={made === undefined}
    >
      {made === undefined ? (
        <CreateKeyForm onCreated={setMade} onCancel={close} />
      ) : (
        <NewKeySecret id={made.id} secret={made.secret} onDone={close} />
      )}
    </Modal>
  );
}
