// A preview 1 program as Go makes it: what its first argument names, or a CGI program where it is run as one.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/cgi"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

func main() {
	if os.Getenv("GATEWAY_INTERFACE") != "" {
		check(cgi.Serve(http.HandlerFunc(answer)))
		return
	}
	switch os.Args[1] {
	case "files":
		files(os.Args[2])
	case "upper":
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			fmt.Println(strings.ToUpper(lines.Text()))
		}
	case "routines":
		routines()
	case "panic":
		panic("the guest panics on purpose")
	default:
		fmt.Fprintln(os.Stderr, "no such verb")
		os.Exit(64)
	}
}

func check(err error) {
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

func files(root string) {
	check(os.MkdirAll(root+"/a/b", 0o777))
	check(os.WriteFile(root+"/a/b/one", []byte("content"), 0o666))
	check(os.Rename(root+"/a/b/one", root+"/a/two"))
	check(os.Symlink("two", root+"/a/link"))
	text, err := os.ReadFile(root + "/a/link")
	check(err)
	entries, err := os.ReadDir(root + "/a")
	check(err)
	names := []string{}
	for _, each := range entries {
		names = append(names, each.Name())
	}
	sort.Strings(names)
	_, outside := os.ReadFile(root + "/../../etc/passwd")
	fmt.Println(string(text), strings.Join(names, ","), outside != nil)
	check(os.RemoveAll(root + "/a"))
}

func routines() {
	var group sync.WaitGroup
	results := make(chan int, 10)
	for i := range 10 {
		group.Add(1)
		go func() {
			defer group.Done()
			time.Sleep(time.Millisecond)
			results <- i
		}()
	}
	group.Wait()
	close(results)
	sum := 0
	for each := range results {
		sum += each
	}
	fmt.Println("sum", sum)
}

func answer(writer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	check(err)
	writer.Header().Set("X-Guest", "go")
	fmt.Fprintf(writer, "%s %s %s %q\n", request.Method, request.URL.Path, request.URL.Query().Get("x"), body)
}
