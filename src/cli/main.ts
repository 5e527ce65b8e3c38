#!/usr/bin/env node
import { ownManifest } from "./manifest.ts";

const operands = process.argv.slice(2);

// Asked by scripts and by people in passing, so it loads nothing else.
if (operands[0] === "--version" || operands[0] === "-V") console.log(ownManifest().version);
else await (await import("./run-process.ts")).runProcess(operands);
