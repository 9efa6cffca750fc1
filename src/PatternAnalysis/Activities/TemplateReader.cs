using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>Reads the form of a command: what stays when it is used again, what varies, and what kind of work it is.</summary>
internal sealed class TemplateReader
{
    private const int MostParts = 8;
    private const int MostArguments = 24;

    private readonly List<TemplatePart> _parts = [];
    private readonly List<string> _arguments = [];
    private readonly List<string> _labels = [];
    private bool _isTooLong;
    private bool _hasFree;
    private bool _hasQuery;
    private bool _hasMessage;
    private bool _hasElided;
    private bool _looksOnly = true;
    private bool _inspectsOnly = true;
    private bool _waitsOnly = true;

    private TemplateReader() { }

    /// <summary>What a command's form is.</summary>
    /// <param name="Template">The form, or null when it has too many parts to be one.</param>
    /// <param name="Arguments">The words that vary, in order.</param>
    /// <param name="Hint">What kind of work it is.</param>
    /// <param name="Label">The programs and sub-commands of its parts.</param>
    /// <param name="IsKnownText">Nothing of the command was taken out, so equal texts are equal commands.</param>
    public readonly record struct Result(
        StepTemplate? Template,
        IReadOnlyList<string> Arguments,
        StepHint Hint,
        string? Label,
        bool IsKnownText
    );

    /// <summary>A slot of a template, in words.</summary>
    public static string Slot(WordKind kind) =>
        kind switch
        {
            WordKind.Path => "<path>",
            WordKind.Id => "<id>",
            WordKind.Number => "<number>",
            WordKind.Name => "<name>",
            _ => "<text>",
        };

    /// <summary>Reads a command.</summary>
    public static Result Read(ShellScript script)
    {
        var reader = new TemplateReader();
        ShellSegment? preparation = null;
        var joint = "";
        foreach (var segment in script.Segments)
        {
            reader._hasElided |= HasElided(segment);
            if (segment.Origin == SegmentOrigin.Substitution)
                continue;
            if (segment.Program is null || segment.RunsFollowingSegments)
            {
                reader._hasFree |= WritesInlineText(segment);
                continue;
            }

            if (CommandVocabulary.Preparations.Contains(segment.Program) && !WritesFile(segment))
                preparation ??= segment;
            else if (!CommandVocabulary.IsOutputFilter(segment))
                reader.Add(segment, joint);
            joint = segment.Operator switch
            {
                ShellOperator.Pipe => "|",
                ShellOperator.Or => "||",
                _ => "&&",
            };
        }

        if (reader._parts.Count == 0 && preparation is not null)
            reader.AddPreparation(preparation);
        return reader.Finish();
    }

    private Result Finish()
    {
        var isKnown = _parts.Count > 0 && !_isTooLong;
        var hint =
            _hasFree ? StepHint.Free
            : _hasMessage ? StepHint.Message
            : _parts.Count == 0 ? StepHint.Free
            : _waitsOnly ? StepHint.Bookkeeping
            : _inspectsOnly ? StepHint.Inspect
            : _looksOnly ? StepHint.Look
            : _hasQuery ? StepHint.Free
            : StepHint.Command;
        return new Result(
            isKnown ? new StepTemplate { Parts = [.. _parts] } : null,
            [.. _arguments],
            hint,
            _labels.Count == 0 ? null : string.Join(" && ", _labels),
            !_hasElided && hint != StepHint.Message
        );
    }

    private void AddPreparation(ShellSegment segment)
    {
        var program = segment.Program!;
        _waitsOnly &= program is "sleep" or "wait" or "Start-Sleep";
        _looksOnly &= CommandVocabulary.Looks(program, "");
        _inspectsOnly = false;
        Write(segment, "", program, "");
    }

