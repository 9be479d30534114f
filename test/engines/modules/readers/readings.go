package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	kubeyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/yaml"
)

// read gives all documents or an error; a reader that panics refuses.
func read(text []byte, with func([]byte) ([]json.RawMessage, error)) (r reading) {
	defer func() {
		if reason := recover(); reason != nil {
			r = reading{Error: fmt.Sprint(reason)}
		}
	}()
	documents, err := with(text)
	if err != nil {
		return reading{Error: err.Error()}
	}
	return reading{Documents: documents}
}

// kubectl decodes a stream as k8s.io/cli-runtime/pkg/resource does (StreamVisitor.Visit).
func kubectl(text []byte) ([]json.RawMessage, error) {
	documents := []json.RawMessage{}
	decoder := kubeyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	for {
		ext := runtime.RawExtension{}
		if err := decoder.Decode(&ext); err == io.EOF {
			return documents, nil
		} else if err != nil {
			return nil, err
		}
		if raw := bytes.TrimSpace(ext.Raw); len(raw) > 0 && !bytes.Equal(raw, []byte("null")) {
			documents = append(documents, bytes.Clone(raw))
		}
	}
}

// kustomize decodes resources as sigs.k8s.io/kustomize/api/resource does (Factory.RNodesFromBytes). What is applied is
// the text that it writes.
func kustomize(text []byte) ([]json.RawMessage, error) {
	nodes, err := (&kio.ByteReader{
		Reader:                bytes.NewReader(text),
		OmitReaderAnnotations: true,
		AnchorsAweigh:         true,
	}).Read()
	if err != nil {
		return nil, err
	}
	documents := []json.RawMessage{}
	for _, node := range nodes {
		written, err := node.String()
		if err != nil {
			return nil, err
		}
		document, err := yaml.YAMLToJSON([]byte(written))
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
	return documents, nil
}

// containsItself tells of an anchor that its own value refers to: kyaml follows it until its stack is full, which no
// program survives.
func containsItself(text []byte) bool {
	documents := kubeyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(text)))
	for {
		document, err := documents.Read()
		if err != nil {
			return false
		}
		if _, err := yaml.YAMLToJSON(document); err != nil && strings.Contains(err.Error(), "contains itself") {
			return true
		}
	}
}
