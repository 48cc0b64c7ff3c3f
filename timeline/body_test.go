package timeline

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// sameBody holds the short way of reading a body to encoding/json.
func sameBody(t interface{ Fatalf(string, ...any) }, b []byte) {
	var want Body
	wrong := json.Unmarshal(b, &want)
	got, err := readBody(b)
	if (err == nil) != (wrong == nil) {
		t.Fatalf("%q: error %v, encoding/json says %v", b, err, wrong)
	}
	if err == nil && !reflect.DeepEqual(got, want) {
		t.Fatalf("%q: %#v, encoding/json reads %#v", b, got, want)
	}
}

func TestBodiesAreReadAsEncodingJSONReadsThem(t *testing.T) {
	for _, b := range []string{
		`{"text":"plain","tags":[],"data":null}`,
		`{"text":"æøå","tags":["a","b"],"data":{"key":"x","value":[1,2]}}`,
		`{"text":"a \"quoted\" word","tags":["a\u0062"],"data":1}`,
		`{"text":"twice","tags":[],"data":1,"text":"again"}`,
		`{"text":"twice","tags":[],"data":1,"data":2}`,
		`{"text":"spaced" ,"tags":[],"data":1}`,
		`{"text":"no tags","tags":null,"data":1}`,
		`{"tags":[],"text":"another order","data":1}`,
		`{"text":"open`, `{"text":"a","tags":["b"`, `{"text":"a","tags":["b",],"data":1}`,
		`{"text":"a","tags":[],"data":}`, `{"text":"a","tags":[],"data":{}`, `{"text":"a","tags":[],"data":1}}`,
		"{\"text\":\"a\nb\",\"tags\":[],\"data\":1}", "{\"text\":\"\xff\",\"tags\":[],\"data\":1}", ``, `{}`, `null`,
	} {
		sameBody(t, []byte(b))
	}
}

func TestAnyBodyThatIsWrittenIsReadAsEncodingJSONReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, err := encodeBody(Draft{
			Text: rapid.String().Draw(t, "text"),
			Tags: rapid.SliceOf(rapid.String()).Draw(t, "tags"),
			Data: rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "data"),
		})
		if err != nil {
			t.Skip(err)
		}
		sameBody(t, b)
	})
}

func FuzzReadBody(f *testing.F) {
	f.Add([]byte(`{"text":"plain","tags":["a"],"data":null}`))
	f.Add([]byte(`{"text":"a\u0062","tags":[],"data":{"a":1}}`))
	f.Fuzz(func(t *testing.T, b []byte) { sameBody(t, b) })
}
