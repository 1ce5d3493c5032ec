import { Redirect } from 'wouter';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useSetup } from '../welcome/use-setup.ts';
import { ConnectCard } from './ConnectCard.tsx';
import { HealthCard } from './HealthCard.tsx';
import { LastDayCard } from './LastDayCard.tsx';
import { LiveFeed } from './LiveFeed.tsx';
import classes from './OverviewPage.module.css';
import { SetupReminder } from './SetupReminder.tsx';
import { SpendCards } from './SpendCards.tsx';

export function OverviewPage() {
  const setup = useSetup().data;
  // A new installation begins with the guided start. It is not new any more once the guide is seen.
  if (setup?.state === 'new') return <Redirect to="/welcome" replace />;
  return (
    <>
      <PageHeader title="Overview" actions={setup !== undefined && <SetupReminder setup={setup} />} />
      <SpendCards />
      <LastDayCard />
      <div className={classes.columns}>
        <LiveFeed />
        <div className={classes.side}>
          <ConnectCard />
          <HealthCard />
        </div>
      </div>
    </>
  );
}
