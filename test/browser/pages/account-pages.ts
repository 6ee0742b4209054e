import { messages } from '../support/words.ts';
import { EVERYBODY, heading, SIGNED_IN, type PageCase } from './page-case.ts';

const { signIn, forbidden, link, setup, page: texts } = messages;

/** The pages for who is not signed in, and those that say that there is nothing. */
export const ACCOUNT_PAGES: readonly PageCase[] = [
  {
    name: 'sign-in',
    path: '/sign-in',
    as: 'nobody',
    shown: page => page.getByRole('link', { name: signIn.google }),
  },
  {
    name: 'sign-in after Google refused',
    path: '/sign-in?error=google_not_allowed',
    as: 'nobody',
    shown: page => page.getByRole('alert').filter({ hasText: messages.failure.google_not_allowed }),
  },
  {
    name: 'sign-in with nothing filled in',
    path: '/sign-in',
    as: 'nobody',
    shown: page => page.getByRole('link', { name: signIn.google }),
    act: page => page.getByRole('button', { name: signIn.submit, exact: true }).click(),
  },
  {
    name: 'sign-in of somebody who is signed in',
    path: '/sign-in',
    as: 'user',
    shown: page => page.getByRole('link', { name: signIn.goOn }),
  },
  {
    name: 'forbidden',
    path: '/forbidden?permission=history%3Aread&path=%2Fapi%2Fv1%2Fsomething',
    as: 'user',
    shown: page => page.getByRole('main').getByText('/api/v1/something'),
    access: EVERYBODY,
  },
  {
    name: 'forbidden for nobody',
    path: '/forbidden',
    as: 'nobody',
    shown: page => page.getByText(forbidden.signedOut),
  },
  {
    name: 'a link that is not whole',
    path: '/link#abc',
    as: 'nobody',
    shown: page => heading(page, link.incompleteTitle),
    access: EVERYBODY,
  },
  {
    name: 'setup of a server that is set up',
    path: '/setup',
    as: 'nobody',
    shown: page => heading(page, setup.doneTitle),
    access: EVERYBODY,
  },
  {
    name: 'a page that is not there',
    path: '/nowhere/at-all',
    as: 'user',
    expected: /404.*\/nowhere\/at-all$/,
    shown: page => heading(page, texts.missingTitle),
    access: SIGNED_IN,
  },
];
