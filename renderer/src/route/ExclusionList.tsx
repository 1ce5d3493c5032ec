import type { RouteExclusion } from '../../../proxy/contract/routes.ts';
import classes from './RouteLists.module.css';
import { endpointName, exclusionWords } from './route-words.ts';

interface ExclusionListProps {
  readonly excluded: readonly RouteExclusion[];
  /** More that are not shown. */
  readonly more: number;
}

/** Who could have been in the list, and what keeps it out. */
export function ExclusionList({ excluded, more }: ExclusionListProps) {
  return (
    <>
      <ul className={classes.list} aria-label="Left out">
        {excluded.map(({ provider, model, reason, message }) => (
          <li key={`${provider}/${model} ${reason}`} className={classes.item}>
            <div className={classes.line}>
              <span className={`${classes.name} mono`}>{endpointName(provider, model)}</span>
              <span className={classes.tag}>{exclusionWords(reason)}</span>
            </div>
            <p className={classes.why}>{message}</p>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={classes.more}>and {more} more</p>}
    </>
  );
}
