import { createRedactor } from '@launch-ready/core';
import { expect, test } from 'vitest';
import { resetScriptKit } from '../resets/reset-script.ts';
import { basicKit } from './basic-kit.ts';
import { bytesKit } from './bytes-kit.ts';
import { mailKit } from './mail-kit.ts';
import { sessionKit } from './session-kit.ts';
import { spoilKit } from './spoil-kit.ts';

test.each(Object.entries({ basicKit, bytesKit, mailKit, sessionKit, spoilKit, resetScriptKit }))(
  'nothing of %s looks like a secret, which would be blacked out of every script',
  (_, kit) => {
    const redactor = createRedactor({ key: 'of this test' });
    expect(redactor.text(kit)).toBe(kit);
  },
);
