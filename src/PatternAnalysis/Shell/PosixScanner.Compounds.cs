namespace PatternAnalysis.Shell;

/// <summary>Keywords, loops, branches and functions; which functions are defined at a place is kept on the way.</summary>
internal sealed partial class PosixScanner
{
    private bool isConditional;
    private bool commandSinceOperator;
    private ShellOperator lastOperator;
    private string? lastFunction;
    private int lastFunctionScope;

    private bool TryReadKeyword(string word, CommandDraft draft, List<ShellSegment> output)
    {
        switch (word)
        {
            case "!" or "coproc":
                return true;
            case "if" or "while" or "until" or "{":
                context.Functions.Open();
                lastOperator = ShellOperator.None;
                return true;
            case "then" or "elif" or "else" or "do":
                NextScope();
                return true;
            case "fi" or "done" or "}":
                CloseScope();
                afterGroup = true;
                return true;
            case "time":
                // The keyword times a group too; before a plain command it is a wrapper like the program of that name.
                SkipBlanks();
                return cursor.Current is '(' or '{';
            case "for" or "select":
                context.Functions.Open();
                ReadForHeader(draft);
                return true;
            case "case":
                ReadCaseHeader(draft, output);
                return true;
            case "esac":
                if (blocks.TryPeek(out var block) && block == Block.Case)
                    blocks.Pop();
                CloseScope();
                afterGroup = true;
                return true;
            case "function":
                SkipBlanks();
                DefineFunction(wordReader.Read(draft).Value);
                SkipBlanks();
                if (cursor.TrySkip("("))
                {
                    SkipBlanks();
                    cursor.TrySkip(")");
                }

                return true;
            default:
                return false;
        }
    }

    private bool TryReadFunctionHeader(CommandDraft draft)
    {
        if (draft.Words.Count != 1 || draft.Assignments.Count > 0)
            return false;
        var start = cursor.Position++;
        SkipBlanks();
        if (cursor.TrySkip(")"))
        {
            DefineFunction(draft.Words[0].Value);
            return true;
        }

        cursor.Position = start;
        return false;
    }

    private void ReadForHeader(CommandDraft draft)
    {
        SkipBlanks();
        if (cursor.StartsWith("((") && wordReader.TryReadArithmetic(draft, opening: 2))
            return;

        while (!cursor.AtEnd && cursor.Current is not ('\n' or ';' or '|' or '&' or '(' or ')' or '<' or '>'))
        {
            wordReader.Read(draft);
            SkipBlanks();
        }
    }

    private void ReadCaseHeader(CommandDraft draft, List<ShellSegment> output)
    {
        SkipBlanks();
        wordReader.Read(draft);
        SkipBlanksAndLines(output);
        cursor.TrySkip("in");
        blocks.Push(Block.Case);
        context.Functions.Open();
        ReadCasePattern(output);
    }

    private void ReadCasePattern(List<ShellSegment> output)
    {
        SkipBlanksAndLines(output);
        cursor.TrySkip("(");
        var draft = NewDraft();
        while (!cursor.AtEnd && cursor.Current is not ')')
        {
            if (cursor.Current is '|' or '\n' or ';' or '&' or '<' or '>' or '(')
            {
                cursor.Position++;
                continue;
            }

            var word = wordReader.Read(draft);
            if (word is { Value: "esac", IsQuoted: false })
            {
                blocks.Pop();
                CloseScope();
                Drop(draft, output);
                return;
            }

            SkipBlanks();
        }

        cursor.TrySkip(")");
        Drop(draft, output);
    }

    private bool TryReadArithmeticCommand(List<ShellSegment> output)
    {
        var draft = NewDraft();
        if (!wordReader.TryReadArithmetic(draft, opening: 2))
        {
            upstream = draft.Upstream;
            afterGroup = draft.EndsGroup;
            return false;
        }

        Drop(draft, output);
        return true;
    }

    // What "a && f() { ... }" defines is not there when a fails; a pipeline and "&" define it in another process.
    private void DefineFunction(string name)
    {
        lastOperator = ShellOperator.None;
        if (isConditional)
            return;
        context.Functions.Define(name);
        (lastFunction, lastFunctionScope) = (name, context.Functions.Depth);
    }

    private void EndFunction(ShellOperator next)
    {
        lastOperator =
            next == ShellOperator.Sequence && lastOperator is not ShellOperator.None && !commandSinceOperator ? lastOperator : next;
        commandSinceOperator = false;
        if (lastFunction is null || context.Functions.Depth > lastFunctionScope)
            return;
        if (next is ShellOperator.Pipe or ShellOperator.Background)
            context.Functions.Undefine(lastFunction);
        lastFunction = null;
    }

    private void CloseScope() => context.Functions.CloseTo(Math.Max(outerScopes + 1, context.Functions.Depth - 1));

    private void NextScope()
    {
        if (context.Functions.Depth > outerScopes + 1)
            CloseScope();
        context.Functions.Open();
        lastOperator = ShellOperator.None;
    }
}
