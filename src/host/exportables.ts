/** The pictures that a preview offers to save and to copy: which ones there are, their titles and file names. */
import * as vscode from 'vscode';
import type { Outcome } from '../channel';
import type { PoolingLayer } from '../core/layer';
import { type OperatorName, operators } from '../core/operators';
import { alteredBase, isBefore, isChange, isStage, type StageName } from '../core/panes';
import type { Encoded, EncodeRequest } from '../engine/message';
import { pooledPath } from '../export/pictureFile';
import { type Alteration, isNoise } from '../lab/alteration';
import type { Status } from '../protocol';
import type { PictureDocument } from './document';

/** A pane whose picture can be exported. */
export type ExportedPane = EncodeRequest['pane'] | StageName;

/** A picture that can be exported: a pooling, or a stage of a stack. */
export interface Exportable {
  /** Its pane on the page. */
  readonly pane: ExportedPane;
  /** In the user's language. */
  readonly title: string;
  /** Short, for the status bar. */
  readonly shortTitle: string;
  encode(as: EncodeRequest['as']): Promise<Outcome<Encoded>>;
}

/** The pictures that the preview shows, besides the input. */
export function exportables(
  document: PictureDocument,
  { view, alteration, options, operators: names, stack }: Status,
): Exportable[] {
  if (!stack) {
    const pooling = { view, ...(alteration && { alteration }), options };
    return panesOf(alteration, names).map(pane => ({
      pane,
      title: titleOf(pane, alteration, 'longTitle'),
      shortTitle: titleOf(pane, alteration, 'title'),
      encode: as => document.ask('encode', { ...pooling, pane, as }),
    }));
  }
  const layers = stack.layers.slice(0, stack.computed) as PoolingLayer[];
  return layers.map(({ operator }, i) => {
    const title = `${i + 1} · ${vscode.l10n.t(operators[operator].title)}`;
    return {
      pane: `stage${i + 1}` as const,
      title,
      shortTitle: title,
      encode: as => document.ask('encodeStage', { view, layers: layers.slice(0, i + 1), as }),
    };
  });
}

/** The panes that can be exported: poolings, the noisy picture, and of a move also what was before and what changes. */
function panesOf(alteration: Alteration | undefined, names: readonly OperatorName[]): readonly EncodeRequest['pane'][] {
  if (!alteration) return names;
  if (isNoise(alteration)) return ['input', ...names];
  return names.flatMap(name => [name, `before.${name}`, `change.${name}`] as const);
}

/** A picture's title in the user's language. */
function titleOf(
  pane: EncodeRequest['pane'],
  alteration: Alteration | undefined,
  length: 'title' | 'longTitle',
): string {
  if (isBefore(pane) || isChange(pane)) {
    const base = alteredBase(pane);
    const title = base === 'input' ? vscode.l10n.t('Input') : vscode.l10n.t(operators[base][length]);
    return isChange(pane) ? vscode.l10n.t('{0}: difference', title) : title;
  }
  if (pane === 'input') return vscode.l10n.t('Noisy picture');
  const title = vscode.l10n.t(operators[pane][length]);
  return alteration?.kind === 'shift' ? vscode.l10n.t('{0}, moved', title) : title;
}

/** The poolings that a pane is about: all for the input. */
export function operatorsOf(pane: ExportedPane, all: readonly OperatorName[]): readonly OperatorName[] {
  if (isStage(pane)) return all;
  const base = isBefore(pane) || isChange(pane) ? alteredBase(pane) : pane;
  return base === 'input' ? all : [base];
}

/** Where a pane's picture is saved beside the file: as scripts name it, where they write it. */
export function savedPath(path: string, pane: ExportedPane, alteration: Alteration | undefined): string {
  if (isStage(pane)) return pooledPath(path, pane);
  if (isBefore(pane)) return pooledPath(path, alteredBase(pane));
  if (isChange(pane)) return pooledPath(path, `${alteredBase(pane)}Difference`, alteration);
  return pane === 'input' ? pooledPath(path, 'noisy') : pooledPath(path, pane, alteration);
}
