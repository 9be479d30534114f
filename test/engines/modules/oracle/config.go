package main

import (
	"encoding/json"
	"sort"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/credentialprovider"
)

type document struct {
	Type string `json:"type"`
	Text []byte `json:"text"`
}

type entry struct {
	Key      []byte `json:"key"`
	Username []byte `json:"username"`
	Password []byte `json:"password"`
	Email    []byte `json:"email"`
}

type configAnswer struct {
	Error   string  `json:"error,omitempty"`
	Entries []entry `json:"entries,omitzero"`
}

// Reads a document as secrets.MakeDockerKeyring does for a Secret of this type.
func decode(d document) *configAnswer {
	config, err := unmarshal(d)
	if err != nil {
		return &configAnswer{Error: err.Error()}
	}
	entries := make([]entry, 0, len(config))
	for key, each := range config {
		entries = append(entries, entry{[]byte(key), []byte(each.Username), []byte(each.Password), []byte(each.Email)})
	}
	sort.Slice(entries, func(i, j int) bool { return string(entries[i].Key) < string(entries[j].Key) })
	return &configAnswer{Entries: entries}
}

func unmarshal(d document) (credentialprovider.DockerConfig, error) {
	if v1.SecretType(d.Type) == v1.SecretTypeDockercfg {
		config := credentialprovider.DockerConfig{}
		err := json.Unmarshal(d.Text, &config)
		return config, err
	}
	config := credentialprovider.DockerConfigJSON{}
	err := json.Unmarshal(d.Text, &config)
	return config.Auths, err
}
