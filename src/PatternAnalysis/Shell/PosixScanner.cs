namespace PatternAnalysis.Shell;

/// <summary>
/// Reads POSIX command lists. Groups and keywords are flat here: a reader of segments needs what runs, not when, so only
/// what nests inside a word (a substitution) is read by a scanner of its own.
/// </summary>
internal sealed partial class PosixScanner
{
    private enum Block
    {
        Subshell,
        Case,
    }

    private readonly TextCursor cursor;
    private readonly ReadingContext context;
    private readonly PosixWordReader wordReader;
    private readonly HereDocumentReader hereDocuments;
    private readonly int depth;
    private readonly SegmentOrigin origin;
    private readonly Stack<Block> blocks = new();
    private ShellSegment? previous;
    private ShellSegment? upstream;
    private readonly int outerScopes;
    private int subshells;
    private bool afterGroup;

    public PosixScanner(string text, ReadingContext context, int depth, SegmentOrigin origin)
        : this(context.Cursor(text), context, depth, origin) { }

    public PosixScanner(TextCursor cursor, ReadingContext context, int depth, SegmentOrigin origin)
    {
        this.cursor = cursor;
        this.context = context;
        this.depth = depth;
        this.origin = origin;
        outerScopes = context.Functions.Depth;
        wordReader = new PosixWordReader(cursor, context, depth);
        hereDocuments = new HereDocumentReader(cursor, context, depth);
    }

    /// <summary>Reads until the text ends or, inside a substitution, past its closing parenthesis.</summary>
    /// <returns>Whether the end that was looked for was found.</returns>
    public bool ReadCommands(List<ShellSegment> output, bool untilParenthesis)
    {
        context.Functions.Open();
        var found = ReadList(output, untilParenthesis);
        context.Functions.CloseTo(outerScopes);
        return found;
    }

    private bool ReadList(List<ShellSegment> output, bool untilParenthesis)
    {
        while (true)
        {
            SkipBlanks();
            if (cursor.AtEnd)
            {
                if (blocks.Count > 0)
                    MarkUnfinished(output);
                return !untilParenthesis;
            }

            switch (cursor.Current)
            {
                case '\n':
                    EndLine(output);
                    break;
                case ')' when blocks.TryPeek(out var block):
                    cursor.Position++;
                    if (block == Block.Subshell)
                        CloseSubshell();
                    break;
                case ')' when untilParenthesis:
                    cursor.Position++;
                    return true;
                case ')':
                    cursor.Position++;
                    EmitUnknown(output, "a closing parenthesis without its opening one");
                    break;
                case ';' or '|' or '&' when !cursor.StartsWith("&>"):
                    ReadOperator(output);
                    break;
                case '(' when cursor.Peek(1) == '(' && TryReadArithmeticCommand(output):
                    break;
                case '(':
                    cursor.Position++;
                    blocks.Push(Block.Subshell);
                    context.Functions.Open();
                    subshells++;
                    break;
                default:
                    ReadCommand(output);
                    break;
            }
        }
    }

    private SegmentOrigin CurrentOrigin => subshells > 0 ? SegmentOrigin.Subshell : origin;

    private void CloseSubshell()
    {
        blocks.Pop();
        CloseScope();
        subshells--;
        afterGroup = true;
    }

    private CommandDraft NewDraft()
    {
        var draft = new CommandDraft(cursor.Position)
        {
            Upstream = upstream,
            Origin = CurrentOrigin,
            Depth = depth,
            EndsGroup = afterGroup,
        };
        upstream = null;
        afterGroup = false;
        return draft;
    }

    private void ReadOperator(List<ShellSegment> output)
    {
        var found = cursor.Current switch
        {
            '&' when cursor.TrySkip("&&") => ShellOperator.And,
            '|' when cursor.TrySkip("||") => ShellOperator.Or,
            '|' when cursor.TrySkip("|&") || cursor.TrySkip("|") => ShellOperator.Pipe,
            '&' when cursor.TrySkip("&") => ShellOperator.Background,
            _ => ShellOperator.Sequence,
        };
        Join(found);
        EndFunction(found);
        afterGroup = false;
        upstream = found == ShellOperator.Pipe ? previous : null;
        if (found != ShellOperator.Sequence)
            return;

        var endsCaseBranch = cursor.TrySkip(";;&") || cursor.TrySkip(";;") || cursor.TrySkip(";&");
        if (!endsCaseBranch)
            cursor.Position++;
        else if (blocks.TryPeek(out var block) && block == Block.Case)
        {
            NextScope();
            ReadCasePattern(output);
        }
    }

