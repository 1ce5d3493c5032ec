import type { ConfigVersionView } from '../../../../../proxy/contract/views.ts';
import { Ago } from '../../../components/Ago.tsx';
import classes from './VersionList.module.css';
import { noNoteWords, sourceWords } from './version-words.ts';

interface VersionListProps {
  readonly versions: readonly ConfigVersionView[];
  readonly shown: number | undefined;
  readonly onShow: (number: number) => void;
}

export function VersionList({ versions, shown, onShow }: VersionListProps) {
  const present = versions[0]?.number;
  return (
    <ol className={classes.list} aria-label="Config versions">
      {versions.map(({ number, appliedAtMs, source, note }) => (
        <li key={number}>
          <button
            type="button"
            className={classes.version}
            aria-current={number === shown ? 'true' : undefined}
            onClick={() => onShow(number)}
          >
            <span className={`${classes.number} num`}>{number}</span>
            <span className={classes.words}>
              <span className={classes.note}>{note ?? noNoteWords(source)}</span>
              <span className={classes.how}>
                {sourceWords(source)}, <Ago atMs={appliedAtMs} />
              </span>
            </span>
            {number === present && <span className={classes.present}>In use</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
