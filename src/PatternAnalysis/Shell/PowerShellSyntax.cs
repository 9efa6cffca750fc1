using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>The small lexical facts of PowerShell.</summary>
internal static class PowerShellSyntax
{
    private static readonly FrozenSet<string> s_keywords = new[]
    {
        "if",
        "elseif",
        "else",
        "while",
        "do",
        "until",
        "for",
        "foreach",
        "switch",
        "param",
        "try",
        "catch",
        "finally",
        "return",
        "throw",
        "exit",
        "break",
        "continue",
        "begin",
        "process",
        "end",
        "trap",
        "data",
        "in",
        "parallel",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Methods that compute and change nothing outside their object.
    private static readonly FrozenSet<string> s_harmlessMethods = new[]
    {
        "Add",
        "AddDays",
        "AddHours",
        "AddMinutes",
        "Combine",
        "Compare",
        "CompareTo",
        "Contains",
        "ContainsKey",
        "Count",
        "EndsWith",
        "Equals",
        "Exists",
        "Format",
        "GetBytes",
        "GetDirectoryName",
        "GetEnumerator",
        "GetExtension",
        "GetFileName",
        "GetFileNameWithoutExtension",
        "GetHashCode",
        "GetString",
        "GetType",
        "IndexOf",
        "IsNullOrEmpty",
        "IsNullOrWhiteSpace",
        "IsMatch",
        "Join",
        "LastIndexOf",
        "Match",
        "Matches",
        "Max",
        "Min",
        "Normalize",
        "PadLeft",
        "PadRight",
        "Parse",
        "ReadAllLines",
        "ReadAllText",
        "Replace",
        "Round",
        "Split",
        "StartsWith",
        "Substring",
        "ToArray",
        "ToBase64String",
        "ToInt32",
        "ToList",
        "ToLower",
        "ToLowerInvariant",
        "ToString",
        "ToUniversalTime",
        "ToUpper",
        "ToUpperInvariant",
        "Trim",
        "TrimEnd",
        "TrimStart",
        "TryParse",
        "WriteLine",
        "new",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly BoundedRegex s_harmlessTypes = new(
        "(?i)\\[(system\\.)?(string|char|int(32|64)?|long|double|decimal|bool(ean)?|byte(\\[\\])?|object(\\[\\])?|math|"
            + "datetime(offset)?|timespan|guid|random|uri(builder)?|version|regex|text\\.regularexpressions\\.regex|"
            + "text\\.(stringbuilder|encoding|utf8encoding|asciiencoding)|convert|bitconverter|array|enum|tuple|hashtable|"
            + "psobject|pscustomobject|psnoteproperty|io\\.(path|stringreader|stringwriter|memorystream)|"
            + "collections\\.[a-z0-9_.`\\[\\], ]+|diagnostics\\.stopwatch|globalization\\.[a-z]+|exception|argumentexception|"
            + "invalidoperationexception|management\\.automation\\.[a-z]+exception|xml\\.xmldocument|linq\\.enumerable|"
            + "environment|console)\\]:*$"
    );

    public static bool IsKeyword(string lowerCaseWord) => s_keywords.Contains(lowerCaseWord);

    public static bool IsHarmlessMethod(string name) => s_harmlessMethods.Contains(name);

    /// <summary>
    /// Whether a method of a type only computes: <c>[string]::Join</c> does, <c>[IO.File]::Replace</c> and <c>[IO.StreamWriter]::new</c> do
    /// not.
    /// </summary>
    public static bool IsHarmlessStatic(string type, string method) =>
        s_harmlessMethods.Contains(method)
        && (
            s_harmlessTypes.IsMatch(type)
            || (
                method is not ("new" or "Replace" or "Add")
                && !method.Equals("new", StringComparison.OrdinalIgnoreCase)
                && !method.Equals("Replace", StringComparison.OrdinalIgnoreCase)
            )
        );

    public static bool EndsKeyword(char value) => value is '\n' or '(' or '{' or ';' or '}' or '\0' || IsBlank(value);

    public static bool EndsWord(char value) =>
        value is '\n' or ';' or '|' or '&' or '(' or ')' or '{' or '}' or '>' or '<' || IsBlank(value);

    public static bool IsBlank(char value) => value is ' ' or '\t' or '\r' or '\u0085' or '\u00a0';

    public static bool BeginsExpression(TextCursor cursor) =>
        cursor.Current switch
        {
            '$' or '[' or '\'' or '"' or '@' or '!' or ',' or '+' or '-' => true,
            >= '0' and <= '9' => !char.IsAsciiLetter(cursor.Peek(1)),
            _ => false,
        };

    /// <summary>Goes past blanks, continued lines and comments, not past a line end.</summary>
    public static void SkipBlanks(TextCursor cursor)
    {
        while (true)
        {
            if (IsBlank(cursor.Current))
                cursor.Position++;
            else if (cursor.StartsWith("`\n"))
                cursor.Position += 2;
            else if (cursor.StartsWith("`\r\n"))
                cursor.Position += 3;
            else if (cursor.Current == '#')
                cursor.SkipLine();
            else if (cursor.StartsWith("<#"))
                SkipComment(cursor);
            else
                return;
        }
    }

    private static void SkipComment(TextCursor cursor)
    {
        var end = cursor.Text.IndexOf("#>", cursor.Position + 2, StringComparison.Ordinal);
        cursor.Position = end < 0 ? cursor.Text.Length : end + 2;
    }
}
