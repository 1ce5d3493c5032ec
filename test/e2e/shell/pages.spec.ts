/** Every page of the window inside the desktop app, answered over its MessagePort. */
import { goToPlace, PLACES } from '../console/care.ts';
import { chat, expect, firstStart, test } from './fixture.ts';

test('every page loads, and the window complains of nothing', async ({ shell }) => {
  const running = await firstStart(shell);
  await (await chat(running)).text();
  const page = await shell.page();
  await expect(page.getByRole('row').filter({ hasText: 'Settled' })).toHaveCount(1);
  for (const place of PLACES) {
    await goToPlace(page, place);
    await expect(page.getByRole('button', { name: 'Try again' }), place[0]).toHaveCount(0);
  }
});
