import { describeLife } from './survives.ts';

describeLife('postgres');
