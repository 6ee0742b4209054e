import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { LANGUAGES } from './language.ts';

type Tree = { readonly [key: string]: string | Tree };
type Sentence = readonly [path: string, text: string];

const SETS: Readonly<Record<keyof typeof LANGUAGES, Tree>> = { en, de };
const OTHERS = Object.entries(SETS).filter(([language]) => language !== 'en');

/** Every sentence with its place, such as `account.role.admin`. */
function sentencesOf(tree: Tree, path = ''): Sentence[] {
  return Object.entries(tree).flatMap(([key, text]): Sentence[] =>
    typeof text === 'string' ? [[path + key, text]] : sentencesOf(text, `${path}${key}.`),
  );
}

/** The places where a number chooses the form; `one` and `other` name other things too. */
function countedPathsOf(tree: Tree, path = ''): string[] {
  const { one, other } = tree;
  if (typeof one === 'string' && typeof other === 'string' && other.includes('{count}')) return [path];
  return Object.entries(tree).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [] : countedPathsOf(inner, path === '' ? key : `${path}.${key}`),
  );
}

function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole))].toSorted();
}

/** What is left of a text without placeholders, and without signs and numbers around it. */
function wordsOf(text: string): string {
  return text.replace(/\{\w+\}/g, '').replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** Words that are the same in German, of the field most of them. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Admin',
    'Agent',
    'API',
    'Browser',
    'Code',
    'CPU',
    'CSV',
    'd',
    'Debian, Ubuntu',
    'Details',
    'Disk',
    'distomon',
    'Firewall',
    'Google',
    'h',
    'Hash',
    'in',
    'Interface',
    'Interfaces',
    'Labels',
    'Link',
    'live',
    'Live',
    'Mount',
    'Mounts',
    'Name',
    'Netdata',
    'Patch',
    'Person',
    'out',
    'PostgreSQL',
    's',
    'Swap',
    'System',
    'Token',
    'UTC',
    'Version',
  ],
};

const ENGLISH = sentencesOf(en);
const COUNTED = countedPathsOf(en);

describe.each(Object.entries(SETS))('the sentences in %s', (language, set) => {
  const sentences = new Map(sentencesOf(set));

  it('are the same ones as in English, in the same order', () => {
    expect([...sentences.keys()]).toEqual(ENGLISH.map(([path]) => path));
  });

  it('all say something', () => {
    expect([...sentences].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are filled in with the same values as in English', () => {
    const wrong = ENGLISH.filter(
      ([path, text]) => String(placeholdersOf(sentences.get(path) ?? '')) !== String(placeholdersOf(text)),
    );
    expect(wrong.map(([path, text]) => [path, text, sentences.get(path)])).toEqual([]);
  });

  it('have a form for every number, where a number chooses', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const missing = COUNTED.flatMap(path =>
      pluralCategories
        .map(category => `${path}.${category}`)
        .filter(form => !sentences.has(form) && !sentences.has(`${path}.other`)),
    );
    expect(missing).toEqual([]);
  });
});

describe.each(OTHERS)('what is the same in %s and in English', (language, set) => {
  const english = new Map(ENGLISH);
  const same = sentencesOf(set).filter(([path, text]) => text === english.get(path) && wordsOf(text) !== '');
  const allowed = SAME[language] ?? [];

  it('are words of both languages, listed above', () => {
    expect(same.filter(([, text]) => !allowed.includes(wordsOf(text)))).toEqual([]);
  });

  it('leaves no word in that list that is not needed', () => {
    expect(allowed.filter(word => !same.some(([, text]) => wordsOf(text) === word))).toEqual([]);
  });
});
