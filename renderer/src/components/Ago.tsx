import { formatAgo, formatInstant } from '../format/time.ts';
import { useNow } from './use-now.ts';

/** How long ago, kept current; the full instant on hover. */
export function Ago({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow(30_000);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatInstant(atMs)}>
      {formatAgo(atMs, nowMs)}
    </time>
  );
}
