using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ZstdSharp;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>Every case tells the same in whatever form its files come: line ends, marks, order of fields, compression.</summary>
public class CaseVariantTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static readonly string[] s_cases =
    [
        .. Enumerable.Range(1, 23).Select(number => $"{number:D2}").Where(number => Directory.Exists(ImportCase.PathOf(number))),
    ];

    public static TheoryData<string, string> Variants
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var number in s_cases)
            {
                foreach (
                    var variant in new[]
                    {
                        "CRLF",
                        "byte order mark",
                        "UTF-16",
                        "empty lines",
                        "cut off",
                        "fields in reverse",
                        "escapes",
                        "indented",
                        "one array",
                        "gzip",
                        "Zstandard",
                        "Zstandard in frames",
                    }
                )
                    data.Add(number, variant);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_case_gives_the_same_events_in_every_form(string number, string variant)
    {
        using var plain = CaseFolder.Of(number);
        using var varied = CaseFolder.Of(number);
        var files = Directory.GetFiles(varied.Input, "*", SearchOption.AllDirectories).Where(file => !IsAnswer(file)).ToArray();
        var isCutOff = variant == "cut off" && Array.TrueForAll(files, file => file.EndsWith(".jsonl", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var (name, content) = Vary(variant, file, File.ReadAllText(file));
            File.Delete(file);
            File.WriteAllBytes(name, content);
        }

        foreach (var folder in new[] { plain, varied })
        {
            foreach (var file in Directory.GetFiles(folder.Input, "*", SearchOption.AllDirectories))
                File.SetLastWriteTimeUtc(file, new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc));
        }

        var expected = plain.Import();
        var result = varied.Import();

        Assert.Equal(plain.Told(), varied.Told());
        Assert.Equal(plain.Stored().Select(row => row.Id).Order(), varied.Stored().Select(row => row.Id).Order());
        Assert.Equal((expected.NewCount, expected.SessionCount), (result.NewCount, result.SessionCount));
        Assert.Equal(
            expected.Skips(),
            string.Join(", ", result.Skips().Split(", ").Where(skip => !isCutOff || skip != $"malformed {files.Length}"))
        );
    }

    private static bool IsAnswer(string file) => file.Contains("tool-results", StringComparison.Ordinal);

    private static (string Name, byte[] Content) Vary(string variant, string file, string text) =>
        variant switch
        {
            "CRLF" => (file, Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n"))),
            "byte order mark" => (file, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]),
            "UTF-16" => (file, [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]),
            "empty lines" => (file, Encoding.UTF8.GetBytes("\n\n" + text.Replace("\n", "\n \n\n") + "\n")),
            "cut off" when file.EndsWith(".jsonl", StringComparison.Ordinal) => (
                file,
                Encoding.UTF8.GetBytes(text.TrimEnd() + "\n" + text[..(text.IndexOf('\n') / 2)])
            ),
            "fields in reverse" => (file, Lines(text, line => Reversed(line).ToJsonString())),
            "escapes" => (file, Lines(text, line => line.ToJsonString())),
            "indented" => (file, Lines(text, line => line.ToJsonString(s_indented))),
            "one array" => (file, Encoding.UTF8.GetBytes($"[{string.Join(",\n", text.Split('\n').Where(line => line.Length > 0))}]")),
            "gzip" => (file + ".gz", Gzip(Encoding.UTF8.GetBytes(text))),
            "Zstandard" => (file + ".zst", Zstandard(Encoding.UTF8.GetBytes(text))),
            "Zstandard in frames" => (
                file + ".zst",
                [
                    .. Zstandard(Encoding.UTF8.GetBytes(text[..(text.Length / 3)])),
                    .. Zstandard(Encoding.UTF8.GetBytes(text[(text.Length / 3)..])),
                ]
            ),
            _ => (file, Encoding.UTF8.GetBytes(text)),
        };

    private static byte[] Lines(string text, Func<JsonNode, string> vary) =>
        Encoding.UTF8.GetBytes(
            string.Join('\n', text.Split('\n').Where(line => line.Length > 0).Select(line => vary(JsonNode.Parse(line)!))) + "\n"
        );

    private static JsonObject Reversed(JsonNode line) =>
        new(line.AsObject().Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private static byte[] Zstandard(byte[] bytes)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return target.ToArray();
    }
}
