/** The shapes of the names that people and records use. */
import { z } from 'zod';

const slug = /^[a-z0-9][a-z0-9._-]{0,63}$/;

export const providerId = z
  .string()
  .regex(slug, 'use lower-case letters, digits, dot, dash or underscore (64 at most)');
export const accessKeyId = z
  .string()
  .regex(slug, 'use lower-case letters, digits, dot, dash or underscore (64 at most)');
export const projectId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/, 'use letters, digits, space, dot, dash or underscore (64 at most)');
export const budgetId = z.string().regex(slug, 'use lower-case letters, digits, dot, dash or underscore (64 at most)');
/** `provider/model-id`; the model id keeps whatever the provider uses, slashes included. */
export const modelRef = z.string().regex(/^[a-z0-9][a-z0-9._-]*\/\S{1,200}$/, 'write it as provider/model-id');

export const requestId = z.string().regex(/^req_[0-9a-z]{20,40}$/);
export const attemptId = z.string().regex(/^att_[0-9a-z]{20,40}$/);
