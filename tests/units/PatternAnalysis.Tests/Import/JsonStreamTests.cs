using System.Text;
using CsCheck;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What a reader says of broken and of large input, and where a reading can go on; the same however the bytes come.</summary>
public class JsonStreamTests
{
    private const int BufferSize = 256 << 10;

    private static readonly string[] s_lines = ["{}", "{\"a\":1}", "{\n\"b\":\n2}", "no", "", "{\"c\":", "[{}]"];

    // Each text with what is found in it: the line, and the object or what is wrong.
    [Theory]
    [InlineData("", "")]
    [InlineData(" \r\n\t\n", "")]
    [InlineData("{}", "1 {}")]
    [InlineData("{}\n{}\r\n{}", "1 {}|2 {}|3 {}")]
    [InlineData("[{\"a\":1},\n{\"b\":2}]", "1 {\"a\":1}|2 {\"b\":2}")]
    [InlineData("\u001e{}\u001e{}", "1 {}|1 {}")]
    [InlineData("no\n{}", "1 malformed|2 {}")]
    [InlineData("no {}\n{}", "1 malformed|2 {}")]
    [InlineData("\"text\"\n17\ntrue\n{}", "1 malformed|2 malformed|3 malformed|4 {}")]
    [InlineData("{\"a\":\n{}", "1 malformed|2 {}")]
    [InlineData("{\"a\":\"b\n{}", "1 malformed|2 {}")]
    [InlineData("{\"a\":\"b", "1 malformed")]
    [InlineData("{\"a\":\"b\\", "1 malformed")]
    [InlineData("{\"a\":\"b\\\n{}", "1 malformed|2 {}")]
    [InlineData("{\"a\":1", "1 malformed")]
    [InlineData("{\"a\":[1}\n{}", "1 malformed|2 {}")]
    [InlineData("{\"a\":1]\n{}", "1 malformed|2 {}")]
    [InlineData("{\"a\" {}\n{}", "1 malformed|1 {}|2 {}")]
    [InlineData("{\"a\":1}{\"b\":2}", "1 {\"a\":1}|1 {\"b\":2}")]
    [InlineData("{\n  \"a\": 1\n}\n{}", "1 {\n  \"a\": 1\n}|4 {}")]
    [InlineData("{\n  \"a\": {\n    \"b\":\n{\"c\":2}\n{}", "1 malformed|4 {\"c\":2}|5 {}")]
    [InlineData("{\n  \"a\": [1\n}\n{}", "1 malformed|4 {}")]
    [InlineData("{\"a\":tru}\n{}", "1 malformed|2 {}")]
    [InlineData("{\"a\":1,}\n{}", "1 malformed|2 {}")]
    [InlineData("{}\n{\"a\":tru}\n{}", "1 {}|2 malformed|3 {}")]
    [InlineData("{}\n{\"a\":\"\\u00g0\"}\n{}", "1 {}|2 malformed|3 {}")]
    [InlineData("{}\n{\"a\":\"\\u00e9\"}\n{}", "1 {}|2 {\"a\":\"\\u00e9\"}|3 {}")]
    [InlineData("{}\n{\"a\":\"\\u00e\"}\n{}", "1 {}|2 malformed|3 {}")]
    [InlineData("{}\n{\"a\":\"\tb\"}\n{}", "1 {}|2 malformed|3 {}")]
    [InlineData("{}\n{\"a\":01}\n{}", "1 {}|2 malformed|3 {}")]
    [InlineData("{}\n{\"a\":-0.5e+3}\n{}", "1 {}|2 {\"a\":-0.5e+3}|3 {}")]
    [InlineData("{'a':1}\n{}", "1 malformed|2 {}")]
    [InlineData("  {\n  \"a\": x\n  }\n  {}", "1 malformed|4 {}")]
    [InlineData("{\"é\":\"→\"}\n{}", "1 {\"é\":\"→\"}|2 {}")]
    public void A_broken_object_costs_itself(string text, string expected)
    {
        foreach (var chunk in new[] { 1, 2, 3, 7, int.MaxValue })
            Assert.Equal(expected, string.Join('|', Read(Encoding.UTF8.GetBytes(text), chunk)));
    }

    [Theory]
    [InlineData(64, "1 {")]
    [InlineData(65, "1 too_deep")]
    [InlineData(200, "1 too_deep")]
    public void An_object_is_nested_no_deeper_than_64_levels(int depth, string expected)
    {
        var deep = $"{{\"a\":{string.Concat(Enumerable.Repeat("[", depth - 1))}{string.Concat(Enumerable.Repeat("]", depth - 1))}}}";
        foreach (var chunk in new[] { 1, int.MaxValue })
        {
            var found = Read(Encoding.UTF8.GetBytes($"{deep}\n{{}}"), chunk);

            Assert.StartsWith(expected, found[0]);
            Assert.Equal("2 {}", found[1]);
        }
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void A_byte_order_mark_says_how_text_is_written(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"é\":\"→\U0001F600\"}\n{}")];

        foreach (var chunk in new[] { 1, 2, 3, int.MaxValue })
            Assert.Equal(["1 {\"é\":\"→\U0001F600\"}", "2 {}"], Read(bytes, chunk));
        using var reader = new JsonValueReader(new MemoryStream(bytes));
        Assert.Equal(name == "utf-8", reader.IsUtf8);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_object_may_end_anywhere_about_the_end_of_the_buffer(int beyond)
    {
        // It is followed by one whose escapes and whose lines may be cut through.
        var first = $"{{\"a\":\"{new string('x', BufferSize + beyond - 8)}\"}}";
        string[] rest = ["{\"b\":\"\\u0041\\\\\\\"\"}", "{\"c\":\"" + new string('y', BufferSize) + "\"}", "{\n\"d\":\n4}", "{}"];
        var bytes = Encoding.UTF8.GetBytes($"{first}\n{string.Join('\n', rest)}");

        var found = Read(bytes, int.MaxValue);

        Assert.Equal([$"1 {first}", $"2 {rest[0]}", $"3 {rest[1]}", $"4 {rest[2]}", "7 {}"], found);
    }

