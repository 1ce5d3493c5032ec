import { Status } from '../../components/Status.tsx';
import { useLive } from '../../live/use-live.ts';
import { EnvironmentKeys } from './EnvironmentKeys.tsx';
import { LocalServers } from './LocalServers.tsx';
import rows from './Rows.module.css';
import { StepFrame, type StepProps } from './StepFrame.tsx';

/** What can be used right away: keys of the environment, model servers of this machine, the simulator. */
export function FoundStep({ setup, onBack, onNext }: StepProps) {
  return (
    <StepFrame
      title="Welcome to Gatehouse"
      text="One gate on your own machine for every model you use. First, a look at what is here already. Five short steps; each can be skipped."
      done
      onBack={onBack}
      onNext={onNext}
    >
      <EnvironmentKeys keys={setup.environment} />
      <LocalServers />
      <Simulator />
    </StepFrame>
  );
}

function Simulator() {
  const simulator = useLive((live) => live.providers.find(({ kind, enabled }) => kind === 'simulator' && enabled));
  if (simulator === undefined) return null;
  return (
    <section aria-label="Built in">
      <h2 className={rows.title}>Built in</h2>
      <ul className={rows.rows}>
        <li className={rows.row}>
          <div className={rows.line}>
            <div className={rows.words}>
              <p className={rows.name}>Simulator</p>
              <p className={rows.detail}>
                Answers at once, costs nothing, and nothing leaves this machine. Good for trying tools.
              </p>
            </div>
            <Status tone="ok">Ready</Status>
          </div>
        </li>
      </ul>
    </section>
  );
}