    private void Add(ShellSegment segment, string joint)
    {
        _waitsOnly = false;
        var program = Name(segment);
        var subCommand = ProgramCatalog.SubCommand(segment);
        var isRead = !WritesFile(segment) && !CommandVocabulary.IsCheck(segment);
        _looksOnly &= isRead && CommandVocabulary.Looks(segment.Program!, subCommand);
        _inspectsOnly &= isRead && CommandVocabulary.Inspects(segment.Program!, subCommand);
        _hasQuery |= QueryText.IsIn(segment);
        if (IsThoughtUp(segment))
        {
            _hasFree = true;
            AddLabel(program);
            return;
        }

        Write(segment, joint, subCommand.Length == 0 ? program : $"{program} {subCommand}", subCommand);
    }

    private void AddLabel(string label)
    {
        if (!_labels.Contains(label))
            _labels.Add(label);
    }

    private void Write(ShellSegment segment, string joint, string program, string subCommand)
    {
        AddLabel(program);
        if (_parts.Count == MostParts)
        {
            _isTooLong = true;
            return;
        }

        var takesMessage = CommandVocabulary.TakesMessage(ProgramName.WithoutVersion(segment.Program!), subCommand);
        var words = new Words(this, takesMessage);
        var skip = new Queue<string>(subCommand.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var script = ScriptOf(segment);
        string? lead = null;
        for (var i = 0; i < segment.Arguments.Count; i++)
        {
            var word = segment.Arguments[i];
            if (skip.TryPeek(out var next) && word.Value == next)
                skip.Dequeue();
            else if (i == script)
                continue;
            else
            {
                if (i == 0 && MayHaveSubCommands(segment, subCommand) && ProgramCatalog.IsPlainName(word))
                    lead = word.Value;
                else
                    words.Add(word);
            }
        }

        foreach (var redirection in segment.Redirections)
        {
            if (redirection.Writes && !CommandVocabulary.IsNowhere(redirection.Target.Value))
                words.AddOutput(redirection.Target);
            else if (redirection.IsInlineInput && takesMessage)
                words.AddMessage();
        }

        _parts.Add(new TemplatePart(_parts.Count == 0 ? "" : joint, program, lead, words.Options, words.Kinds));
    }

    // A program that is in no list has sub-commands when few first words do for all its calls; only the log tells.
    private static bool MayHaveSubCommands(ShellSegment segment, string subCommand) =>
        subCommand.Length == 0
        && !ProgramCatalog.Knows(segment)
        && Interpreter.Find(segment.Program!) is null
        && !CommandVocabulary.Looks(segment.Program!, "")
        && !CommandVocabulary.Preparations.Contains(segment.Program!);

    /// <summary>The program as it is known by: past its folder, with the script that an interpreter runs.</summary>
    private static string Name(ShellSegment segment)
    {
        var program = ProgramName.WithoutVersion(segment.Program!);
        if (!segment.IsWellKnown && segment.ProgramFolder is [not '/', ..])
            program = segment.ProgramFolder.Replace('\\', '/') + program;
        if (segment.Wrappers is [.., var wrapper] && wrapper.Contains(' ', StringComparison.Ordinal))
            program = $"{wrapper} {program}";
        return ScriptOf(segment) is >= 0 and var script ? $"{program} {segment.Arguments[script].Value}" : program;
    }

    /// <summary>Where the script stands that an interpreter runs; -1 when there is none, or its name is known at run time only.</summary>
    private static int ScriptOf(ShellSegment segment)
    {
        if (
            Interpreter.Find(segment.Program!) is not { RunsVerbs: false } interpreter
            || interpreter.FindCodeOption(segment.Arguments) is not null
        )
            return -1;
        var script = interpreter.FindScript(segment.Arguments);
        return script >= 0 && !segment.Arguments[script].HasExpansion ? script : -1;
    }

    // Code in an argument or in a here-document, text that is written to a file, patterns of a stream editor.
    private static bool IsThoughtUp(ShellSegment segment) =>
        (Interpreter.Find(segment.Program!) is { } interpreter && interpreter.FindCodeOption(segment.Arguments) is not null)
        || segment.RunsInput
        || segment.Program is "apply_patch" or "applypatch" or "patch" or "ed" or "ex"
        || (
            segment.Program is "sed" or "perl" or "gsed"
            && segment.Arguments.Any(argument => argument.Value is ['-', 'i', ..] or "-pi" or "--in-place")
        )
        || (WritesInlineText(segment) && !TakesMessage(segment))
        || (CommandVocabulary.Remarks.Contains(segment.Program!) && WritesFile(segment));

    private static bool TakesMessage(ShellSegment segment) =>
        CommandVocabulary.TakesMessage(ProgramName.WithoutVersion(segment.Program!), ProgramCatalog.SubCommand(segment));

    private static bool WritesInlineText(ShellSegment segment) => segment.Redirections.Any(redirection => redirection.IsInlineInput);

    private static bool WritesFile(ShellSegment segment) =>
        segment.Redirections.Any(redirection => redirection.Writes && !CommandVocabulary.IsNowhere(redirection.Target.Value));

    /// <summary>Whether something of a command was left out before it was stored.</summary>
    public static bool HasElided(ShellScript script) => script.Segments.Any(HasElided);

    private static bool HasElided(ShellSegment segment)
    {
        foreach (var argument in segment.Arguments)
        {
            if (argument.IsQuoted && CommandWord.IsElided(argument.Value))
                return true;
        }

        return false;
    }

    /// <summary>Collects the options and the other words of one command.</summary>
    private sealed class Words(TemplateReader reader, bool takesMessage)
    {
        private readonly SortedSet<string> _options = new(StringComparer.Ordinal);
        private readonly List<WordKind> _kinds = [];
        private bool _isMessage;

        // Whether a text is one word, and where it stands, is as accidental as the order of options; but a message has its place.
        public IReadOnlyList<WordKind> Kinds => takesMessage ? _kinds : [.. _kinds.Distinct().Order()];

        public IReadOnlyList<string> Options => [.. _options];

        public void Add(ShellWord word)
        {
            if (!word.IsQuoted && word.Value is ['-', not (>= '0' and <= '9'), ..])
                AddOption(word);
            else if (!word.IsQuoted && word.Value is ['-', ..] && int.TryParse(word.Value[1..], out _))
                AddValueOption("-<number>", word.Value[1..]);
            else if (_isMessage)
                AddMessage();
            else
                AddArgument(CommandWord.KindOf(word), word);
        }

        public void AddMessage()
        {
            reader._hasMessage = true;
            _isMessage = false;
            AddKind(WordKind.Text);
        }

        public void AddOutput(ShellWord target)
        {
            _options.Add("> <path>");
            AddSlot(target);
        }

        private void AddOption(ShellWord word)
        {
            var equals = word.Value.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? word.Value[..equals] : word.Value;
            _isMessage = takesMessage && CommandVocabulary.IsMessageOption(name);
            if (equals <= 0)
            {
                _options.Add(name);
                return;
            }

            var value = new ShellWord(word.Value[(equals + 1)..], word.IsQuoted, word.HasExpansion);
            var kind = CommandWord.KindOf(value);
            if (_isMessage)
            {
                _options.Add(name);
                AddMessage();
            }
            else if (kind == WordKind.Name)
                _options.Add(word.Value);
            else
                AddValueOption($"{name}={Slot(kind)}", value.Value);
        }

        private void AddValueOption(string option, string value)
        {
            _options.Add(option);
            AddSlot(new ShellWord(value));
        }

        private void AddArgument(WordKind kind, ShellWord word)
        {
            AddKind(kind);
            AddSlot(word);
        }

        private void AddKind(WordKind kind)
        {
            if (kind == WordKind.Name && !takesMessage)
                kind = WordKind.Text;
            if (_kinds.Count == 0 || _kinds[^1] != kind)
                _kinds.Add(kind);
        }

        private void AddSlot(ShellWord word)
        {
            if (reader._arguments.Count < MostArguments)
                reader._arguments.Add(word.Value);
            else
                reader._isTooLong = true;
        }
    }
}
