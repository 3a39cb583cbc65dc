import { expect, test } from './fixtures';

test('the workbench opens on the sample pictures', async ({ vscode }) => {
  await expect(vscode.explorerRow('mountain.jpg')).toBeVisible();
});
