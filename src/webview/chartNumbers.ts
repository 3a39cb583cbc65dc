/** What a chart shows, as numbers and in words. */
import * as l10n from '@vscode/l10n';

export interface ChartLine {
  readonly name: string;
  /** Also chooses the shape of its dots: lines differ by more than colour. */
  readonly colour: 'red' | 'blue' | 'green' | 'purple';
  /** One for each tick; undefined: not known yet. `Infinity` stands above the scale. */
  readonly values: readonly (number | undefined)[];
}

export interface ChartProps {
  readonly title: string;
  /** Of the horizontal axis: what `at` counts. */
  readonly axis: string;
  /** In ascending order; as far from one another on the screen whatever `at`. */
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** The present value, in the units of `at`: a vertical line, if it is not beyond the ticks. */
  readonly marker: number | undefined;
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Chooses a tick: the one nearest to a click. */
  readonly onTick?: (at: number) => void;
  /** @param tsv the table, its cells apart by tabs */
  readonly onCopy: (tsv: string) => void;
}

/** Where a value stands among the ticks: 1.5 is halfway from the second to the third. Undefined beyond both ends. */
export function positionOf(ticks: ChartProps['ticks'], value: number): number | undefined {
  const next = ticks.findIndex(({ at }) => at >= value);
  const after = ticks[next]?.at;
  if (after === value) return next;
  const before = ticks[next - 1]?.at;
  return after === undefined || before === undefined ? undefined : next - (after - value) / (after - before);
}

/** A value as the tooltip and the table write it. */
export function valueText({ format }: ChartProps, value: number | undefined): string {
  return value === undefined ? '…' : format(value);
}

/** What the chart says at its marker, in words. */
export function summaryOf(props: ChartProps): string {
  const { title, ticks, marker, lines } = props;
  const position = marker === undefined ? undefined : positionOf(ticks, marker);
  if (position === undefined) return title;
  const nearest = Math.round(position);
  const values = lines.map(({ name, values }) => `${name} ${valueText(props, values[nearest])}`).join(', ');
  return l10n.t('{0}; at {1}: {2}', title, ticks[nearest]!.label, values);
}

/** The table's rows behind its heading: a tick, and the lines' values there. */
export function rowsOf(props: ChartProps): readonly { readonly label: string; readonly cells: readonly string[] }[] {
  return props.ticks.map(({ label }, i) => ({
    label,
    cells: props.lines.map(({ values }) => valueText(props, values[i])),
  }));
}

/** The numbers as they are, as lines of cells between tabs. What is not known yet is empty, ∞ is `inf`. */
export function tsvOf({ axis, ticks, lines }: ChartProps): string {
  const text = (value: number | undefined) => (value === Infinity ? 'inf' : String(value ?? ''));
  const rows = [
    [axis, ...lines.map(({ name }) => name)],
    ...ticks.map(({ at }, i) => [at, ...lines.map(({ values }) => values[i])].map(text)),
  ];
  return rows.map(cells => `${cells.join('\t')}\n`).join('');
}
