using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Storage.Steps;

/// <summary>The parts of a form, and lists of texts, as JSON: of a part joint, program, first word, options and kinds of words.</summary>
internal static class TemplateJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(StepTemplate template) =>
        Write(json =>
        {
            foreach (var part in template.Parts)
            {
                json.WriteStartArray();
                json.WriteStringValue(part.Joint);
                json.WriteStringValue(part.Program);
                json.WriteStringValue(part.Lead);
                json.WriteStartArray();
                foreach (var option in part.Options)
                    json.WriteStringValue(option);
                json.WriteEndArray();
                json.WriteStartArray();
                foreach (var word in part.Words)
                    json.WriteNumberValue((int)word);
                json.WriteEndArray();
                json.WriteEndArray();
            }
        });

    public static string Write(IReadOnlyList<string> texts) =>
        texts.Count == 0
            ? "[]"
            : Write(json =>
            {
                foreach (var text in texts)
                    json.WriteStringValue(text);
            });

    public static StepTemplate Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new StepTemplate { Parts = [.. document.RootElement.EnumerateArray().Select(ReadPart)] };
    }

    public static IReadOnlyList<string> ReadTexts(string json)
    {
        if (json == "[]")
            return [];
        using var document = JsonDocument.Parse(json);
        return Texts(document.RootElement);
    }

    private static TemplatePart ReadPart(JsonElement part) =>
        new(
            part[0].GetString()!,
            part[1].GetString()!,
            part[2].GetString(),
            Texts(part[3]),
            [.. part[4].EnumerateArray().Select(word => (WordKind)word.GetInt32())]
        );

    private static string[] Texts(JsonElement texts) => [.. texts.EnumerateArray().Select(text => text.GetString()!)];

    private static string Write(Action<Utf8JsonWriter> items)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
