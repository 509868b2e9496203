/** Digits that are written before nine digits of ours to make a telephone number of them, the likeliest first. */
export const dialCodes: readonly string[] = ['12', '4930', '2', '030'];
