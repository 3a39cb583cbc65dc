import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Framework, symmetricPadding } from '../../../src/core/options';
import { wholeView } from '../../../src/core/viewport';
import { defaultKnobs, withFramework, withKernel } from '../../../src/webview/knobs';
import {
  haveOtherChoices,
  infoOf,
  initialPage,
  isAtDefaults,
  type OpenPicture,
  openIn,
  type PageEvent,
  type PageState,
  panesOf,
  pinnedIn,
  reduce,
  savedBy,
} from '../../../src/webview/page';
import type { SavedState } from '../../../src/webview/savedState';
import { initialStack } from '../../../src/webview/stack/stackChoices';
import { pictureInfo } from '../../pictureInfo';

const info = pictureInfo({ width: 20, height: 10, orientation: 6 });

function after(events: readonly PageEvent[], state: PageState = initialPage(undefined)): PageState {
  return events.reduce((before, event) => reduce(before, event, () => 'A number is missing.'), state);
}

const hello: PageEvent = { type: 'hello', name: 'a.jpg', defaults: {} };
const opened: PageEvent = { type: 'opened', info };
const choose = (part: Partial<SavedState>): PageEvent => ({ type: 'chosen', part });
const kernel = (size: number) => choose({ knobs: { ...defaultKnobs, kernel: [size, size] } });

function open(events: readonly PageEvent[] = []): OpenPicture {
  const picture = openIn(after([hello, opened, ...events]));
  assert.ok(picture);
  return picture;
}

