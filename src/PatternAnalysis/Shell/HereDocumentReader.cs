using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Skips the bodies of here-documents; of a body whose delimiter is not quoted, it reads the substitutions.</summary>
internal sealed class HereDocumentReader(TextCursor cursor, ReadingContext context, int depth)
{
    private readonly Queue<(ShellWord Delimiter, bool StripTabs)> _expected = new();

    /// <summary>A body follows the line. Where the line ends in CR LF, the delimiter does as well.</summary>
    public void Expect(ShellWord delimiter, bool stripTabs)
    {
        if (cursor.Current == '\r')
            delimiter = delimiter with { Value = delimiter.Value + "\r" };
        _expected.Enqueue((delimiter, stripTabs));
    }

    /// <summary>At a line start: goes past the bodies that the line before has asked for.</summary>
    public void ReadBodies(List<ShellSegment> output)
    {
        while (_expected.TryDequeue(out var document))
        {
            var draft = new CommandDraft(0);
            var body = ReadBody(document.Delimiter, document.StripTabs, draft);
            context.Late.LookAtOutput(body, depth);
            if (!document.Delimiter.IsQuoted && body.AsSpan().IndexOfAny('$', '`') >= 0)
            {
                if (context.TryEnter(depth + 1, body.Length))
                    new PosixWordReader(context.Cursor(body), context, depth).ReadTemplate(draft);
                else
                    draft.MarkUnknown("commands are nested too deeply");
            }

            context.Hand(draft.Nested, output);
            if (draft.UnknownReason is { } reason && output is [.., var last])
                last.UnknownReason ??= reason;
        }
    }

    private string ReadBody(ShellWord delimiter, bool stripTabs, CommandDraft draft)
    {
        var start = cursor.Position;
        while (!cursor.AtEnd)
        {
            var lineStart = cursor.Position;
            var line = ReadLine(joins: !delimiter.IsQuoted);
            if (stripTabs)
                line = line.TrimStart('\t');
            if (line == delimiter.Value)
                return cursor.Text[start..lineStart];

            // A shell that takes CR for a part of the line reads on, one that does not stops here.
            if (line.AsSpan().TrimEnd('\r').SequenceEqual(delimiter.Value.AsSpan().TrimEnd('\r')))
                draft.MarkUnknown("the end of a here-document depends on how the shell takes line ends");
        }

        return cursor.Text[start..];
    }

    // Without quotes around the delimiter a backslash at the end of a line joins the next one to it, before the end is looked for.
    private string ReadLine(bool joins)
    {
        StringBuilder? joined = null;
        while (true)
        {
            var start = cursor.Position;
            cursor.SkipLine();
            var line = cursor.Text[start..cursor.Position];
            cursor.Position = Math.Min(cursor.Position + 1, cursor.Text.Length);
            if (!joins || cursor.AtEnd || !EndsInOpenBackslash(line))
                return joined is null ? line : joined.Append(line).ToString();
            (joined ??= new StringBuilder()).Append(line, 0, line.Length - 1);
        }
    }

    private static bool EndsInOpenBackslash(string line) => (line.Length - line.AsSpan().TrimEnd('\\').Length) % 2 == 1;
}
