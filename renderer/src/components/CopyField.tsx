import classes from './CopyField.module.css';
import { CopyIcon } from './CopyIcon.tsx';

/** A value to copy, fully readable: long ones wrap. */
export function CopyField({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <div className={classes.field}>
      <span className={classes.value}>{value}</span>
      <CopyIcon value={value} name={name} />
    </div>
  );
}
