//go:build tools

// Package tools pins the Node.js language host: no newer module than sdk/v3 v3.68.0 holds it.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
