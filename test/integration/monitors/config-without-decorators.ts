export * from '../../../libs/config/src/clock.ts';
export * from '../../../libs/config/src/metrics.ts';
