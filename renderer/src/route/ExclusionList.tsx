import type { RouteExclusion } from '../../../proxy/contract/routes.ts';
import { groupExcluded } from './group-excluded.ts';
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
        {groupExcluded(excluded).map(({ provider, models, reason, message }) => {
          const [only] = models;
          const alone = models.length === 1 && only !== undefined;
          return (
            <li key={`${provider} ${reason} ${message}`} className={classes.item}>
              <div className={classes.line}>
                <span className={classes.name}>
                  <span className="mono">{alone ? endpointName(provider, only) : provider}</span>
                  {!alone && <span className="muted">, {models.length} models</span>}
                </span>
                <span className={classes.tag}>{exclusionWords(reason)}</span>
              </div>
              <p className={classes.why}>{message}</p>
              {!alone && <p className={`${classes.why} mono`}>{models.join(', ')}</p>}
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className={classes.more}>and {more} more</p>}
    </>
  );
}