describe('the page', () => {
  it('begins with what the settings say, unless something was chosen before', () => {
    const defaults = { mode: 'grey' };
    assert.equal(after([{ ...hello, defaults }]).saved.mode, 'grey');
    const returning = initialPage({ mode: 'alpha' });
    assert.equal(after([{ ...hello, defaults }], returning).saved.mode, 'alpha');
    assert.equal(after([hello]).isFresh, true);
    assert.equal(after([hello, choose({ channel: 1 })]).isFresh, false);
  });

  it('begins with the state of another page where it is given one, if nothing was chosen before', () => {
    const greeting: PageEvent = { ...hello, defaults: { mode: 'grey' }, start: { mode: 'alpha', pin: 7 } };
    const { saved, defaults, isFresh } = after([greeting]);
    assert.deepEqual([saved.mode, saved.pin, defaults.mode, isFresh], ['alpha', null, 'grey', true]);
    assert.equal(after([greeting], initialPage({ mode: 'colour' })).saved.mode, 'colour');
  });

  it('begins with a stack under the framework of the settings', () => {
    const { saved } = after([{ ...hello, defaults: { knobs: { framework: 'onnx', countIncludePad: false } } }]);
    assert.deepEqual(
      saved.stack.layers.map(({ countIncludePad }) => countIncludePad),
      saved.stack.layers.map(() => false),
    );
    assert.deepEqual(after([hello]).saved.stack, initialStack);
  });

  it('puts back what the view shows, and leaves the other view as it is', () => {
    const built = { ...initialStack, layers: initialStack.layers.slice(1) };
    const inLayers = after([hello, opened, kernel(5), choose({ tab: 'layers' }), choose({ stack: built })]);
    assert.equal(isAtDefaults(inLayers), false);
    const layersReset = reduce(inLayers, { type: 'reset' }, () => '');
    assert.deepEqual(layersReset.saved.stack, initialStack);
    assert.deepEqual(layersReset.saved.knobs.kernel, [5, 5]);
    assert.equal(isAtDefaults(layersReset), true);
    const poolReset = reduce(
      reduce(inLayers, choose({ tab: 'pool' }), () => ''),
      { type: 'reset' },
      () => '',
    );
    assert.deepEqual(poolReset.saved.knobs.kernel, [2, 2]);
    assert.equal(poolReset.saved.stack, built);
  });

  it('is put back as the settings say, wherever it began', () => {
    const greeting: PageEvent = { ...hello, defaults: { mode: 'grey' }, start: { mode: 'alpha', operators: ['min'] } };
    const changed = [kernel(5), choose({ pin: { pane: 'max', x: 0, y: 0 }, view: { scale: 3, x: 1, y: 1 } })];
    assert.equal(isAtDefaults(after([greeting, opened, ...changed])), false);
    const state = after([greeting, opened, ...changed, choose({ dock: 300 }), { type: 'reset' }]);
    // The dock is no setting of what is shown.
    assert.deepEqual(state.saved, { ...state.defaults, dock: 300 });
    assert.equal(isAtDefaults(state), true);
    const there = after([choose({ view: { scale: 3, x: 1, y: 1 } }), choose({ view: wholeView })], state);
    assert.equal(isAtDefaults(there), true, 'the whole picture is where it began');
    assert.equal(state.saved.mode, 'grey');
    assert.equal(state.isFresh, false);
    assert.deepEqual(openIn(state)?.plan.options.kernelSize, [2, 2]);
    assert.deepEqual(openIn(state)?.plan.shape, [1, 1, 10, 20]);
  });

  it('tells others only of choices that they could take over', () => {
    const { saved } = after([hello]);
    const there = { ...saved, pin: { pane: 'max', x: 1, y: 2 }, view: { scale: 3, x: 1, y: 1 } } as const;
    assert.equal(haveOtherChoices(there, saved), false);
    assert.equal(haveOtherChoices({ ...there, mode: 'grey' }, saved), true);
    assert.equal(haveOtherChoices({ ...there, dock: 300 }, there), true);
  });

  it('keeps the last legal pooling while the knobs stand on something illegal, and says why', () => {
    const { plan, refusal } = open([kernel(3), kernel(0)]);
    assert.deepEqual(plan.options.kernelSize, [3, 3]);
    assert.match(refusal?.message ?? '', /stride should not be zero|kernel size should be greater/);
    assert.equal(open([kernel(3), kernel(0), kernel(2)]).refusal, undefined);
  });

  it('marks only the fields at fault, and explains words that mislead', () => {
    const padded = choose({ knobs: { ...defaultKnobs, padding: { top: 2, bottom: 2, left: 2, right: 2 } } });
    assert.deepEqual(open([padded]).refusal?.fields, ['paddingTop', 'paddingBottom', 'paddingLeft', 'paddingRight']);
    const stretched = open([choose({ knobs: { ...defaultKnobs, stride: [2, 0] } })]);
    assert.deepEqual(stretched.refusal?.fields, ['strideWidth']);
    assert.equal(stretched.refusal?.remark, undefined);
    // PyTorch speaks of the stride, which follows the kernel.
    const flat = open([choose({ knobs: { ...defaultKnobs, kernel: [2, 0] } })]);
    assert.equal(flat.refusal?.message, 'stride should not be zero');
    assert.deepEqual(flat.refusal?.fields, ['kernelWidth']);
    assert.equal(flat.refusal?.remark, 'strideFollowsKernel');
    assert.deepEqual(open([choose({ knobs: { ...defaultKnobs, kernel: [Number.NaN, 2] } })]).refusal?.fields, [
      'kernelHeight',
    ]);
  });

  it('offers a kernel that fits a picture smaller than the kernel, and that one works', () => {
    const tiny = { ...info, width: 1, height: 1, orientation: 1 };
    const { saved, phase } = after([hello, { ...opened, info: tiny }]);
    assert.ok(phase.kind === 'open');
    assert.deepEqual(phase.picture.refusal?.offer, [1, 1]);
    const taken = open([{ ...opened, info: tiny }, choose({ knobs: withKernel(saved.knobs, [1, 1]) })]);
    assert.equal(taken.refusal, undefined);
    assert.equal(open([kernel(50)]).refusal?.offer, undefined, 'not where a pooling is still shown');
  });

  it('looks at the picture as is chosen whatever the knobs stand on', () => {
    const { plan, refusal } = open([kernel(3), kernel(0), choose({ mode: 'grey' }), choose({ orient: false })]);
    assert.ok(refusal);
    assert.deepEqual(plan.view, { mode: 'grey', orient: false });
    // Not upright, its sides are swapped; pooled by the knobs that were legal.
    assert.deepEqual(plan.shape, [1, 1, 20, 10]);
    assert.deepEqual(plan.branches[0]?.layers[0]?.output, [1, 1, 6, 3]);
  });

  it('shows the input alone as long as nothing legal was asked for, or nothing that is legal for it as it is looked at', () => {
    const large = choose({ knobs: { ...defaultKnobs, kernel: [10, 20] } });
    const state = after([hello, opened, large, kernel(0), choose({ orient: false })]);
    const { plan } = openIn(state)!;
    assert.deepEqual(panesOf(plan, state.saved), ['input']);
    assert.deepEqual(plan.shape, [1, 3, 20, 10]);
    // Turned back it fits again.
    const back = openIn(after([choose({ orient: true })], state))?.plan;
    assert.deepEqual(back?.branches[0]?.layers[0]?.output, [1, 3, 1, 1]);
  });

  it('says that a number is missing, of which no framework could say anything', () => {
    assert.equal(open([kernel(Number.NaN)]).refusal?.message, 'A number is missing.');
  });

  it('shows what is switched on, in the order of the tables', () => {
    const state = after([hello, opened, choose({ operators: ['max', 'average', 'min'], extras: ['argmax'] })]);
    assert.deepEqual(panesOf(openIn(state)!.plan, state.saved), ['input', 'max', 'average', 'min', 'argmax']);
  });

  it('shows no pooling that the framework lacks, and has it back with a framework that has it', () => {
    const framework = (name: Framework) => choose({ knobs: withFramework(defaultKnobs, name) });
    const chosen = choose({ operators: ['max', 'lp', 'adaptiveMax'] });
    const panes = (events: readonly PageEvent[]) => {
      const state = after([hello, opened, chosen, ...events]);
      return panesOf(openIn(state)!.plan, state.saved);
    };
    assert.deepEqual(panes([framework('keras')]), ['input', 'max', 'adaptiveMax']);
    assert.deepEqual(panes([framework('onnx')]), ['input', 'max', 'lp']);
    assert.deepEqual(panes([framework('onnx'), framework('pytorch')]), ['input', 'max', 'lp', 'adaptiveMax']);
  });

  it('shows no pooling that no framework has, and refuses nothing for its sake', () => {
    const state = after([hello, opened, choose({ operators: ['max', 'median'] })]);
    assert.deepEqual(panesOf(openIn(state)!.plan, state.saved), ['input', 'max']);
    const alone = after([hello, opened, choose({ operators: ['median'] }), kernel(50)]);
    assert.deepEqual([panesOf(openIn(alone)!.plan, alone.saved), openIn(alone)!.refusal], [['input'], undefined]);
  });

  it('shows no derived picture without the poolings that it is made from', () => {
    const state = after([
      hello,
      opened,
      choose({ operators: ['average'], extras: ['difference', 'averageChange', 'argmax'] }),
    ]);
    assert.deepEqual(panesOf(openIn(state)!.plan, state.saved), ['input', 'average', 'averageChange']);
  });

  it('shows the input alone, and refuses nothing, if no pooling is chosen', () => {
    const state = after([hello, opened, choose({ operators: [] }), kernel(50)]);
    const { plan, refusal } = openIn(state)!;
    assert.deepEqual([panesOf(plan, state.saved), refusal], [['input'], undefined]);
  });

  it('tries again what the host could not do once there are fewer pictures', () => {
    const state = after([hello, opened, choose({ operators: ['max', 'min'], extras: ['argmax'] })]);
    const { plan } = openIn(state)!;
    const refused = after([{ type: 'refused', plan, message: 'too large' }], state);
    assert.equal(openIn(refused)?.refusal?.message, 'too large');
    assert.equal(openIn(after([choose({ channel: 1 })], refused))?.refusal?.message, 'too large');
    assert.equal(openIn(after([choose({ extras: [] })], refused))?.refusal, undefined);
    assert.equal(openIn(after([choose({ operators: ['max'] })], refused))?.refusal, undefined);
  });

  it('keeps the plan, and what was asked for it, while nothing of it changes', () => {
    const state = after([hello, opened]);
    const { plan } = openIn(state)!;
    for (const event of [choose({ extras: ['argmax'] }), kernel(0), kernel(Number.NaN), choose({ channel: 2 })]) {
      assert.equal(openIn(after([event], state))?.plan, plan);
    }
    // So a refusal that comes meanwhile is of what is shown.
    const late = after([choose({ extras: ['argmax'] }), { type: 'refused', plan, message: 'too large' }], state);
    assert.equal(openIn(late)?.refusal?.message, 'too large');
    // To try again is to ask anew.
    assert.notEqual(openIn(after([choose({ extras: [] })], late))?.plan, plan);
  });

  it('takes no refusal of what is not asked for any more', () => {
    const state = after([hello, opened]);
    const { plan } = openIn(state)!;
    const later = after([kernel(5), { type: 'refused', plan, message: 'too large' }], state);
    assert.equal(openIn(later)?.refusal, undefined);
  });

  it('keeps a picture until the pixels of the next are there', () => {
    const next = { ...info, width: 30 };
    const state = after([hello, opened]);
    const announced = after([{ type: 'opened', info: next, isPrefetching: true }], state);
    assert.equal(openIn(announced)?.info.width, 20);
    const arrived = after([{ type: 'arrived' }], announced);
    assert.deepEqual([openIn(arrived)?.info.width, openIn(arrived)?.isPrefetching], [30, true]);
    assert.equal(openIn(after([{ type: 'prefetched' }], arrived))?.isPrefetching, false);
    assert.ok(openIn(arrived)!.generation > openIn(state)!.generation);
    // One that is announced without pixels is shown at once, also while another is awaited.
    assert.equal(openIn(after([{ type: 'opened', info: next }], announced))?.info.width, 30);
  });

  it('says what failed, and keeps the toolbar of the picture before', () => {
    const failed: PageEvent = { type: 'failed', message: 'gone', remedies: ['retry'] };
    const { phase } = after([hello, opened, failed, { type: 'opening', stage: 'reading' }]);
    assert.equal(phase.kind, 'opening');
    assert.equal(infoOf(phase), info);
    assert.equal(infoOf(after([hello, failed]).phase), undefined);
  });

  it('lets go of a pin that the output does not reach, and has it back when it does', () => {
    const pin = { pane: 'max', x: 9, y: 4 } as const;
    const state = after([hello, opened, choose({ pin })]);
    const pinned = (events: readonly PageEvent[]) => {
      const { saved, ...rest } = after(events, state);
      return pinnedIn(openIn({ saved, ...rest })!.plan, saved);
    };
    assert.deepEqual([pinned([]), pinned([kernel(5)]), pinned([kernel(5), kernel(2)])], [pin, undefined, pin]);
  });
});

