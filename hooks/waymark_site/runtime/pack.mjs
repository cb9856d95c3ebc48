// node pack.mjs FILE BR GZ QUALITY: the file compressed, for hosts that send what lies ready.

import fs from "node:fs";
import zlib from "node:zlib";

const [file, br, gz, quality] = process.argv.slice(2);
const content = fs.readFileSync(file);
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
const params = { [BROTLI_PARAM_QUALITY]: Number(quality), [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: content.length };
fs.writeFileSync(br, zlib.brotliCompressSync(content, { params }));
fs.writeFileSync(gz, zlib.gzipSync(content, { level: 9 }));
