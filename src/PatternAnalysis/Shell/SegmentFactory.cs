namespace PatternAnalysis.Shell;

/// <summary>Makes segments of finished drafts: takes wrappers off, names the program, reads the code that an argument carries.</summary>
internal static class SegmentFactory
{
    public static ShellSegment Emit(
        CommandDraft draft,
        string text,
        ShellDialect dialect,
        ReadingContext context,
        List<ShellSegment> output
    )
    {
        var command = CommandResolver.Resolve(draft, dialect);
        var segment = new ShellSegment
        {
            Text = text,
            Dialect = dialect,
            Program = command.Program,
            ProgramFolder = command.ProgramFolder,
            Arguments = command.Arguments,
            Assignments = command.Assignments,
            Redirections = draft.Redirections,
            Wrappers = command.Wrappers,
            Origin = draft.Origin,
            Depth = draft.Depth,
            Upstream = draft.Upstream,
            Owner = draft.Owner,
            RunsFollowingSegments = command.Script is not null,
            IsUnknownWrapper = command.IsUnknownWrapper,
            RunsInput = command.RunsInput,
            EndsGroup = draft.EndsGroup,
            Group = draft.Group,
            IsLocalFunction =
                command is { Program: { } name, ProgramFolder: "", Wrappers.Count: 0 }
                && draft.Owner is null
                && context.Functions.IsDefined(name),
            UnknownReason = draft.UnknownReason ?? command.UnknownReason,
        };
        context.Late.Look(segment, draft, command);
        if (!context.TryTakeSegment())
        {
            // One marked segment stands for all that are left out.
            if (output is [.., var last])
                last.UnknownReason ??= "the text has too many commands";
            return segment;
        }

        context.Values.AddAssignments(segment);
        output.Add(segment);
        context.Work.Add(1);
        context.Hand(draft.Nested, output);
        if (command.Script is { } script)
            EmitScript(segment, script, command.ScriptDialect, context, output);
        if (command.CarriedText is { } carried)
            EmitScript(segment, carried, ShellDialect.Posix, context, output);
        foreach (var words in command.ExecutedCommands)
            EmitExecuted(segment, words, context, output);
        return segment;
    }

    private static void EmitScript(
        ShellSegment owner,
        string script,
        ShellDialect dialect,
        ReadingContext context,
        List<ShellSegment> output
    )
    {
        if (!context.Read(script, dialect, owner.Depth + 1, SegmentOrigin.InterpreterArgument, output))
            owner.UnknownReason ??= "commands are nested too deeply";
    }

    private static void EmitExecuted(ShellSegment owner, IReadOnlyList<ShellWord> words, ReadingContext context, List<ShellSegment> output)
    {
        if (owner.Depth >= ShellReader.MaximumDepth || !context.TryHandOn(words.Count))
        {
            owner.UnknownReason ??= "commands are nested too deeply";
            return;
        }

        var draft = new CommandDraft(0)
        {
            Origin = SegmentOrigin.InterpreterArgument,
            Depth = owner.Depth + 1,
            Upstream = owner.Upstream,
            Owner = owner,
        };
        draft.Words.AddRange(words);
        Emit(draft, string.Join(' ', words), owner.Dialect, context, output);
    }
}
