import { PageHeader } from '../../components/PageHeader.tsx';
import { ConnectCard } from './ConnectCard.tsx';
import { HealthCard } from './HealthCard.tsx';
import { LastDayCard } from './LastDayCard.tsx';
import { LiveFeed } from './LiveFeed.tsx';
import classes from './OverviewPage.module.css';
import { SpendCards } from './SpendCards.tsx';

export function OverviewPage() {
  return (
    <>
      <PageHeader title="Overview" />
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
