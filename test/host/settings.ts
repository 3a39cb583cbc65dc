/** A calm first screen, and nothing that calls home: the settings that every embedded VS Code starts with. */
export const calmSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Has the extension run in the browser, as on vscode.dev, and not in Node on the server. A window's `extensionDevelopmentKind`
 * does not: both embedded versions keep it under one name in a browser and look for another, so what has `main` runs in Node.
 */
export const webSettings: Readonly<Record<string, unknown>> = {
  'remote.extensionKind': { 'pooling-preview.pooling-preview': ['web'] },
};
