namespace PatternAnalysis.Shell;

/// <summary>Skips the bodies of here-documents; of a body whose delimiter is not quoted, it reads the substitutions.</summary>
internal sealed class HereDocumentReader(TextCursor cursor, ReadingContext context, int depth)
{
    private readonly Queue<(ShellWord Delimiter, bool StripTabs)> expected = new();

    public void Expect(ShellWord delimiter, bool stripTabs) => expected.Enqueue((delimiter, stripTabs));

    /// <summary>At a line start: goes past the bodies that the line before has asked for.</summary>
    public void ReadBodies(List<ShellSegment> output)
    {
        while (expected.TryDequeue(out var document))
        {
            var body = ReadBody(document.Delimiter.Value, document.StripTabs);
            if (document.Delimiter.IsQuoted || body.AsSpan().IndexOfAny('$', '`') < 0)
                continue;

            var draft = new CommandDraft(0) { Depth = depth };
            if (context.TryEnter(depth + 1, body.Length))
                new PosixWordReader(new TextCursor(body), context, depth).ReadTemplate(draft);
            else
                draft.MarkUnknown("commands are nested too deeply");
            output.AddRange(draft.Nested);
            if (draft.UnknownReason is { } reason && output is [.., var last])
                last.UnknownReason ??= reason;
        }
    }

    private string ReadBody(string delimiter, bool stripTabs)
    {
        var start = cursor.Position;
        while (!cursor.AtEnd)
        {
            var lineStart = cursor.Position;
            cursor.SkipLine();
            var line = cursor.Text.AsSpan(lineStart, cursor.Position - lineStart).TrimEnd('\r');
            cursor.Position = Math.Min(cursor.Position + 1, cursor.Text.Length);
            if ((stripTabs ? line.TrimStart('\t') : line).SequenceEqual(delimiter))
                return cursor.Text[start..lineStart];
        }

        return cursor.Text[start..];
    }
}
