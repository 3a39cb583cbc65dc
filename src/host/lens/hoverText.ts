import type { Shape } from '../../core/tensor';
import type { PoolingCall } from '../../python/call';
export interface HoverPicture {
  readonly name: string;
  readonly shape: Shape;
}
export function hoverText(call: PoolingCall, _picture?: HoverPicture): string {
  return call.callee;
}
