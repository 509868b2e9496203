import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noGoReview } from '../src/fixtures/no-go-review.ts';
import { notProvenReview } from '../src/fixtures/not-proven-review.ts';
import { renderHtml } from '../src/index.ts';

const program = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens the report and collects everything the browser complains about or asks the network for. */
async function open(
  browser: Browser,
  html: string,
  width: number,
  folder: string,
): Promise<{ page: Page; asked: string[]; said: string[] }> {
  const path = join(folder, 'report.html');
  writeFileSync(path, html);
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: true });
  const page = await context.newPage();
  const asked: string[] = [];
  const said: string[] = [];
  const address = pathToFileURL(path).href;
  page.on('request', (request) => {
    if (request.url() !== address) asked.push(request.url());
  });
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(address);
  return { page, asked, said };
}

describe.skipIf(!existsSync(program))('the HTML report in a browser', () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
    browser = await chromium.launch({ executablePath: program, args: flags });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['no-go', noGoReview],
    ['not proven', notProvenReview],
  ])('asks for nothing and complains of nothing (%s)', async (_, review) => {
    const { page, asked, said } = await open(browser, renderHtml(review), 1280, folder);
    expect({ asked, said }).toEqual({ asked: [], said: [] });
    expect(await page.locator('h1').count()).toBe(1);
    await page.context().close();
  });

  it.each([360, 768, 1280])('never needs sideways scrolling at %i pixels', async (width) => {
    const { page } = await open(browser, renderHtml(noGoReview), width, folder);
    for (const fold of await page.locator('details').all())
      await fold.evaluate((element) => element.setAttribute('open', ''));
    const widest = await page.evaluate('document.documentElement.scrollWidth');
    expect(widest).toBeLessThanOrEqual(width);
    await page.context().close();
  });

  it('shows every finding once its folds are open', async () => {
    const { page } = await open(browser, renderHtml(noGoReview), 1280, folder);
    for (const fold of await page.locator('details').all())
      await fold.evaluate((element) => element.setAttribute('open', ''));
    for (const finding of noGoReview.findings)
      expect(await page.getByText(finding.message).first().isVisible(), finding.message).toBe(true);
    await page.context().close();
  });
});
