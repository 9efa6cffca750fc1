namespace PatternAnalysis.Tests.Support;

/// <summary>Names that break what does not encode them.</summary>
internal static class HostileNames
{
    public static TheoryData<string> All =>
        new(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "</title></style></svg><svg onload=alert(1)>",
            "]]>&amp;<!--",
            "a|b\nc\r\n| d | `e` |",
            "\u0000\u0001\u001b[31mred\u0007",
            "\u202Egnp.exe\u2066",
            "مرحبا שלום 漢字 👩‍👩‍👧",
            "half a pair \ud83d",
            "\ufffe\uffff",
            "=HYPERLINK(\"http://x\",\"y\")",
            new string('x', 10_000)
        );
}
