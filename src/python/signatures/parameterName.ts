import { signatureOf } from '.';
import { settingNames } from './settings';

/** What a call names a setting: `stride`, in Keras `strides`. */
export function parameterName(callee: string, setting: string): string {
  return signatureOf(callee).parameters.find(name => settingNames[name] === setting) ?? setting;
}
