/** Child of crash.test.ts: creates and migrates one data directory after the other until it is killed. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../proxy/core/clock.ts';
import { MIGRATIONS } from '../../../proxy/storage/migrations/index.ts';
import { openStorage } from '../../../proxy/storage/open.ts';

const [parent = ''] = process.argv.slice(2);
const next = { version: MIGRATIONS.length + 1, name: 'next', sql: 'CREATE TABLE next_release (x INTEGER) STRICT;' };

for (let number = 0; ; number += 1) {
  const dataDir = join(parent, `data-${number}`);
  appendFileSync(join(parent, 'started'), `${dataDir}\n`);
  const created = openStorage({ dataDir, clock: systemClock });
  created.db.prepare("INSERT INTO state VALUES ('kept', '1', 0)").run();
  appendFileSync(join(parent, 'written'), `${dataDir}\n`);
  created.close();
  openStorage({ dataDir, clock: systemClock, migrations: [...MIGRATIONS, next] }).close();
  process.send?.(number);
}
