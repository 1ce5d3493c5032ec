import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../app/session-context.ts';
import { CopyField } from '../../components/CopyField.tsx';
import { formatBytes } from '../../format/bytes.ts';
import classes from './ServerCard.module.css';

/** Where everything is kept, and how much room it takes. */
export function DataDirectory({ path }: { readonly path: string }) {
  // It grows with every call and nothing tells of it, so it is asked for whenever the page is opened.
  const system = useQuery(useApi().system.view.queryOptions({ staleTime: 0 }));
  const directory = system.data?.dataDirectory;
  return (
    <div>
      <p className={classes.name}>Data directory</p>
      <CopyField value={path} name="data directory" />
      <p className={classes.room}>
        {directory !== undefined && `${formatBytes(directory.bytes)} in it`}
        {directory?.freeBytes !== undefined && `, ${formatBytes(directory.freeBytes)} free on its disk`}
      </p>
    </div>
  );
}
