import classes from './CopyField.module.css';
import { CopyIcon } from './CopyIcon.tsx';

interface CopyFieldProps {
  readonly value: string;
  readonly name: string;
  /** Several lines, kept as written. */
  readonly block?: boolean;
}

/** A value to copy, fully readable: long ones wrap. */
export function CopyField({ value, name, block = false }: CopyFieldProps) {
  return (
    <div className={classes.field} data-block={block || undefined}>
      <pre className={classes.value}>{value}</pre>
      <CopyIcon value={value} name={name} />
    </div>
  );
}
