import "reflect-metadata";
import * as common from "@nestjs/common";
import * as core from "@nestjs/core";
import * as express from "@nestjs/platform-express";
import * as fastify from "@nestjs/platform-fastify";
import { describeAdapter } from "./contract.ts";
import { nestFrameworks } from "./nest-host.ts";

for (const framework of nestFrameworks("12", { common, core, express, fastify })) describeAdapter(framework);
