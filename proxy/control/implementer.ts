/** The contract's implementer, once, so that every procedures file builds on the same one. */
import { implement } from '@orpc/server';
import { controlContract } from '../contract/control.ts';

export const control = implement(controlContract);
