// Renders the template of an ExternalSecret with the operator's own engine. Standard input: {"externalSecret": ...,
// "values": {"secretKey": "value"}}, standard output: the Secret, both JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"

	esv1 "github.com/external-secrets/external-secrets/apis/externalsecrets/v1"
	"github.com/external-secrets/external-secrets/pkg/controllers/templating"
	"github.com/external-secrets/external-secrets/pkg/template"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

type input struct {
	ExternalSecret esv1.ExternalSecret `json:"externalSecret"`
	Values         map[string]string   `json:"values"`
}

func main() {
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		log.Fatal(err)
	}
	secret, err := render(in.ExternalSecret, in.Values)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(secret); err != nil {
		log.Fatal(err)
	}
}

// The order of ApplyTemplate in pkg/controllers/externalsecret/externalsecret_controller_template.go.
func render(es esv1.ExternalSecret, values map[string]string) (*v1.Secret, error) {
	tpl := es.Spec.Target.Template
	if tpl == nil {
		return nil, fmt.Errorf("ExternalSecret %s has no template", es.Name)
	}
	secret := emptySecret(es, tpl)
	execute, err := template.EngineForVersion(tpl.EngineVersion)
	if err != nil {
		return nil, err
	}
	parser := templating.Parser{TargetSecret: secret, DataMap: bytesOf(values), Exec: execute}
	if err := parser.MergeTemplateFrom(context.Background(), es.Namespace, tpl); err != nil {
		return nil, err
	}
	if err := parser.MergeMap(tpl.Data, esv1.TemplateTargetData); err != nil {
		return nil, err
	}
	if err := parser.MergeMap(tpl.Metadata.Labels, esv1.TemplateTargetLabels); err != nil {
		return nil, err
	}
	return secret, parser.MergeMap(tpl.Metadata.Annotations, esv1.TemplateTargetAnnotations)
}

func emptySecret(es esv1.ExternalSecret, tpl *esv1.ExternalSecretTemplate) *v1.Secret {
	return &v1.Secret{
		TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
		ObjectMeta: metav1.ObjectMeta{
			Name:        es.Spec.Target.Name,
			Namespace:   es.Namespace,
			Labels:      map[string]string{},
			Annotations: map[string]string{},
		},
		Type: tpl.Type,
		Data: map[string][]byte{},
	}
}

func bytesOf(values map[string]string) map[string][]byte {
	all := make(map[string][]byte, len(values))
	for key, value := range values {
		all[key] = []byte(value)
	}
	return all
}
