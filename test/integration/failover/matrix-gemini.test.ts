import { describeMatrix } from '../../support/failover/describe-matrix.ts';

describeMatrix('gemini', 'gemini');
describeMatrix('gemini', 'openai-chat');
