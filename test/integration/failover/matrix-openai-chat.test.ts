import { describeMatrix } from '../../support/failover/describe-matrix.ts';

describeMatrix('openai-chat', 'openai-chat');
describeMatrix('openai-chat', 'anthropic-messages');
