// Loaded before the Playground, which would listen on every address of this machine.
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const isPort = typeof port === "number" || typeof port === "string";
  if (!isPort || typeof rest[0] === "string") return listen.call(this, port, ...rest);
  return listen.call(this, Number(port), "127.0.0.1", ...rest);
};
