// What plugins need of #config, for a process that runs TypeScript with Node alone.
export { AppError } from '../../../libs/config/src/app-error.ts';
export { formatDuration, parseDuration } from '../../../libs/config/src/duration.ts';
export { MACHINE_NEEDS } from '../../../libs/config/src/monitor-kind.types.ts';
export { REASONS } from '../../../libs/config/src/reason.ts';
export { listOfProblem, mappingProblem } from '../../../libs/config/src/validation/collection-problems.ts';
export {
  booleanProblem,
  durationProblem,
  integerProblem,
  numberProblem,
} from '../../../libs/config/src/validation/number-problems.ts';
export { showValue } from '../../../libs/config/src/validation/show.ts';
export { nameProblem, oneOfProblem, textProblem } from '../../../libs/config/src/validation/text-problems.ts';
