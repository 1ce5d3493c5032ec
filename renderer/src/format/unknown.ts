/** What the window says where nobody reported a value. Never 0, never a dash that could be read as 0. */
export const UNKNOWN = 'unknown';
