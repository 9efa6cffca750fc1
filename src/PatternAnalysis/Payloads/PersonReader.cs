using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Payloads;

/// <summary>
/// Tells apart the people whose agents sent events: by what the hook says of its user, else by the home folder that it worked in. Events
/// that were masked when they were stored name nobody.
/// </summary>
public static partial class PersonReader
{
    private const int MaximumDepth = 64;

    private static readonly string[] s_userFields = ["user_email", "user_id", "user_name", "user"];

    /// <summary>
    /// The name of the person of an event: the same for the same person. It is for telling people apart in memory only; what is told of
    /// them is a number (<see cref="Events.SessionOrigins"/>). Null when the payload does not tell.
    /// </summary>
    /// <param name="payloadUtf8">The payload, empty when the event has none. Never throws on its content.</param>
    public static string? Read(ReadOnlySpan<byte> payloadUtf8)
    {
        if (payloadUtf8.IsEmpty)
            return null;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            ReadFields(payloadUtf8, fields);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is a string that is not Unicode.
            return null;
        }

        var name = s_userFields.Select(fields.GetValueOrDefault).FirstOrDefault(user => !string.IsNullOrWhiteSpace(user));
        if (name is null && fields.TryGetValue("cwd", out var folder) && Home().Match(folder) is { Success: true } home)
            name = home.Groups[1].Value;
        return name?.Trim();
    }

    private static void ReadFields(ReadOnlySpan<byte> json, Dictionary<string, string> fields)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (name == "cwd" || s_userFields.Contains(name)))
                fields[name] = reader.GetString()!;
            else
                reader.Skip();
        }
    }

    [GeneratedRegex(@"\A(?:/home/|/Users/|[A-Za-z]:[\\/]Users[\\/])(?!Public\b|Shared\b)([^/\\]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Home();
}
