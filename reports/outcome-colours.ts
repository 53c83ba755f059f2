// One colour per outcome in every chart. Blue agrees, the warm ones do not, grey could not be compared; neighbours differ in
// lightness too, so that they can be told apart without colour, and each is named beside its mark.
import type { Outcome } from '../matchers/outcomes.js';

export const OUTCOME_COLOURS: Readonly<Record<Outcome, string>> = {
  match: '#14577f',
  match_after_cleaning: '#4f9cc4',
  mismatch: '#b23a2e',
  linked: '#d9783f',
  possible: '#c79a2b',
  ambiguous: '#8a6d1f',
  not_found: '#74336a',
  unusable: '#5b6470',
  rejected: '#8d96a1',
  apart: '#b9c0c8',
};

export const AGREES = '#14577f';
export const DISAGREES = '#b23a2e';
export const APART = '#8d96a1';
