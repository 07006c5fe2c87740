"use strict";
// Mocha 12 ends its files in `.cjs`, and Stryker's runner asks for them without an ending.
const { _extensions: extensions } = require("node:module");
extensions[".cjs"] ??= extensions[".js"];
