import { describeLife } from './survives.ts';

describeLife('redis');
