/**
 * Structured output where the model does not take a response schema (beside tools: all before Gemini 3). A tool is offered whose
 * arguments are the answer. The name is the convention between the two halves of the provider side: the request's encoder
 * offers it, and the answer's decoder, which knows nothing of the request, gives a call of this tool back as text.
 */
export const STRUCTURED_OUTPUT_TOOL = 'gatehouse_structured_output';
