/**
 * What the dashboard says in English, as the browsers of the tests ask for it, whatever language this machine speaks. Tests
 * look for its words by their keys, so that a sentence can be written better.
 */
export { en as messages } from '../../../apps/dashboard/src/messages/en.ts';
export { fill } from '../../../apps/dashboard/src/messages/text.ts';