describe('settings from the user’s code', () => {
  const settings = (state: unknown): PageEvent => ({ type: 'settings', state });
  const three = settings({ knobs: { kernel: [3, 3], stride: [2, 2] } });
  const source = { place: 'model.py:14', callee: 'nn.MaxPool2d', isWritable: false };

  it('are taken over what stands, and what they lack stays', () => {
    const state = after([hello, opened, choose({ mode: 'grey' }), three]);
    assert.deepEqual([state.saved.knobs.kernel, state.saved.knobs.stride, state.saved.mode], [[3, 3], [2, 2], 'grey']);
    assert.deepEqual(openIn(state)?.plan.options.kernelSize, [3, 3]);
  });

  it('are undone in one step, after further choices, too', () => {
    const before = after([hello, opened, kernel(5)]);
    assert.deepEqual(after([three, { type: 'undone' }], before).saved, before.saved);
    const undone = after([three, choose({ mode: 'grey' }), { type: 'undone' }, { type: 'undone' }], before);
    assert.deepEqual([undone.saved, undone.undo], [before.saved, undefined]);
  });

  it('that arrive twice are undone all the same', () => {
    const before = after([hello, opened]);
    assert.deepEqual(after([three, three, { type: 'undone' }], before).saved, before.saved);
  });

  it('are taken over a restored state, which can be put back', () => {
    const restored = after([hello, three, opened], initialPage({ mode: 'grey' }));
    assert.deepEqual([restored.saved.mode, restored.saved.knobs.kernel], ['grey', [3, 3]]);
    assert.deepEqual(restored.undo?.knobs.kernel, [2, 2]);
  });

  it('leave nothing to put back in a page that has shown nothing', () => {
    const state = after([hello, three, opened]);
    assert.deepEqual([state.saved.knobs.kernel, state.undo], [[3, 3], undefined]);
  });

  it('can be put back in the page that comes after a hidden one', () => {
    const before = after([hello, opened, kernel(5)]);
    const kept = savedBy(after([three], before));
    const restored = after([hello, opened, { type: 'undone' }], initialPage(kept));
    assert.deepEqual(restored.saved, before.saved);
    assert.equal('undo' in savedBy(restored), false);
  });

  it('in any form but that of a saved state change nothing', () => {
    const before = after([hello, opened, kernel(5)]);
    for (const state of [undefined, null, 7, 'kernel', [], { knobs: 3 }, { unknown: 1 }]) {
      assert.deepEqual(after([settings(state)], before).saved, before.saved);
    }
  });

  it('of another framework bring its defaults to what they lack', () => {
    const padded = choose({ knobs: { ...defaultKnobs, kernel: [3, 3], padding: symmetricPadding([1, 1]) } });
    const { saved } = after([hello, opened, padded, settings({ tab: 'layers', knobs: { framework: 'keras' } })]);
    assert.deepEqual(saved.knobs, withFramework({ ...defaultKnobs, kernel: [3, 3] }, 'keras'));
    assert.ok(saved.stack.layers.every(({ countIncludePad }) => !countIncludePad));
  });

  it('come with the place of the code, until that is forgotten and with it what was before', () => {
    const state = after([hello, opened, three, { type: 'source', source }]);
    assert.deepEqual([state.source, state.undo?.knobs.kernel], [source, [2, 2]]);
    const forgotten = after([{ type: 'source' }], state);
    assert.deepEqual([forgotten.source, forgotten.undo, forgotten.saved], [undefined, undefined, state.saved]);
  });
});
