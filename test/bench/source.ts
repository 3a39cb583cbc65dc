// Times reading Python source as an editor does while it is being written: parsing, names, calls and stacks.
//   npm run bench:python
import { cpus, loadavg } from 'node:os';
import { readCells } from '../../src/python';
import { timed } from './contender';
import { milliseconds } from './noise';

const rounds = 15;

const poolings = [
  'nn.MaxPool2d(2)',
  'nn.MaxPool2d(kernel_size=3, stride=2, padding=1)',
  'nn.AvgPool2d((2, 2), ceil_mode=True)',
  'nn.AdaptiveAvgPool2d((1, 1))',
];

/** A class and a function as they stand in real code, with two poolings in 66 lines. */
function block(number: number): string {
  return `

class Block${number}(nn.Module):
    r"""Two convolutions, a shortcut around them, and a pooling behind.

    The shortcut is a convolution of one pixel where the shapes differ. See the paper for why the
    normalization comes first; here it comes last, as in the reference implementation.

    Args:
        channels (int): how many come in, and how many go out
        stride (int): of the first convolution. Default: 1
        dropout (float): the share of values that are set to zero. Default: 0.5

    Shape:
        - Input: :math:\`(N, C, H, W)\`
        - Output: :math:\`(N, C, H // 2, W // 2)\`
    """

    expansion: int = 4
    __constants__ = ['channels', 'stride']

    def __init__(
        self,
        channels: int,
        stride: int = 1,
        dropout: float = 0.5,
        activation: Optional[nn.Module] = None,
    ) -> None:
        super().__init__()
        width = channels * self.expansion

        self.channels = channels
        self.stride = stride
        self.conv1 = nn.Conv2d(channels, width, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        # The second one has no stride: what it would skip is pooled.
        self.conv2 = nn.Conv2d(width, channels, kernel_size=1, bias=False)
        self.pool = ${poolings[number % poolings.length]}
        self.dropout = dropout
        self.activation = activation

    def forward(self, x: Tensor) -> Tensor:
        out = self.bn1(self.conv1(x))
        if self.activation is not None:
            out = self.activation(out)

        out = self.conv2(out)
        if self.stride != 1:
            x = F.avg_pool2d(x, self.stride, ceil_mode=True)

        return self.pool(out + x)


def train${number}(model, loader, optimizer, epochs=10, log=print):
    """Trains for some epochs, and says after each how well that went."""
    losses = []
    for epoch in range(epochs):
        for images, labels in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        log(f'epoch {epoch + 1}: {sum(losses) / len(losses):.4f}')
    return losses
`;
}

const imports =
  'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\nfrom torch.utils.data import DataLoader\n';

function linesOf(count: number): string[] {
  const lines = imports.split('\n');
  for (let number = 0; lines.length < count; number++) lines.push(...block(number).split('\n'));
  return lines.slice(0, count);
}

/** A cell of ten lines with a pooling. */
function cell(number: number): string {
  return `%%time
model${number} = nn.Sequential(
    nn.Conv2d(3, ${number}, kernel_size=3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(${1 + (number % 4)}, stride=2),  # halves
)
with torch.no_grad():
    features = model${number}(images[:8].to(device))
    print(f'{features.shape}', features.mean().item())
plt.imshow(features[0].permute(1, 2, 0).cpu().numpy())`;
}

function median(run: () => number): readonly [time: string, poolings: number] {
  let poolings = 0;
  const times = Array.from({ length: rounds + 3 }, () =>
    timed(() => {
      poolings = run();
    }),
  );
  return [milliseconds(times.slice(3).sort((a, b) => a - b)[rounds >> 1]!), poolings];
}

function countIn(cells: readonly string[]): number {
  return readCells(cells).reduce((count, { calls }) => count + calls.length, 0);
}

console.log(`${cpus()[0]?.model}, load ${loadavg()[0]!.toFixed(1)}; milliseconds, medians of ${rounds}`);
for (const [name, cells] of [
  ['10,000 lines', [linesOf(10_000).join('\n')]],
  ['1,000 cells of 10 lines', [imports, ...Array.from({ length: 999 }, (_, number) => cell(number))]],
] as const) {
  const [time, poolings] = median(() => countIn(cells));
  console.log(`${name.padEnd(24)} ${time.padStart(8)}  ${poolings} poolings`);
}
