import type { FilePlan } from '../../contract-views.ts';
import classes from './FileChange.module.css';
import { FileDiff } from './FileDiff.tsx';

/** One file of the tool: where it is, and what would change in it. Keys are hidden in what is shown. */
export function FileChange({ file }: { readonly file: FilePlan }) {
  return (
    <div>
      <p className={classes.head}>
        <code>{file.shownPath}</code>
        <span className="muted">{file.exists ? 'edited' : 'new file'}</span>
      </p>
      {file.linkTarget !== undefined && (
        <p className={classes.link}>
          A link: <code>{file.linkTarget}</code> is what changes.
        </p>
      )}
      <FileDiff diff={file.diff} name={`Changes to ${file.shownPath}`} />
    </div>
  );
}
