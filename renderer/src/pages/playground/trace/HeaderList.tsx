import { RouteSection } from '../../../route/RouteSection.tsx';
import classes from './HeaderList.module.css';

interface HeaderListProps {
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** What a client would see of the head of the answer. */
export function HeaderList({ status, headers }: HeaderListProps) {
  return (
    <RouteSection title="Response headers">
      <dl className={classes.headers}>
        <div className={classes.header}>
          <dt>status</dt>
          <dd>{status}</dd>
        </div>
        {headers.map(({ name, value }) => (
          <div key={name} className={classes.header}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </RouteSection>
  );
}
