import { settingNames } from './settings';
import { signatures } from './signatures';

/** What a call names a setting: `stride`, in Keras `strides`. */
export function parameterName(callee: string, setting: string): string {
  const row = [...signatures.values()].find(signature => signature.callee === callee);
  return row?.parameters.find(name => settingNames[name] === setting) ?? setting;
}
