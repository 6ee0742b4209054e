import { projectOf } from '../../test/support/project-root.ts';

/** The directory of package.json: this file is run compiled, from a directory further down. */
export const PROJECT = projectOf(import.meta.dirname);
