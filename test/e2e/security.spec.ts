import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { canvas, expectNoOverflow, noise, opened, pane, png } from './preview';

test('an inline script and a remote picture are blocked', async ({ shared }) => {
  const webview = await opened(shared, 'text.png');
  const body = webview.locator('body');
  await body.evaluate(body => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      body.dataset['violations'] = `${body.dataset['violations'] ?? ''}${effectiveDirective} ${blockedURI}\n`;
    });
    const script = document.createElement('script');
    script.textContent = 'window.intruded = true';
    const remote = document.createElement('script');
    remote.src = 'https://example.invalid/script.js';
    const picture = document.createElement('img');
    picture.src = 'https://example.invalid/picture.png';
    picture.setAttribute('onerror', 'window.intruded = true');
    const frame = document.createElement('iframe');
    frame.src = 'https://example.invalid/';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    body.append(script, remote, picture, frame, style);
    fetch('https://example.invalid/data').then(
      () => Object.assign(window, { intruded: true }),
      () => {},
    );
    // Code as text, run by a timer: what Playwright itself evaluates is exempt from the policy.
    setTimeout('window.intruded = true');
  });
  // What has been reported has been blocked, and will do nothing later.
  const violations = async () => (await body.getAttribute('data-violations'))?.split('\n');
  await expect
    .poll(violations)
    .toEqual(
      expect.arrayContaining([
        'script-src-elem inline',
        'script-src-elem https://example.invalid/script.js',
        'img-src https://example.invalid/picture.png',
        'script-src-attr inline',
        'script-src eval',
        'style-src-elem inline',
        'connect-src https://example.invalid/data',
        'frame-src https://example.invalid',
      ]),
    );
  expect(await body.evaluate(() => 'intruded' in window)).toBe(false);
  await expect(body).toBeVisible();
  shared.takeComplaints(); // the browser reports each of them there
});

const names: Readonly<Record<string, string>> = {
  HTML: '<img src=x onerror=globalThis.intruded=1>.png',
  'quotes and braces': `it's a "quoted" \${name} {0} & &amp; [x].png`,
  'a line break': 'two\nlines.png',
  'bidi override': 'abc\u202egnp.exe.png',
  '200 characters': `${'long name '.repeat(19)}long.png`,
};

for (const [what, name] of Object.entries(names)) {
  test(`a file name with ${what} is text, wherever it shows`, async ({ shared }) => {
    shared.write({ [name]: png(noise(40, 30, 3)) });
    await shared.refreshExplorer();
    const start = name.split('\n')[0]!.slice(0, 20);
    const row = shared.page.locator('.explorer-folders-view [role=treeitem]').filter({ hasText: start.trim() });
    await shared.contextMenu(row, 'Preview Pooling');
    const webview = shared.webview();
    await expect(canvas(webview, 'average')).toBeVisible({ timeout: 20_000 });
    const label = pane(webview, 'input').locator('.remark');
    expect(await label.evaluate(element => element.textContent)).toBe(name);
    await expect(label).toHaveAttribute('title', name);
    expect(await label.evaluate(element => element.childElementCount)).toBe(0);
    await expectNoOverflow(webview);

    // A failure names no file, but opening one does.
    writeFileSync(join(shared.folder, name), 'no picture');
    await expect(webview.getByRole('alert')).toContainText('This is a text file');
    await expectNoOverflow(webview);
    expect(await webview.locator('body').evaluate(() => 'intruded' in globalThis)).toBe(false);
  });
}
