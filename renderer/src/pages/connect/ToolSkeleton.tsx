import { Skeleton } from '@mantine/core';
import classes from './ToolPage.module.css';

export function ToolSkeleton() {
  return (
    <div className={classes.columns} aria-busy="true">
      <Skeleton height={420} radius={10} />
      <div className={classes.side}>
        <Skeleton height={250} radius={10} />
        <Skeleton height={120} radius={10} />
      </div>
    </div>
  );
}
