// The oracle answers what the kubelet's own code makes of images and pull secrets: one question a line on standard
// input, one answer a line on standard output, both JSON. Bytes are base64, because Go strings need not be UTF-8.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"io"
	"log"
	"os"

	"k8s.io/klog/v2"
)

type question struct {
	Images  []string  `json:"images,omitempty"`
	Secrets []secret  `json:"secrets,omitempty"`
	Config  *document `json:"config,omitempty"`
	// MatchImages are those of a credential provider of the kubelet.
	MatchImages []string `json:"matchImages,omitempty"`
	// Repeat asks for every answer that so many keyrings made of the same Secrets give.
	Repeat int `json:"repeat,omitempty"`
}

type answer struct {
	References []reference    `json:"references,omitzero"`
	Keyring    *keyringAnswer `json:"keyring,omitempty"`
	Config     *configAnswer  `json:"config,omitempty"`
	// Matched says for each image which of MatchImages match it.
	Matched [][]bool `json:"matched,omitzero"`
}

func main() {
	silenceKubernetes()
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	out := json.NewEncoder(os.Stdout)
	for {
		var q question
		if err := in.Decode(&q); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		if err := out.Encode(reply(q)); err != nil {
			log.Fatal(err)
		}
	}
}

func reply(q question) answer {
	a := answer{References: references(q.Images)}
	if q.Secrets != nil {
		a.Keyring = askKeyring(q)
	}
	if q.Config != nil {
		a.Config = decode(*q.Config)
	}
	if q.MatchImages != nil {
		a.Matched = matched(q)
	}
	return a
}

// The kubelet logs every key it ignores.
func silenceKubernetes() {
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	_ = flags.Set("logtostderr", "false")
	_ = flags.Set("stderrthreshold", "FATAL")
	klog.SetOutput(io.Discard)
}
