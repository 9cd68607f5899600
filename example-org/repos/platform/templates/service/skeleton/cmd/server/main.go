package main

import (
	"log"
	"net/http"
)

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	log.Println("${{ values.name }} listens on :8080")
	log.Fatal(http.ListenAndServe(":8080", nil))
}