    private void Join(ShellOperator next)
    {
        if (previous is { Operator: ShellOperator.None })
            previous.Operator = next;
    }

    private void EndLine(List<ShellSegment> output)
    {
        // "a |" and "a &&" go on in the next line: the operator is set already, and the pipe stays open.
        Join(ShellOperator.Sequence);
        EndFunction(ShellOperator.Sequence);
        afterGroup = false;
        cursor.Position++;
        hereDocuments.ReadBodies(output);
    }

    private void ReadCommand(List<ShellSegment> output)
    {
        var draft = NewDraft();
        commandSinceOperator = true;
        isConditional = lastOperator is ShellOperator.And or ShellOperator.Or or ShellOperator.Pipe;
        while (true)
        {
            SkipBlanks();
            var current = cursor.Current;
            if (cursor.AtEnd || current is '\n' or ';' or '|' or ')' || (current == '&' && !cursor.StartsWith("&>")))
                break;

            if (current == '(')
            {
                if (TryReadFunctionHeader(draft))
                {
                    Drop(draft, output);
                    return;
                }

                draft.MarkUnknown("a parenthesis where no command begins");
                break;
            }

            if (TryReadRedirection(draft))
                continue;

            var word = wordReader.Read(draft);
            if (draft.Words.Count == 0)
            {
                if (PosixSyntax.IsAssignment(word.Value))
                {
                    draft.Assignments.Add(word);
                    continue;
                }

                if (!word.IsQuoted && draft.Assignments.Count == 0 && TryReadKeyword(word.Value, draft, output))
                {
                    // The keyword took the pipe's place only in name: "curl x | while read line" feeds the loop's commands.
                    Drop(draft, output);
                    upstream = draft.Upstream;
                    return;
                }
            }

            draft.Words.Add(word);
            if (draft.Words.Count == 1 && word.Value == "[[")
                ReadTest(draft);
        }

        if (!draft.IsEmpty || draft.UnknownReason is not null)
            Emit(draft, output);
    }

    /// <summary>Everything between <c>[[</c> and <c>]]</c> is words: <c>&lt;</c> and <c>||</c> compare there.</summary>
    private void ReadTest(CommandDraft draft)
    {
        while (true)
        {
            SkipBlanks();
            if (cursor.AtEnd || cursor.Current is '\n' or ';')
                return;
            var word = wordReader.Read(draft, insideTest: true);
            draft.Words.Add(word);
            if (word.Value == "]]")
                return;
        }
    }

    /// <summary>Words that are no command: only what they contain counts, and that they could not be read.</summary>
    private void Drop(CommandDraft draft, List<ShellSegment> output)
    {
        if (draft.UnknownReason is null)
            context.Hand(draft.Nested, output);
        else
            Emit(draft, output);
    }

    private void Emit(CommandDraft draft, List<ShellSegment> output) =>
        previous = SegmentFactory.Emit(draft, cursor.SliceFrom(draft.Start), ShellDialect.Posix, context, output);

    private bool TryReadRedirection(CommandDraft draft)
    {
        var start = cursor.Position;
        while (char.IsAsciiDigit(cursor.Current))
            cursor.Position++;
        var found = PosixSyntax.RedirectionAt(cursor);
        if (found is null)
        {
            cursor.Position = start;
            return false;
        }

        cursor.Position += found.Length;
        SkipBlanks();
        var target = wordReader.Read(draft);
        if (found is "<<" or "<<-")
            hereDocuments.Expect(target, stripTabs: found == "<<-");
        draft.Redirections.Add(new ShellRedirection(found, target));
        return true;
    }

    private void MarkUnfinished(List<ShellSegment> output)
    {
        const string Reason = "a group without its end";
        if (previous is null)
            EmitUnknown(output, Reason);
        else
            previous.UnknownReason ??= Reason;
    }

    private void EmitUnknown(List<ShellSegment> output, string reason)
    {
        var draft = new CommandDraft(cursor.Position - 1) { Origin = CurrentOrigin, Depth = depth };
        draft.MarkUnknown(reason);
        Emit(draft, output);
    }

    private void SkipBlanksAndLines(List<ShellSegment> output)
    {
        SkipBlanks();
        while (cursor.Current == '\n')
        {
            EndLine(output);
            SkipBlanks();
        }
    }

    private void SkipBlanks() => PosixSyntax.SkipBlanks(cursor);
}
