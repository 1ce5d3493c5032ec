import { describeMatrix } from '../../support/failover/describe-matrix.ts';

describeMatrix('openai-responses', 'openai-responses');
describeMatrix('openai-responses', 'gemini');
