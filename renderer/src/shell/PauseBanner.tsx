import { formatMinute, formatWhen } from '../format/time.ts';
import { useLive } from '../live/use-live.ts';
import classes from './Banner.module.css';

/** While paused, every page says so: nothing gets through, and why. */
export function PauseBanner() {
  const pause = useLive((live) => live.pause);
  if (pause?.active !== true) return null;
  return (
    <div className={classes.banner} data-tone="warn">
      <strong>
        {pause.untilMs === undefined
          ? 'All calls are paused.'
          : `All calls are paused until ${formatMinute(pause.untilMs)}.`}
      </strong>
      <span>
        {pause.by === 'config'
          ? 'The config file switches the gateway off (killSwitch.global). It can only be lifted there.'
          : `Tools get the error kill_switch until ${pause.untilMs === undefined ? 'you resume' : 'then, or until you resume'}. Nothing is sent to any provider.`}
        {pause.sinceMs !== undefined &&
          pause.untilMs === undefined &&
          ` Since ${formatWhen(pause.sinceMs, Date.now())}.`}
      </span>
    </div>
  );
}
