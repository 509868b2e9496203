/** `{ "success": false }` and its like: a refusal inside an answer whose status is that of a success. */
export const saysNo = (text: string): boolean =>
  /"(success|ok)"\s*:\s*false|"errors?"\s*:\s*[{["]/.test(text.slice(0, 2000));
