package main

import (
	dockerref "github.com/distribution/reference"
	"k8s.io/kubernetes/pkg/util/parsers"
)

type reference struct {
	Error  string `json:"error,omitempty"`
	Domain string `json:"domain"`
	Path   string `json:"path"`
	Name   string `json:"name"`
	Tag    string `json:"tag"`
	Digest string `json:"digest"`
}

func references(images []string) []reference {
	all := make([]reference, 0, len(images))
	for _, image := range images {
		all = append(all, parse(image))
	}
	return all
}

// The name, tag and digest are what the kubelet works with; domain and path are those of the grammar behind it. An
// error is the grammar's, without the words that the kubelet puts before it.
func parse(image string) reference {
	named, err := dockerref.ParseNormalizedNamed(image)
	if err != nil {
		return reference{Error: err.Error()}
	}
	name, tag, digest, err := parsers.ParseImageName(image)
	if err != nil {
		return reference{Error: err.Error()}
	}
	return reference{
		Domain: dockerref.Domain(named),
		Path:   dockerref.Path(named),
		Name:   name,
		Tag:    tag,
		Digest: digest,
	}
}
