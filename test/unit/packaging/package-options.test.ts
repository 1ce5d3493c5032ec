import { describe, expect, test } from 'vitest';
import { packageArguments, packageEnvironment } from '../../../scripts/lib/package-options.mjs';

describe('what npm run package asks of electron-builder', () => {
  test('never publishes, and names no feed by itself', () => {
    expect(packageArguments([], {})).toEqual(['--publish', 'never']);
  });

  test('passes on what it is given', () => {
    expect(packageArguments(['--linux', 'deb'], {})).toEqual(['--linux', 'deb', '--publish', 'never']);
  });

  test('takes feed, publisher, homepage and maintainer from the environment', () => {
    const env = {
      GATEHOUSE_UPDATE_URL: 'https://updates.example/gatehouse',
      GATEHOUSE_WINDOWS_PUBLISHER: 'Example Ltd',
      GATEHOUSE_HOMEPAGE: 'https://example.com',
      GATEHOUSE_MAINTAINER: 'Jo <jo@example.com>',
    };
    expect(packageArguments([], env)).toEqual([
      '--publish',
      'never',
      '-c.publish.provider=generic',
      '-c.publish.url=https://updates.example/gatehouse',
      '-c.win.signtoolOptions.publisherName=Example Ltd',
      '-c.extraMetadata.homepage=https://example.com',
      '-c.linux.maintainer=Jo <jo@example.com>',
    ]);
  });

  test('takes an empty variable as none: a workflow passes a missing secret so', () => {
    const env = {
      GATEHOUSE_UPDATE_URL: '',
      GATEHOUSE_WINDOWS_PUBLISHER: '',
      GATEHOUSE_HOMEPAGE: '',
      GATEHOUSE_MAINTAINER: '',
    };
    expect(packageArguments([], env)).toEqual(['--publish', 'never']);
  });

  test.each(['http://updates.example', 'file:///updates', 'https://', 'updates.example'])(
    'refuses the feed %s',
    (feed) => {
      expect(() => packageArguments([], { GATEHOUSE_UPDATE_URL: feed })).toThrow('must begin with https://');
    },
  );
});

test('an empty signing variable is none, and everything else stays as it is', () => {
  const env = {
    CSC_LINK: '',
    WIN_CSC_LINK: '',
    APPLE_API_KEY: '',
    APPLE_API_KEY_ID: 'id',
    CSC_NAME: 'Jo',
    PATH: '/bin',
    X: '',
  };
  expect(packageEnvironment(env)).toEqual({ APPLE_API_KEY_ID: 'id', CSC_NAME: 'Jo', PATH: '/bin', X: '' });
});
