import { Status } from '../components/Status.tsx';
import { useConnection, useLive } from '../live/use-live.ts';
import classes from './ConnectionStatus.module.css';
import { connectionWords } from './connection-words.ts';

export function ConnectionStatus() {
  const paused = useLive((live) => live.pause.active) === true;
  const { tone, words } = connectionWords(useConnection(), paused);
  return (
    <span className={classes.status} title={words}>
      <Status tone={tone}>{words}</Status>
    </span>
  );
}
