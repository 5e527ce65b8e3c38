import { createServer } from "node:http";
import express from "express";
import express4 from "express4";
import { toExpress } from "plugbay/express";
import { describeAdapter } from "./contract.ts";
import { listening, type StartHost } from "./host.ts";

const startWith =
  (framework: typeof express): StartHost =>
  ({ admin, jsonLimit, kind: _, ...options }) => {
    const app = framework();
    if (jsonLimit !== undefined) app.use(framework.json({ limit: jsonLimit }));
    const mountPath = options.path ?? admin.basePath;
    if (mountPath === "") app.use(toExpress(admin, options));
    else app.use(mountPath, toExpress(admin, options));
    // Express prints what its own handler of errors gets.
    app.set("env", "test");
    return listening(createServer(app));
  };

describeAdapter({ name: "express 5", parser: "in front", start: startWith(express) });
describeAdapter({ name: "express 4", parser: "in front", start: startWith(express4) });
