// The readers answer what the tools that apply manifests make of a text: one question a line on standard input, one
// answer a line on standard output, both JSON. Texts are base64, because they need not be UTF-8.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"os"
)

type question struct {
	Text []byte `json:"text"`
}

type answer struct {
	Kubectl   reading `json:"kubectl"`
	Kustomize reading `json:"kustomize"`
}

// A reading has the documents as JSON, or the reason why there are none.
type reading struct {
	Documents []json.RawMessage `json:"documents"`
	Error     string            `json:"error,omitempty"`
}

func main() {
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := json.NewEncoder(os.Stdout)
	for {
		var q question
		if err := in.Decode(&q); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		a := answer{Kubectl: read(q.Text, kubectl), Kustomize: reading{Error: "an anchor contains itself"}}
		if !containsItself(q.Text) {
			a.Kustomize = read(q.Text, kustomize)
		}
		if err := out.Encode(a); err != nil {
			log.Fatal(err)
		}
	}
}
