// Argo CD's application controller and repo server, by their own commands: the one program that Argo CD ships is each of
// its components, and takes half as long again to build.
package main

import (
	"os"

	controller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	repo "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
)

func main() {
	command := controller.NewCommand()
	if os.Getenv("ARGOCD_BINARY_NAME") == "argocd-repo-server" {
		command = repo.NewCommand()
	}
	if command.Execute() != nil {
		os.Exit(1)
	}
}
