namespace PatternAnalysis.Import;

/// <summary>Why a part of the input was not imported.</summary>
public static class SkipReason
{
    /// <summary>The text is no complete JSON value.</summary>
    public const string Malformed = "malformed";

    /// <summary>The value is longer than <see cref="JsonValueReader.MaximumLength"/>.</summary>
    public const string TooLong = "too_long";

    /// <summary>The value is nested deeper than <see cref="JsonValueReader.MaximumDepth"/>.</summary>
    public const string TooDeep = "too_deep";

    /// <summary>The bytes are no UTF-8.</summary>
    public const string NotUtf8 = "not_utf8";

    /// <summary>A value that the file's format does not have.</summary>
    public const string NotAnEvent = "not_an_event";

    /// <summary>A record of a type that nobody here knows: it may hold a call.</summary>
    public const string UnknownRecord = "unknown_record";

    /// <summary>The event names no session.</summary>
    public const string NoSession = "no_session";

    /// <summary>The event is about a tool and does not name it.</summary>
    public const string NoTool = "no_tool";

    /// <summary>A session, type, tool or application has a name of more than 255 characters.</summary>
    public const string NameTooLong = "name_too_long";

    /// <summary>The timestamp can't be read.</summary>
    public const string UnreadableTimestamp = "unreadable_timestamp";

    /// <summary>The timestamp lies before 2000 or in the future.</summary>
    public const string TimestampOutOfRange = "timestamp_out_of_range";

    /// <summary>A field has a type that it can't have.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>The table's own rules refuse the event.</summary>
    public const string Refused = "refused_by_table";

    /// <summary>The file is empty.</summary>
    public const string EmptyFile = "empty_file";

    /// <summary>The file is in no known format.</summary>
    public const string UnknownFormat = "unknown_format";

    /// <summary>What a tool answered, saved beside a transcript: data, whatever it looks like.</summary>
    public const string ToolAnswer = "tool_answer";

    /// <summary>No regular file: a pipe, a socket or a device.</summary>
    public const string NotAFile = "not_a_file";

    /// <summary>A link to a folder that was read already, or that holds the link itself.</summary>
    public const string LinkedAgain = "linked_again";

    /// <summary>A file of a folder whose name is none of a file that may hold events.</summary>
    public const string OtherFile = "other_file";

    /// <summary>The file can't be opened or read.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>What a reason means, in words.</summary>
    public static string Explain(string reason) =>
        reason switch
        {
            Malformed => "no complete JSON value",
            TooLong => $"a value of more than {JsonValueReader.MaximumLength >> 20} MB",
            TooDeep => $"nested deeper than {JsonValueReader.MaximumDepth} levels",
            NotUtf8 => "bytes that are no UTF-8",
            NotAnEvent => "no event of the file's format",
            UnknownRecord => "a record of a type that is not known",
            NoSession => "the event names no session",
            NoTool => "the event names no tool",
            NameTooLong => "a name of more than 255 characters",
            UnreadableTimestamp => "the timestamp is in no known form",
            TimestampOutOfRange => "the timestamp lies before 2000 or in the future",
            WrongType => "a field of a type that it can't have",
            Refused => "the database's table refuses it (an older CHECK or NOT NULL)",
            EmptyFile => "an empty file",
            UnknownFormat => "a file in no known format",
            ToolAnswer => "what a tool answered, saved beside a transcript",
            NotAFile => "no regular file (a pipe, a socket or a device)",
            LinkedAgain => "a link to a folder that is read already",
            OtherFile => "a file whose name is none of one with events",
            Unreadable => "a file that can't be read",
            _ => reason,
        };
}
