import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import type { ExportFormat } from '../../../../proxy/contract/usage.ts';
import { useSession } from '../../app/session-context.ts';
import { explainError } from '../../format/explain-error.ts';
import { formatCount } from '../../format/tokens.ts';
import { civilDayOf, isoOfDay } from '../../usage/zoned-days.ts';
import { saveBlob } from './save-blob.ts';
import { asked, type UsageQuery } from './usage-query.ts';

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', jsonl: 'application/jsonl' };

/** Streams the requests of a period into a file. `lines`: how far it is; undefined while none is under way. */
export function useExport() {
  const { client } = useSession();
  const [lines, setLines] = useState<number>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (query: UsageQuery, timeZone: string, format: ExportFormat) => {
    const stopping = new AbortController();
    running.current = stopping;
    setLines(0);
    try {
      // Blobs are kept outside the page's memory, so the text of a long period never stands there as a whole.
      const parts: Blob[] = [];
      let count = format === 'csv' ? -1 : 0;
      for await (const chunk of await client.usage.export({ ...asked(query), format }, { signal: stopping.signal })) {
        parts.push(new Blob([chunk]));
        count += linesOf(chunk, format);
        setLines(Math.max(0, count));
      }
      if (stopping.signal.aborted) return;
      const name = `gatehouse-usage-${dayOf(query.fromMs, timeZone)}-to-${dayOf(query.toMs - 1, timeZone)}.${format}`;
      saveBlob(name, new Blob(parts, { type: TYPES[format] }));
      notifications.show({
        title: name,
        message: count === 1 ? '1 request exported.' : `${formatCount(count)} requests exported.`,
      });
    } catch (error) {
      if (stopping.signal.aborted) return;
      notifications.show({ color: 'red', title: 'The export stopped', message: explainError(error) });
    } finally {
      if (running.current === stopping) {
        running.current = undefined;
        setLines(undefined);
      }
    }
  };
  const stop = () => {
    running.current?.abort();
    running.current = undefined;
    setLines(undefined);
  };
  return { lines, start, stop };
}

function linesOf(chunk: string, format: ExportFormat): number {
  // A CSV cell may hold a line break, inside quotes.
  const plain = format === 'csv' ? chunk.replaceAll(/"[^"]*"/g, '') : chunk;
  return plain.split('\n').length - 1;
}

function dayOf(atMs: number, timeZone: string): string {
  return isoOfDay(civilDayOf(atMs, timeZone));
}
