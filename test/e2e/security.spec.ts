import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { canvas, expectNoOverflow, noise, opened, pane, png } from './preview';

test('an inline script and a remote picture are blocked', async ({ shared }) => {
  const webview = await opened(shared, 'text.png');
  const blocked = await webview.locator('body').evaluate(async body => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      violations.push(`${effectiveDirective} ${blockedURI}`);
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
    body.append(script, remote, picture, frame);
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    body.append(style);
    const fetched = await fetch('https://example.invalid/data').then(
      () => 'fetched',
      () => 'refused',
    );
    // Code as text, run by a timer: what Playwright itself evaluates is exempt from the policy.
    setTimeout('window.intruded = true');
    await new Promise(resolve => setTimeout(resolve, 300));
    const display = getComputedStyle(body).display;
    for (const element of [script, remote, picture, frame, style]) element.remove();
    return { violations, intruded: 'intruded' in window, fetched, display };
  });
  expect(blocked.intruded).toBe(false);
  expect(blocked.fetched).toBe('refused');
  expect(blocked.display).not.toBe('none');
  expect(blocked.violations).toEqual(
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
    writeFileSync(join(shared.folder, name), png(noise(40, 30, 3)));
    const start = name.split('\n')[0]!.slice(0, 20);
    const row = shared.page.locator('.explorer-folders-view [role=treeitem]').filter({ hasText: start.trim() });
    await shared.contextMenu(row, 'Preview Pooling');
    const webview = shared.webview();
    await expect(canvas(webview, 'average')).toBeVisible({ timeout: 20_000 });
    const label = pane(webview, 'input').locator('header code');
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
