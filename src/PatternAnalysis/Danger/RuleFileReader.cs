using System.Text.Json;

namespace PatternAnalysis.Danger;

/// <summary>Reads a rule file and says exactly what is wrong with it.</summary>
internal static class RuleFileReader
{
    private static readonly JsonDocumentOptions s_options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static (IReadOnlyList<DangerRule> Rules, IReadOnlyList<string> Disabled) Read(string json, string source, bool validatesPatterns)
    {
        using var document = Parse(json, source);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new DangerRuleException(
                source,
                ruleId: null,
                field: null,
                "a rule file is a JSON object with 'rules', 'disable' or both"
            );

        var rules = new List<DangerRule>();
        var disabled = new List<string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            switch (property.Name)
            {
                case "rules":
                    foreach (var element in Array(property.Value, source, property.Name))
                        rules.Add(new RuleReader(element, source, validatesPatterns).Read());
                    break;
                case "disable":
                    foreach (var element in Array(property.Value, source, property.Name))
                        disabled.Add(
                            element.ValueKind == JsonValueKind.String
                                ? element.GetString()!
                                : throw new DangerRuleException(source, ruleId: null, "disable", "is a list of rule ids")
                        );
                    break;
                case "$schema" or "comment":
                    break;
                default:
                    throw new DangerRuleException(
                        source,
                        ruleId: null,
                        property.Name,
                        "is not known; a rule file has 'rules' and 'disable'"
                    );
            }
        }

        return (rules, disabled);
    }

    private static JsonDocument Parse(string json, string source)
    {
        try
        {
            return JsonDocument.Parse(json, s_options);
        }
        catch (JsonException failure)
        {
            var place = failure.LineNumber is { } line ? $"line {line + 1}: " : "";
            throw new DangerRuleException(source, ruleId: null, field: null, $"{place}this is not JSON: {failure.Message}", failure);
        }
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement element, string source, string field) =>
        element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray()
            : throw new DangerRuleException(source, ruleId: null, field, "is a list");
}
