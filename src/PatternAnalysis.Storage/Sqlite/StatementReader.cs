using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// The rows of a statement, as bytes. The libraries above SQLite guard the handle anew at every call, ten calls a row; here the caller
/// keeps the statement
/// alive, one thread alone uses the connection, and a column's value is fetched once.
/// </summary>
internal readonly unsafe struct StatementReader(SqliteDataReader reader, SqliteConnection connection)
{
    private const string Library = "e_sqlite3";

    private readonly nint _statement = reader.Handle!.DangerousGetHandle();

    /// <summary>
    /// Goes to the next row; the first is where the data reader stands after its own first <see cref="SqliteDataReader.Read"/>.
    /// </summary>
    /// <exception cref="SqliteException">The row could not be read.</exception>
    public bool Read()
    {
        var result = sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return result == raw.SQLITE_ROW;
    }

    public bool IsNull(int column) => sqlite3_value_type(sqlite3_column_value(_statement, column)) == raw.SQLITE_NULL;

    public long Integer(int column) => sqlite3_value_int64(sqlite3_column_value(_statement, column));

    /// <summary>A column's bytes, valid until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => BytesOf(sqlite3_column_value(_statement, column));

    /// <summary>An instant in UTC ticks, from text or number; null when it can't be read.</summary>
    /// <param name="column">The column.</param>
    /// <param name="timeZone">The zone of times that name none; null for UTC.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long? Timestamp(int column, TimeZoneInfo? timeZone)
    {
        var value = sqlite3_column_value(_statement, column);
        return sqlite3_value_type(value) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER or raw.SQLITE_FLOAT => TimestampParser.TryFromUnix(sqlite3_value_double(value), out var ticks)
                ? ticks
                : null,
            _ => TimestampParser.TryParse(BytesOf(value), timeZone, out var ticks) ? ticks : null,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> BytesOf(nint value)
    {
        var bytes = sqlite3_value_blob(value);
        return new ReadOnlySpan<byte>(bytes, bytes is null ? 0 : sqlite3_value_bytes(value));
    }

    /// <summary>Makes text of another encoding UTF-8: SQLite converts a column when it is asked for as text.</summary>
    public void ConvertToUtf8()
    {
        for (var column = reader.FieldCount - 1; column >= 0; column--)
        {
            if (sqlite3_value_type(sqlite3_column_value(_statement, column)) == raw.SQLITE_TEXT)
                _ = sqlite3_column_text(_statement, column);
        }
    }

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern int sqlite3_step(nint statement);

    [
        DllImport(Library, CallingConvention = CallingConvention.Cdecl),
        SuppressGCTransition,
        DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)
    ]
    private static extern nint sqlite3_column_value(nint statement, int column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern byte* sqlite3_column_text(nint statement, int column);

    [
        DllImport(Library, CallingConvention = CallingConvention.Cdecl),
        SuppressGCTransition,
        DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)
    ]
    private static extern int sqlite3_value_type(nint value);

    [
        DllImport(Library, CallingConvention = CallingConvention.Cdecl),
        SuppressGCTransition,
        DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)
    ]
    private static extern long sqlite3_value_int64(nint value);

    [
        DllImport(Library, CallingConvention = CallingConvention.Cdecl),
        SuppressGCTransition,
        DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)
    ]
    private static extern double sqlite3_value_double(nint value);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl), DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static extern byte* sqlite3_value_blob(nint value);

    [
        DllImport(Library, CallingConvention = CallingConvention.Cdecl),
        SuppressGCTransition,
        DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)
    ]
    private static extern int sqlite3_value_bytes(nint value);
}
