import { formatNano, formatNanoExactly } from '../format/money.ts';

/** An amount as people read it; every digit on hover. */
export function Money({ nano }: { readonly nano: number | undefined }) {
  return (
    <span
      className={nano === undefined ? 'muted' : 'num'}
      title={nano === undefined ? undefined : formatNanoExactly(nano)}
    >
      {formatNano(nano)}
    </span>
  );
}
