using System.Collections.Frozen;
using System.Text.Json;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>Reads one rule of a rule file.</summary>
internal sealed class RuleReader
{
    private static readonly FrozenSet<string> s_commandFields = new[]
    {
        "programs",
        "withoutProgram",
        "subcommands",
        "subcommandPattern",
        "globalFlags",
        "flags",
        "allFlags",
        "unlessFlags",
        "arguments",
        "operands",
        "unlessOperands",
        "overwrites",
        "writesTo",
        "assignments",
        "fedBy",
        "contains",
        "codeFromInput",
        "wrappers",
        "unlessPrograms",
        "onlyArgument",
        "onlyFlags",
        "onlyLetters",
        "onlyOperands",
        "minimumOperands",
        "maximumOperands",
        "usualTasks",
        "touches",
        "touchesName",
        "unlessTouches",
        "takes",
        "outputs",
        "empties",
        "overwritesInput",
        "plainScript",
        "readingStatement",
        "runs",
        "unlessAssignments",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_toolFields = new[]
    {
        "tools",
        "toolWords",
        "toolVerbs",
        "toolPattern",
        "unlessToolWords",
        "unlessTool",
        "paths",
        "unlessPaths",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_commonFields = new[]
    {
        "id",
        "category",
        "level",
        "overrides",
        "shells",
        "why",
        "comment",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly JsonElement _element;
    private readonly string _source;
    private readonly string? _id;
    private readonly bool _validatesPatterns;

    public RuleReader(JsonElement element, string source, bool validatesPatterns)
    {
        _validatesPatterns = validatesPatterns;
        _element = element;
        _source = source;
        if (element.ValueKind != JsonValueKind.Object)
            throw Fault(field: null, "a rule is an object");
        _id = RequiredText("id");
    }

    public DangerRule Read()
    {
        var fields = _element.EnumerateObject().Select(property => property.Name).ToArray();
        if (
            fields.FirstOrDefault(field =>
                !s_commonFields.Contains(field) && !s_commandFields.Contains(field) && !s_toolFields.Contains(field)
            ) is
            { } unknown
        )
            throw Fault(unknown, "is not known");
        if (fields.GroupBy(field => field).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Fault(twice.Key, "is there twice");

        var isCommand = fields.Any(s_commandFields.Contains);
        var isTool = fields.Any(s_toolFields.Contains);
        if (!isCommand && !isTool)
            throw Fault(field: null, "matches everything; it needs 'programs' or another field that says what it is about");

        var overrides = Flag("overrides");
        if (overrides && (Level() != DangerLevel.Safe || Texts("programs").Count == 0))
            throw Fault("overrides", "is for safe rules that name their programs");
        return new DangerRule(_id!, RequiredText("category"), Level(), RequiredText("why"), Shells())
        {
            Overrides = overrides,
            Command = isCommand ? Command() : null,
            Tool = isTool ? Tool() : null,
        };
    }

    private CommandCondition Command() =>
        new()
        {
            Programs = Texts("programs"),
            WithoutProgram = Flag("withoutProgram"),
            CodeFromInput = Flag("codeFromInput"),
            Contains = Texts("contains").ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            SubCommands = Texts("subcommands"),
            SubCommandPattern = Pattern("subcommandPattern"),
            GlobalFlags = Options("globalFlags"),
            AcceptsAbbreviations = Level() > DangerLevel.Safe,
            Flags = Options("flags"),
            AllFlags = Options("allFlags"),
            UnlessFlags = Options("unlessFlags"),
            Arguments = Pattern("arguments"),
            Operands = Pattern("operands"),
            UnlessOperands = Pattern("unlessOperands"),
            Overwrites = Pattern("overwrites"),
            WritesTo = Pattern("writesTo"),
            Assignments = Pattern("assignments"),
            FedBy = Texts("fedBy").ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            Wrappers = Texts("wrappers"),
            UnlessPrograms = Texts("unlessPrograms").ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            OnlyArgument = Pattern("onlyArgument"),
            OnlyFlags = OnlyFlags(),
            OnlyOperands = Pattern("onlyOperands"),
            MinimumOperands = Number("minimumOperands") ?? 0,
            MaximumOperands = Number("maximumOperands") ?? int.MaxValue,
            UsualTasks = Choice<TaskPlace>("usualTasks"),
            Touches = Pattern("touches"),
            Takes = Pattern("takes"),
            TouchesName = Texts("touchesName"),
            UnlessTouches = Pattern("unlessTouches"),
            Outputs = Pattern("outputs"),
            Empties = Flag("empties"),
            OverwritesInput = Flag("overwritesInput"),
            PlainScript = Choice<ScriptLanguage>("plainScript"),
            ReadingStatement = Flag("readingStatement"),
            Runs = Texts("runs").ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            UnlessAssignments = Pattern("unlessAssignments"),
        };

    private ToolCondition Tool() =>
        new()
        {
            Names = Texts("tools").ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            Verbs = Texts("toolVerbs").ToFrozenSet(StringComparer.Ordinal),
            Name = Pattern("toolPattern"),
            Words = Texts("toolWords").SelectMany(ToolNameWords.Inflect).ToFrozenSet(StringComparer.Ordinal),
            UnlessWords = Texts("unlessToolWords").SelectMany(ToolNameWords.Inflect).ToFrozenSet(StringComparer.Ordinal),
            UnlessName = Pattern("unlessTool"),
            Paths = Pattern("paths"),
            UnlessPaths = Pattern("unlessPaths"),
        };

    private DangerLevel Level() =>
        RequiredText("level") switch
        {
            "safe" => DangerLevel.Safe,
            "unknown" => DangerLevel.Unknown,
            "destructive" => DangerLevel.Destructive,
            var other => throw Fault("level", $"'{other}' is none of safe, unknown, destructive"),
        };

    private ShellDialect[] Shells()
    {
        var names = Texts("shells");
        return names.Count == 0
            ? [ShellDialect.Posix, ShellDialect.PowerShell]
            :
            [
                .. names.Select(name =>
                    name switch
                    {
                        "posix" => ShellDialect.Posix,
                        "powershell" => ShellDialect.PowerShell,
                        _ => throw Fault("shells", $"'{name}' is none of posix, powershell"),
                    }
                ),
            ];
    }

    private string RequiredText(string field) =>
        _element.TryGetProperty(field, out var value)
        && value.ValueKind == JsonValueKind.String
        && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw Fault(field, "is missing or is not a text");

    private List<string> Texts(string field)
    {
        if (!_element.TryGetProperty(field, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            throw Fault(field, "is a list with at least one text");
        return
        [
            .. value
                .EnumerateArray()
                .Select(item =>
                    item.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(item.GetString())
                        ? item.GetString()!
                        : throw Fault(field, "has an entry that is not a text")
                ),
        ];
    }

    private List<string> Options(string field)
    {
        var options = Texts(field);
        if (options.Find(option => option is not ['-', _, ..]) is { } wrong)
            throw Fault(field, $"'{wrong}' does not begin with '-'");
        return options;
    }

    private BoundedRegex? Pattern(string field)
    {
        if (!_element.TryGetProperty(field, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Fault(field, "is a regular expression, a text");
        var pattern = new BoundedRegex(value.GetString()!);
        if (!_validatesPatterns)
            return pattern;
        try
        {
            pattern.Validate();
            return pattern;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new DangerRuleException(_source, _id, field, "is not a regular expression that can be used: " + failure.Message, failure);
        }
    }

    private bool Flag(string field)
    {
        if (!_element.TryGetProperty(field, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Fault(field, "is true or false");
    }

    private OptionSet? OnlyFlags()
    {
        var letters = _element.TryGetProperty("onlyLetters", out _) ? RequiredText("onlyLetters") : "";
        var names = Options("onlyFlags");
        return letters.Length == 0 && names.Count == 0 ? null : new OptionSet(letters, names);
    }

    private int? Number(string field)
    {
        if (!_element.TryGetProperty(field, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            ? number
            : throw Fault(field, "is a whole number above 0");
    }

    private T? Choice<T>(string field)
        where T : struct, Enum
    {
        if (!_element.TryGetProperty(field, out _))
            return null;
        var text = RequiredText(field);
        return Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw Fault(field, $"'{text}' is none of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}");
    }

    private DangerRuleException Fault(string? field, string problem) => new(_source, _id, field, problem);
}
