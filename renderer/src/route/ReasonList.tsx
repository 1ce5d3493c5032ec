import type { RouteView } from '../../../proxy/contract/routes.ts';
import classes from './RouteLists.module.css';
import { decidedBy, kindWords } from './route-words.ts';

/** What led to the list, one sentence each; before them what was asked for and what decided. */
export function ReasonList({ route }: { readonly route: RouteView }) {
  return (
    <>
      <p className={classes.why}>{[kindWords(route.kind), ...decidedBy(route)].join(' · ')}</p>
      {route.reasons.length > 0 && (
        <ol className={classes.reasons}>
          {route.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ol>
      )}
    </>
  );
}
