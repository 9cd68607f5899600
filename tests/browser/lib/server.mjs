// A static host on a loopback port, as the common ones are.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".yaml": "text/yaml; charset=utf-8",
};

// What hosts compress.
const PACKED = /^text\/|json|xml/;

// Serves `folder` below `base`, which begins and ends with a slash.
export async function serve(folder, base = "/") {
  const root = normalize(folder);
  const read = async (path) => {
    const file = normalize(join(root, path));
    if (file !== root && !file.startsWith(root + sep)) return null;
    return readFile(file).then((body) => ({ body, type: TYPES[extname(file)] ?? "application/octet-stream" }), () => null);
  };
  const server = createServer(async (request, response) => {
    let path;
    try {
      path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    } catch {
      response.writeHead(400).end();
      return;
    }
    let found = null;
    if (path.startsWith(base)) {
      const below = path.slice(base.length);
      const candidates = below === "" || below.endsWith("/") ? [`${below}index.html`] : [below, `${below}.html`];
      for (const candidate of candidates) found ??= await read(candidate);
    }
    const status = found ? 200 : 404;
    found ??= (await read("404.html")) ?? { body: "not found", type: "text/plain" };
    const headers = { "content-type": found.type };
    const packs = PACKED.test(found.type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    if (packs) headers["content-encoding"] = "gzip";
    response.writeHead(status, headers).end(packs ? gzipSync(found.body) : found.body);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
