import { describeMatrix } from '../../support/failover/describe-matrix.ts';

describeMatrix('anthropic-messages', 'anthropic-messages');
describeMatrix('anthropic-messages', 'openai-chat');
