/** JSON as data. Big numbers that must not be rounded travel as text (see Call.seed, ToolCallPart.arguments). */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
