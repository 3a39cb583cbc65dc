import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives the VS Code whose user data is in `dataDir` a language pack for `locale` without a single translation.
 *
 * The real packs come from the extension gallery. With this one VS Code's own words stay English, but it reports the
 * display language, so extensions speak theirs: their package.nls and l10n bundles, as with the real pack.
 */
export function writeLanguagePack(dataDir: string, locale: string): void {
  const folder = join(dataDir, `language-pack-${locale}`);
  mkdirSync(folder, { recursive: true });
  const translations = join(folder, 'main.i18n.json');
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: locale,
    label: locale,
    extensions: [{ extensionIdentifier: { id: `pooling-preview-tests.${locale}` }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  writeFileSync(join(dataDir, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
