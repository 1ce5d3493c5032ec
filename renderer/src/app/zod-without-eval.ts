/**
 * The window's content policy forbids eval, which zod would otherwise try when the first object schema is made.
 * Imported before anything else, because schemas are made while their modules load.
 */
import { z } from 'zod';

z.config({ jitless: true });
