"use strict";
// Mocha 12's files are `.cjs`, and Stryker's runner requires them without an extension.
const { _extensions: extensions } = require("node:module");
extensions[".cjs"] ??= extensions[".js"];
