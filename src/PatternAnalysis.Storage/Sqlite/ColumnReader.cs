using System.Runtime.InteropServices;
using PatternAnalysis.Events;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// The columns of a statement's current row. SQLitePCLRaw's own functions guard the handle anew at every call, ten calls a row;
/// here the caller keeps the statement alive, and what the functions do is shorter than a transition into native code.
/// </summary>
internal readonly unsafe struct ColumnReader(sqlite3_stmt statement)
{
    private const string Library = "e_sqlite3";

    private readonly nint _statement = statement.DangerousGetHandle();

    public int Type(int column) => sqlite3_column_type(_statement, column);

    public long Integer(int column) => sqlite3_column_int64(_statement, column);

    public double Real(int column) => sqlite3_column_double(_statement, column);

    /// <summary>A column's bytes, valid until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var bytes = sqlite3_column_blob(_statement, column);
        return new ReadOnlySpan<byte>(bytes, bytes is null ? 0 : sqlite3_column_bytes(_statement, column));
    }

    /// <summary>An instant in UTC ticks, from text or number; null when it can't be read.</summary>
    public long? Timestamp(int column) => Type(column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER or raw.SQLITE_FLOAT => TimestampParser.TryFromUnix(Real(column), out var ticks) ? ticks : null,
        _ => TimestampParser.TryParse(Bytes(column), out var ticks) ? ticks : null,
    };

    /// <summary>Makes text of another encoding UTF-8: SQLite converts a column when it is asked for as text.</summary>
    public void ConvertToUtf8(int columnCount)
    {
        for (var column = columnCount - 1; column >= 0; column--)
        {
            if (Type(column) == raw.SQLITE_TEXT)
                _ = sqlite3_column_text(_statement, column);
        }
    }

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_column_type(nint statement, int column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern long sqlite3_column_int64(nint statement, int column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern double sqlite3_column_double(nint statement, int column);

    // These two may have to read pages of a long value, or convert one: they make the transition.
    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern byte* sqlite3_column_blob(nint statement, int column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern byte* sqlite3_column_text(nint statement, int column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_column_bytes(nint statement, int column);
}
