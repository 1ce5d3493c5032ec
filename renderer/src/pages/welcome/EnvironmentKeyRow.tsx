import { Button } from '@mantine/core';
import { Notice } from '../../components/Notice.tsx';
import type { EnvironmentKeyView } from '../../contract-views.ts';
import { explainError } from '../../format/explain-error.ts';
import { keyObstacle } from './key-words.ts';
import { ProviderCheck } from './ProviderCheck.tsx';
import { ProviderStanding } from './ProviderStanding.tsx';
import rows from './Rows.module.css';
import { type Keep, useAdopt } from './use-adopt.ts';

interface EnvironmentKeyRowProps {
  readonly found: EnvironmentKeyView;
  readonly keep: Keep;
  readonly readOnly: boolean;
}

/** One key: whose it is, its masked form, and a button where it can be taken over. */
export function EnvironmentKeyRow({ found, keep, readOnly }: EnvironmentKeyRowProps) {
  const adopt = useAdopt();
  const obstacle = keyObstacle(found);
  const stays = keep === 'environment' && !found.referable;
  return (
    <li className={rows.row}>
      <div className={rows.line}>
        <div className={rows.words}>
          <p className={rows.name}>{found.label}</p>
          <p className={rows.detail}>
            <code>{found.variable}</code>
            {found.hint !== undefined && (
              <>
                {' · '}
                <span className="mono">{found.hint}</span>
              </>
            )}
            {found.temporary === true && ' · temporary: it ends with its session'}
          </p>
        </div>
        {found.state === 'used' && <ProviderStanding id={found.provider} good={`Used by ${found.provider}`} />}
        {found.state === 'free' && !readOnly && (
          <Button
            size="xs"
            loading={adopt.isPending}
            onClick={() => adopt.mutate({ variable: found.variable, keep: stays ? 'keychain' : keep })}
            aria-label={`Use it: ${found.variable}`}
          >
            Use it
          </Button>
        )}
      </div>
      {obstacle !== undefined && <p className={rows.detail}>{obstacle}</p>}
      {found.state === 'free' && !readOnly && stays && (
        <p className={rows.detail}>It is in parts, so it can only be copied.</p>
      )}
      {adopt.isError && (
        <div className={rows.after}>
          <Notice tone="bad" urgent title="Not taken over">
            {explainError(adopt.error)}
          </Notice>
        </div>
      )}
      {found.state === 'used' && <ProviderCheck id={found.provider} />}
    </li>
  );
}
