// Golden answers for the template engine: what Go's text/template, sprig and sealos' own functions
// make of the cases in a directory. See the script beside this file.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/ioutil"
	"net"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"time"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

// What a template of Hawser may not do or does not know; asking for it is an error there.
var absent = strings.Fields(`env expandenv getHostByName now ago date dateInZone date_in_zone dateModify
	date_modify mustDateModify must_date_modify htmlDate htmlDateInZone toDate mustToDate unixEpoch duration
	durationRound randAlphaNum randAlpha randAscii randNumeric randBytes randInt shuffle uuidv4 bcrypt htpasswd
	genPrivateKey genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey
	buildCustomCert encryptAES derivePassword decryptAES camelcase snakecase kebabcase urlParse urlJoin hello`)

func functions() template.FuncMap {
	f := sprig.TxtFuncMap()
	for _, name := range absent {
		delete(f, name)
	}
	f["toYaml"] = toYaml
	f["fromYaml"] = func(s string) map[string]interface{} {
		m := map[string]interface{}{}
		if err := yaml.Unmarshal([]byte(s), &m); err != nil {
			m["Error"] = err.Error()
		}
		return m
	}
	f["fromYamlArray"] = func(s string) []interface{} {
		a := []interface{}{}
		if err := yaml.Unmarshal([]byte(s), &a); err != nil {
			a = []interface{}{err.Error()}
		}
		return a
	}
	f["toJson"] = func(v interface{}) string {
		data, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(data)
	}
	f["fromJson"] = func(s string) map[string]interface{} {
		m := map[string]interface{}{}
		if err := json.Unmarshal([]byte(s), &m); err != nil {
			m["Error"] = err.Error()
		}
		return m
	}
	f["fromJsonArray"] = func(s string) []interface{} {
		a := []interface{}{}
		if err := json.Unmarshal([]byte(s), &a); err != nil {
			a = []interface{}{err.Error()}
		}
		return a
	}
	f["required"] = func(why string, v interface{}) (interface{}, error) {
		if v == nil || v == "" {
			return nil, errors.New(why)
		}
		return v, nil
	}
	f["ipNet"] = func(s string) (string, error) {
		_, n, err := net.ParseCIDR(s)
		if err != nil {
			return "", err
		}
		return n.String(), nil
	}
	f["ipAt"] = func(s string, index uint32) (string, error) {
		_, n, err := net.ParseCIDR(s)
		if err != nil {
			return "", err
		}
		mask, start := binary.BigEndian.Uint32(n.Mask), binary.BigEndian.Uint32(n.IP)
		if start+index > (start&mask)|(mask^0xffffffff) {
			return "out of ip address range", nil
		}
		ip := make(net.IP, 4)
		binary.BigEndian.PutUint32(ip, start+index)
		return ip.String(), nil
	}
	return f
}

func toYaml(v interface{}) string {
	data, err := yaml.Marshal(v)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(data), "\n")
}

type one struct{ name, text, values string }

// read gives the cases of a file: of *.lines each line is one, of *.cases each block behind "=== name".
func read(file string) []one {
	data, err := ioutil.ReadFile(file)
	check(err)
	var cases []one
	values := "{}"
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	block := strings.HasSuffix(file, ".cases")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		switch {
		case block && strings.HasPrefix(line, "=== "):
			c := one{line[4:], "", values}
			if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "values: ") {
				i++
				c.values = lines[i][8:]
			}
			start := i + 1
			for i+1 < len(lines) && !strings.HasPrefix(lines[i+1], "=== ") {
				i++
			}
			c.text = strings.Join(lines[start:i+1], "\n")
			cases = append(cases, c)
		case strings.HasPrefix(line, "values: "):
			values = line[8:]
		case line == "" || strings.HasPrefix(line, "# "):
		default:
			cases = append(cases, one{line, line, values})
		}
	}
	return cases
}

// typed turns {"$int": 5} into an int, which JSON does not have.
func typed(v interface{}) interface{} {
	switch v := v.(type) {
	case map[string]interface{}:
		if n, ok := v["$int"].(float64); ok && len(v) == 1 {
			return int(n)
		}
		for key, value := range v {
			v[key] = typed(value)
		}
	case []interface{}:
		for i, value := range v {
			v[i] = typed(value)
		}
	}
	return v
}

func render(c one) (out string) {
	defer func() {
		if p := recover(); p != nil {
			out = fmt.Sprint("ERROR panic: ", p)
		}
	}()
	data := map[string]interface{}{}
	check(json.Unmarshal([]byte(c.values), &data))
	t, err := template.New("t").Option("missingkey=default").Funcs(functions()).Parse(c.text)
	if err != nil {
		return "ERROR " + err.Error()
	}
	var b bytes.Buffer
	if err := t.Execute(&b, typed(data)); err != nil {
		return "ERROR " + err.Error()
	}
	return text(b.String())
}

func text(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	check(e.Encode(s))
	return strings.TrimSuffix(b.String(), "\n")
}

// export writes the cases of a file that are rendered for another program: N.tmpl, N.values, N.out.
func export(file, directory string) {
	n := 0
	for _, c := range read(file) {
		var out string
		if json.Unmarshal([]byte(render(c)), &out) != nil {
			continue
		}
		values := map[string]string{}
		check(json.Unmarshal([]byte(c.values), &values))
		var b strings.Builder
		for key, value := range values {
			fmt.Fprintf(&b, "%s=%s\n", key, value)
		}
		name := filepath.Join(directory, fmt.Sprint(n))
		check(ioutil.WriteFile(name+".tmpl", []byte(c.text), 0644))
		check(ioutil.WriteFile(name+".values", []byte(b.String()), 0644))
		check(ioutil.WriteFile(name+".out", []byte(out), 0644))
		n++
	}
	fmt.Println(n)
}

// measure prints the seconds that rendering those cases so many times takes. A template is read each
// time, as sealos does; the functions are made once.
func measure(file string, times int) {
	type ready struct {
		text string
		data map[string]interface{}
	}
	var cases []ready
	for _, c := range read(file) {
		if strings.HasPrefix(render(c), "ERROR") {
			continue
		}
		data := map[string]interface{}{}
		check(json.Unmarshal([]byte(c.values), &data))
		cases = append(cases, ready{c.text, data})
	}
	root := template.New("t").Funcs(functions())
	run := func(times int) {
		for i := 0; i < times; i++ {
			for _, c := range cases {
				t, err := root.New("x").Parse(c.text)
				check(err)
				var b bytes.Buffer
				check(t.Execute(&b, c.data))
				length += len(b.String())
			}
		}
	}
	run(times/10 + 1)
	start := time.Now()
	run(times)
	fmt.Printf("%.6f\n", time.Since(start).Seconds())
}

var length int

func main() {
	switch os.Args[1] {
	case "export":
		export(os.Args[2], os.Args[3])
		return
	case "measure":
		times, err := strconv.Atoi(os.Args[3])
		check(err)
		measure(os.Args[2], times)
		return
	}
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*.[cl]*s"))
	check(err)
	sort.Strings(files)
	total := 0
	for _, file := range files {
		var b strings.Builder
		cases := read(file)
		for _, c := range cases {
			fmt.Fprintf(&b, "=== %s\n%s\n", c.name, strings.ReplaceAll(render(c), "\n", " "))
		}
		total += len(cases)
		check(ioutil.WriteFile(file+".golden", []byte(b.String()), 0644))
	}
	fmt.Println(total, "cases in", len(files), "files")
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
