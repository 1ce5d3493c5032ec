/** The computer's sleep and shutdown, as the system tells them. */
import type { PowerMonitor } from 'electron';

export interface PowerParts {
  readonly fallsAsleep: () => void;
  readonly wakesUp: () => void;
  readonly quit: () => void;
}

/** Call when the app is ready. */
export function followPower(monitor: PowerMonitor, { fallsAsleep, wakesUp, quit }: PowerParts): void {
  monitor.on('suspend', fallsAsleep);
  monitor.on('resume', wakesUp);
  // The system then waits a moment for what is under way; not waiting would leave it to the next start's recovery.
  monitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    quit();
  });
}
