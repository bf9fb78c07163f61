// Prints a nats.conf as the server's own parser reads it, as JSON. Variables are resolved from the environment.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/nats-io/nats-server/v2/conf"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: nats-conf-json FILE")
		os.Exit(2)
	}
	config, err := conf.ParseFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(config); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
