import { Button } from '@mantine/core';
import { useState } from 'react';
import { Ago } from '../../components/Ago.tsx';
import { Status } from '../../components/Status.tsx';
import type { AlertView } from '../../contract-views.ts';
import classes from './AlertsCard.module.css';
import { alertTone, eventWords } from './alert-words.ts';
import { Deliveries } from './Deliveries.tsx';

export function AlertItem({ alert }: { readonly alert: AlertView }) {
  const [open, setOpen] = useState(false);
  return (
    <li className={classes.item} data-alert={alert.id}>
      <Status tone={alertTone(alert.severity)}>{eventWords(alert.event)}</Status>
      <div>
        <p className={classes.title}>{alert.title}</p>
        <p className={classes.message}>{alert.message}</p>
      </div>
      <div className={classes.aside}>
        <Ago atMs={alert.atMs} />
        <Button
          size="compact-xs"
          variant="default"
          aria-expanded={open}
          aria-label={`Deliveries of ${alert.title}`}
          onClick={() => setOpen(!open)}
        >
          Deliveries
        </Button>
      </div>
      {open && (
        <div className={classes.deliveries}>
          <Deliveries alertId={alert.id} />
        </div>
      )}
    </li>
  );
}
