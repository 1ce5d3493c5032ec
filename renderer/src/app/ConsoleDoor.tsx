import { Code } from '@mantine/core';
import { Mark } from '../components/Mark.tsx';
import classes from './ConsoleDoor.module.css';

/** Shown instead of the pages when this tab has no valid link. Tells how to get one; asks for nothing. */
export function ConsoleDoor({ reason }: { readonly reason: 'no-link' | 'denied' }) {
  return (
    <main className={classes.door}>
      <title>Open the console · Gatehouse</title>
      <div className={classes.card}>
        <Mark size={40} />
        <h1 className={classes.title}>
          {reason === 'no-link' ? 'Open the console with its link' : 'This link is no longer valid'}
        </h1>
        <p className={classes.text}>
          {reason === 'no-link'
            ? 'This page controls your gateway, so it opens only with the private link that Gatehouse prints when it starts.'
            : 'Each start of the gateway makes a new private link. The gateway was restarted, or the link was copied incompletely.'}
        </p>
        <ol className={classes.steps}>
          <li>Go to the terminal where Gatehouse runs.</li>
          <li>
            Find the line with <Code>consoleUrl</Code>. If it is gone, stop Gatehouse and start it again.
          </li>
          <li>
            Open that whole link here, including the part after <Code>#token=</Code>.
          </li>
        </ol>
        <p className={classes.note}>
          The link stays in this tab only. Your tools are not affected: they use access keys.
        </p>
      </div>
    </main>
  );
}
