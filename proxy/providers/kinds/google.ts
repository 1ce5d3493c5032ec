/** Gemini by its own protocol (AI Studio keys). */
import { googleKey } from '../authentication.ts';
import { geminiModelList } from '../model-lists/gemini.ts';
import type { Kind } from './kind.ts';

export const google: Kind = {
  label: 'Google Gemini',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  needsCredential: true,
  keysUrl: 'https://aistudio.google.com/apikey',
  protocols: ['gemini'],
  quirks: {},
  authenticate: googleKey,
  modelList: geminiModelList,
};
