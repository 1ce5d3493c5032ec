import { expect, it } from 'vitest';
import { listeningLine, listeningText } from '../../../electron/announcement.ts';

const listening = { baseUrl: 'http://127.0.0.1:7420/v1', port: 7420 };

it('gives programs the same line as the headless host', () => {
  expect(listeningLine(listening, 'gh_1')).toBe(
    '{"event":"listening","baseUrl":"http://127.0.0.1:7420/v1","accessKey":"gh_1"}',
  );
  expect(JSON.parse(listeningLine(listening, undefined))).not.toHaveProperty('accessKey');
});

it('gives people a command that works as it stands', () => {
  const text = listeningText(listening, 'gh_1');
  expect(text).toContain("curl http://127.0.0.1:7420/v1/chat/completions -H 'Authorization: Bearer gh_1'");
  expect(text).toContain('shown this once');
  expect(listeningText(listening, undefined)).not.toContain('gh_');
});
