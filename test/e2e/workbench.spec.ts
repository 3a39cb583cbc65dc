import { expect, test } from './fixtures';

test('the workbench opens on the sample pictures', async ({ shared }) => {
  await expect(shared.explorerRow('mountain.jpg')).toBeVisible();
});
