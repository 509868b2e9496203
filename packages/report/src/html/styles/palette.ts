/** Colours by meaning. Every pair of text and ground that is used together reaches 4.5 to 1 (WCAG 2.2, 1.4.3 AA). */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly ink: string;
  readonly soft: string;
  readonly accent: string;
  readonly good: string;
  readonly goodGround: string;
  readonly goodLine: string;
  readonly bad: string;
  readonly badGround: string;
  readonly badLine: string;
  readonly unsure: string;
  readonly unsureGround: string;
  readonly unsureLine: string;
  readonly quiet: string;
  readonly quietGround: string;
  readonly goodFill: string;
  readonly badFill: string;
  readonly unsureFill: string;
  readonly medium: string;
  readonly low: string;
}

export const light: Palette = {
  ground: '#f7f8f9',
  surface: '#ffffff',
  sunken: '#f3f5f7',
  line: '#e3e7eb',
  ink: '#15191e',
  soft: '#56616d',
  accent: '#2b5bb8',
  good: '#136c3e',
  goodGround: '#e8f5ed',
  goodLine: '#bfe3cd',
  bad: '#b3202c',
  badGround: '#fdeeee',
  badLine: '#f4c9cb',
  unsure: '#855000',
  unsureGround: '#fdf4e1',
  unsureLine: '#f0d9a8',
  quiet: '#56616d',
  quietGround: '#eef1f4',
  goodFill: '#2c9a61',
  badFill: '#cc3a41',
  unsureFill: '#dea436',
  medium: '#985200',
  low: '#56616d',
};

export const dark: Palette = {
  ground: '#0e1114',
  surface: '#15191d',
  sunken: '#1b2025',
  line: '#2a3138',
  ink: '#e9edf0',
  soft: '#9ba7b2',
  accent: '#8bb4ff',
  good: '#70d69a',
  goodGround: '#11281c',
  goodLine: '#1f4a33',
  bad: '#ff938f',
  badGround: '#2f1719',
  badLine: '#5a2a2d',
  unsure: '#efc063',
  unsureGround: '#2b2210',
  unsureLine: '#55431c',
  quiet: '#9ba7b2',
  quietGround: '#20262c',
  goodFill: '#3f9d69',
  badFill: '#d9605f',
  unsureFill: '#c2933a',
  medium: '#f0a860',
  low: '#9ba7b2',
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A palette as custom properties: `--good-ground: #e8f5ed;`. */
export const customProperties = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${kebab(name)}: ${colour};`)
    .join(' ');
