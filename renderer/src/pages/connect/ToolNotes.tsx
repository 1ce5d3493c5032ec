import classes from './ToolNotes.module.css';

/** What to know beside the steps. */
export function ToolNotes({
  notes,
  title = 'Good to know',
}: {
  readonly notes: readonly string[];
  readonly title?: string;
}) {
  if (notes.length === 0) return null;
  return (
    <div>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
