// The External Secrets Operator itself, as upstream's main.go starts it.
package main

import "github.com/external-secrets/external-secrets/cmd/controller"

func main() {
	controller.Execute()
}
