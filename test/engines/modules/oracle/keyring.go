package main

import (
	"encoding/json"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/pkg/credentialprovider"
	"k8s.io/kubernetes/pkg/credentialprovider/secrets"
	"k8s.io/kubernetes/pkg/util/parsers"
)

type secret struct {
	Name string            `json:"name"`
	Type string            `json:"type"`
	Data map[string][]byte `json:"data"`
}

type credential struct {
	Username []byte `json:"username"`
	Password []byte `json:"password"`
	Secret   string `json:"secret"`
}

type keyringAnswer struct {
	Error string `json:"error,omitempty"`
	// Lookups has for each image the different answers that were seen; none for an image that is no reference.
	Lookups [][][]credential `json:"lookups,omitzero"`
}

func askKeyring(q question) *keyringAnswer {
	a := &keyringAnswer{Lookups: make([][][]credential, len(q.Images))}
	for range max(1, q.Repeat) {
		keyring, err := keyringOf(q.Secrets)
		if err != nil {
			return &keyringAnswer{Error: err.Error()}
		}
		for i, image := range q.Images {
			if found, ok := lookup(keyring, image); ok {
				a.Lookups[i] = appendNew(a.Lookups[i], found)
			}
		}
	}
	return a
}

func keyringOf(all []secret) (credentialprovider.DockerKeyring, error) {
	passed := make([]v1.Secret, 0, len(all))
	for _, s := range all {
		passed = append(passed, v1.Secret{
			ObjectMeta: metav1.ObjectMeta{Name: s.Name},
			Type:       v1.SecretType(s.Type),
			Data:       s.Data,
		})
	}
	return secrets.MakeDockerKeyring(passed, &credentialprovider.BasicDockerKeyring{})
}

func lookup(keyring credentialprovider.DockerKeyring, image string) ([]credential, bool) {
	name, _, _, err := parsers.ParseImageName(image)
	if err != nil {
		return nil, false
	}
	found, _ := keyring.Lookup(name)
	credentials := make([]credential, 0, len(found))
	for _, each := range found {
		credentials = append(credentials, credential{
			Username: []byte(each.Username),
			Password: []byte(each.Password),
			Secret:   each.Source.Secret.Name,
		})
	}
	return credentials, true
}

// Asks as isImageAllowed of a credential provider does.
func matched(q question) [][]bool {
	all := make([][]bool, len(q.Images))
	for i, image := range q.Images {
		name, _, _, err := parsers.ParseImageName(image)
		all[i] = make([]bool, len(q.MatchImages))
		for j, pattern := range q.MatchImages {
			ok, _ := credentialprovider.URLsMatchStr(pattern, name)
			all[i][j] = err == nil && ok
		}
	}
	return all
}

func appendNew(seen [][]credential, found []credential) [][]credential {
	text := textOf(found)
	for _, each := range seen {
		if textOf(each) == text {
			return seen
		}
	}
	return append(seen, found)
}

func textOf(found []credential) string {
	text, err := json.Marshal(found)
	if err != nil {
		panic(err)
	}
	return string(text)
}
