import { once } from "node:events";
import { createServer } from "node:http";

/** Stands for Acme's servers, for one token. */
export async function startFakeAcme(token) {
  const messages = [];
  const server = createServer(async (request, response) => {
    const answer = (status, body) => response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, {});
    if (request.url === "/account") return answer(200, { account: "Example Inc." });
    const body = Buffer.concat(await request.toArray()).toString();
    answer(201, { id: `acme-${messages.push(JSON.parse(body))}` });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, messages, stop };
}
