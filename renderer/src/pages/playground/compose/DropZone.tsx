import { IconPhotoDown } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import classes from './DropZone.module.css';
import { useAttach } from './use-attach.tsx';

interface DropZoneProps {
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** A section that takes images from another window. */
export function DropZone({ label, className, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const attach = useAttach();
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const onLeave = (event: DragEvent) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false);
  };
  const onDrop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(false);
    attach([...event.dataTransfer.files]);
  };
  return (
    <section
      className={className}
      aria-label={label}
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={onLeave}
      onDrop={onDrop}
    >
      {children}
      {over && (
        <div className={classes.over}>
          <IconPhotoDown size={26} aria-hidden="true" />
          Drop images to attach them
        </div>
      )}
    </section>
  );
}
