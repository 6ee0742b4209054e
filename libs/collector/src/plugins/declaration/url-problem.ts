import { showValue, type ProblemOf } from '#config';
import { ADDRESS } from '../address.ts';

/** The URL of something on the network; it may stand for many, by `{address}`. */
export const urlProblem: ProblemOf = value => {
  const text = typeof value === 'string' ? value.replaceAll(ADDRESS, 'address.example') : '';
  if (!URL.canParse(text) || /\s/.test(text))
    return `${showValue(value)} is no URL: write it like http://10.0.0.11:5005`;
  const { protocol, username, password, hostname } = new URL(text);
  if (!/^(https?|wss?):$/.test(protocol) || hostname === '')
    return `${showValue(value)} begins neither with http:// or https:// nor with ws:// or wss://`;
  if (username !== '' || password !== '')
    return "must not hold a user name or password: whoever reads this reads them; the plugin's settings in nodeconf.yml can";
  return text.length <= 2_000 ? null : 'is longer than 2000 characters';
};
