import type { RouteView } from '../../../proxy/contract/routes.ts';
import { AttemptTimeline } from './AttemptTimeline.tsx';
import { CandidateList } from './CandidateList.tsx';
import { ExclusionList } from './ExclusionList.tsx';
import { ReasonList } from './ReasonList.tsx';
import classes from './RouteLists.module.css';
import { RouteSection } from './RouteSection.tsx';
import { spreadsOut } from './route-words.ts';

/** Why a call went where it went: reasons, attempts, the list they were taken from, and who was left out. */
export function RouteTrace({ route }: { readonly route: RouteView }) {
  const { candidates, excluded, attempts } = route;
  return (
    <>
      <RouteSection title="Route">
        <ReasonList route={route} />
      </RouteSection>
      {attempts.length > 0 && (
        <RouteSection title="Attempts">
          <AttemptTimeline attempts={attempts} />
        </RouteSection>
      )}
      {candidates.length > 0 && (
        <RouteSection title="Candidates">
          {spreadsOut(route) && (
            <p className={classes.note}>
              Not by score alone: the wanted tier comes first, and the best of every provider before more of the same
              one.
            </p>
          )}
          <CandidateList candidates={candidates} more={route.more?.candidates ?? 0} />
        </RouteSection>
      )}
      {excluded.length > 0 && (
        <RouteSection title="Left out">
          <ExclusionList excluded={excluded} more={route.more?.excluded ?? 0} />
        </RouteSection>
      )}
    </>
  );
}
