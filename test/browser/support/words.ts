/** What the dashboard says. Tests look for its words by their keys, so that a sentence can be written better. */
export { fill, messages } from '../../../apps/dashboard/src/messages/text.ts';
