export { evaluateVerdict, type Evidence, type VerdictDecision, type Vote } from './evaluate-verdict.ts';
export { sentenceOf, TransitionAnnouncer, type TransitionAnnouncerParts } from './transition-announcer.ts';
export { VerdictEvaluator, type VerdictEvaluatorParts } from './verdict-evaluator.ts';