    [Theory]
    [InlineData("{\"a\":\"")]
    [InlineData("{\"a\":\"\\")]
    [InlineData("{\"a\":[\n")]
    [InlineData("no ")]
    public void What_is_broken_about_the_end_of_the_buffer_costs_itself(string start)
    {
        for (var beyond = -3; beyond <= 3; beyond++)
        {
            var broken = start + new string('x', BufferSize + beyond - start.Length);

            Assert.Equal(
                ["1 malformed", $"{(start.Contains('\n', StringComparison.Ordinal) ? 3 : 2)} {{}}"],
                Read(Encoding.UTF8.GetBytes($"{broken}\n{{}}"), int.MaxValue)
            );
        }
    }

    [Fact]
    public void A_reading_goes_on_at_any_object_as_if_all_had_been_read() =>
        Gen.Select(Gen.Int[0, s_lines.Length - 1].Select(number => s_lines[number]).Array[1, 9], Gen.Int[1, 30])
            .Sample(
                (lines, chunk) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
                    using var whole = new JsonValueReader(new ChunkedStream(bytes, chunk));
                    while (whole.Read())
                    {
                        if (whole.Problem is not null)
                            continue;
                        var sum = new Checksum();
                        sum.Add(bytes.AsSpan(0, (int)whole.Offset));
                        Assert.Equal(sum.Value, whole.SumBefore());
                        var point = new ReadingPoint(whole.Offset, whole.Line, whole.SumBefore(), 0, "", "");

                        using var rest = new JsonValueReader(new ChunkedStream(bytes[(int)whole.Offset..], chunk), point, sum);
                        Assert.True(rest.Read());
                        Assert.Equal((whole.Offset, whole.Line), (rest.Offset, rest.Line));
                        Assert.True(whole.Value.Span.SequenceEqual(rest.Value.Span));
                        Assert.Equal(whole.SumBefore(), rest.SumBefore());
                    }
                },
                iter: 300
            );

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1_000_000)]
    public void The_sum_of_what_lies_before_can_be_asked_for_at_last(int chunk)
    {
        var bytes = Encoding.UTF8.GetBytes(
            string.Join('\n', Enumerable.Range(0, 9_000).Select(number => $"{{\"number\":{number},\"text\":\"some\"}}"))
        );
        using var reader = new JsonValueReader(new ChunkedStream(bytes, chunk));
        while (reader.Read() && reader.Line < 9_000) { }
        var sum = new Checksum();
        sum.Add(bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1));

        Assert.Equal((sum.Value, 9_000), (reader.SumBefore(), reader.Line));
    }

    [Fact]
    public void A_stream_that_fails_fails_the_reading() =>
        Assert.Throws<IOException>(() => new JsonValueReader(new FailingStream()).Read());

    [Fact]
    public void A_checksum_is_that_of_RFC_3720_however_the_bytes_come()
    {
        var bytes = Encoding.UTF8.GetBytes("123456789 and some more bytes than eight");
        uint expected = 0;
        foreach (var value in bytes)
        {
            expected ^= value;
            for (var bit = 0; bit < 8; bit++)
                expected = (expected & 1) == 0 ? expected >> 1 : (expected >> 1) ^ 0x82F63B78;
        }

        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var sum = new Checksum();
            sum.Add(bytes.AsSpan(0, cut));
            sum.Add(bytes.AsSpan(cut));
            Assert.Equal(expected, sum.Value);
        }
    }

    [Fact]
    public void A_counting_stream_tells_how_far_it_was_read_and_closes_what_it_reads()
    {
        var inner = new MemoryStream(new byte[10]);
        var told = new List<long>();
        var stream = new CountingStream(inner, told.Add, CancellationToken.None);

        var buffer = new byte[4];
        while (stream.Read(buffer, 0, 4) > 0) { }

        Assert.Equal([4, 8, 10, 10], told);
        Assert.Equal(10, stream.Position);
        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(0));
        Assert.Throws<NotSupportedException>(() => stream.Write(buffer, 0, 1));
        Assert.Throws<NotSupportedException>(stream.Flush);
        stream.Dispose();
        Assert.False(inner.CanRead);
    }

    [Fact]
    public void A_counting_stream_stops_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() =>
            new CountingStream(new MemoryStream(new byte[3]), _ => { }, new CancellationToken(canceled: true)).ReadByte()
        );

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void What_was_read_already_comes_before_the_rest(int count)
    {
        var stream = new PrefixedStream([1, 2, 3, 4], new MemoryStream([5, 6, 7]));
        var (all, buffer) = (new List<byte>(), new byte[count + 2]);
        for (int read; (read = stream.Read(buffer, 2, count)) > 0; )
            all.AddRange(buffer[2..(2 + read)]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], all);
        Assert.Throws<NotSupportedException>(() => stream.Position);
    }

    private static List<string> Read(byte[] bytes, int chunk)
    {
        using var reader = new JsonValueReader(new ChunkedStream(bytes, chunk));
        var found = new List<string>();
        while (reader.Read())
        {
            Assert.Equal(reader.Problem is null, reader.Value.Length > 0);
            found.Add($"{reader.Line} {reader.Problem ?? Encoding.UTF8.GetString(reader.Value.Span)}");
        }

        return found;
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");
    }
}
