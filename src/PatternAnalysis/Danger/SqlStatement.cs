using System.Collections.Frozen;

namespace PatternAnalysis.Danger;

/// <summary>
/// Knows a single SQL statement that only reads. The dialects quote, comment and separate differently; a text that they would split
/// differently is not one.
/// </summary>
internal static class SqlStatement
{
    private static readonly FrozenSet<string> s_beginnings = Set(
        "select with show describe desc explain values table summarize pragma from"
    );

    // A word of these, anywhere: some dialects need no semicolon between statements.
    private static readonly FrozenSet<string> s_changes = Set(
        "insert update delete drop alter create truncate merge upsert grant "
            + "revoke exec execute call into copy attach detach vacuum reindex load "
            + "install set reset lock begin commit rollback savepoint listen notify "
            + "refresh import export handler kill flush purge shutdown declare "
            + "prepare deallocate backup restore bulk openrowset opendatasource outfile dumpfile"
    );

    // Functions that compute from their arguments or tell about the database. Any other may be somebody's own, and change what it likes.
    private static readonly FrozenSet<string> s_functions = Set(
        "count sum avg min max total coalesce ifnull nullif isnull iif length "
            + "char_length octet_length lower upper substr substring trim ltrim rtrim "
            + "replace instr position strpos left right lpad rpad concat concat_ws "
            + "format printf group_concat string_agg array_agg array_length "
            + "unnest any all some exists in not and or as on using over filter within "
            + "partition by cast try_cast convert round abs ceil ceiling floor "
            + "mod power sqrt sign greatest least random hex unhex quote typeof "
            + "pg_typeof now current_date current_timestamp date time datetime "
            + "julianday strftime unixepoch to_char to_date to_timestamp to_number "
            + "extract date_trunc date_part date_format date_add date_sub datediff "
            + "timestampdiff age make_interval interval year month day hour minute "
            + "epoch row_number rank dense_rank ntile lag lead first_value "
            + "last_value percentile_cont percentile_disc stddev variance median "
            + "mode corr bool_and bool_or every json_extract json_array_length "
            + "json_each json_tree json_type json_valid json_object json_array "
            + "json_agg json_build_object json_group_array json_group_object "
            + "json_extract_path_text jsonb_array_elements jsonb_array_elements_text "
            + "jsonb_array_length jsonb_each jsonb_object_keys jsonb_agg "
            + "jsonb_build_object jsonb_pretty jsonb_typeof json_array_elements "
            + "json_object_keys to_json to_jsonb row_to_json generate_series "
            + "version current_database current_schema current_user session_user "
            + "database schema user pg_size_pretty pg_total_relation_size "
            + "pg_relation_size pg_database_size pg_table_size pg_indexes_size pg_get_functiondef pg_get_viewdef pg_get_constraintdef "
            + "pg_get_indexdef pg_postmaster_start_time pg_is_in_recovery obj_description col_description has_table_privilege regexp_match "
            + "regexp_matches regexp_replace regexp_like split_part starts_with "
            + "ascii chr char md5 sha256 encode decode values select from where "
            + "having limit distinct between like when then else case with table_info "
            + "index_list index_info foreign_key_list table_list table_xinfo "
            + "list list_contains struct_pack read_csv read_csv_auto read_parquet "
            + "read_json read_json_auto varchar numeric decimal text int integer bigint "
            + "timestamp sqlite_version last_insert_rowid changes total_changes lateral "
            + "rollup cube grouping sets primary key materialized recursive union"
    );

    private static readonly FrozenSet<string> s_pragmas = Set(
        "table_list database_list compile_options collation_list function_list module_list pragma_list page_count page_size freelist_count "
            + "integrity_check quick_check encoding schema_version user_version journal_mode foreign_keys"
    );

    // With an argument most pragmas set something; these ask about the table or the index that it names.
    private static readonly FrozenSet<string> s_pragmasOfTables = Set(
        "table_info( table_xinfo( index_list( index_info( index_xinfo( foreign_key_list("
    );

    // Commands of the clients that only tell: \d, \dt+, \l; .schema, .tables.
    private static readonly BoundedRegex s_metaCommand = new(
        "^(\\\\(d[a-zA-Z]*[S+]*|l\\+?|z|sf\\+?|sv\\+?|conninfo|encoding|\\?|h)"
            + "|\\.(schema|tables|indexes|indices|databases|dbinfo|show|fullschema|help|version))"
            + "( +[A-Za-z0-9_.*\"%-]+)*;?$"
    );

    /// <summary>Whether a text is one statement that only reads, or one command of a client that only tells something.</summary>
    public static bool OnlyReads(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return false;
        return text[0] is '\\' or '.' ? s_metaCommand.IsMatch(text) : ReadWords(text) is { } words && OnlyReads(words);
    }

    private static bool OnlyReads(List<string> words)
    {
        if (words.Count == 0 || !s_beginnings.Contains(words[0].TrimEnd('(')))
            return false;
        if (words[0] == "pragma")
            return words.Count > 1 && !words.Contains("=") && (s_pragmas.Contains(words[1]) || s_pragmasOfTables.Contains(words[1]));
        foreach (var word in words)
        {
            if (word[^1] == '(' ? !s_functions.Contains(word[..^1]) : s_changes.Contains(word))
                return false;
        }

        // FOR UPDATE and FOR SHARE lock rows; EXPLAIN ANALYZE runs what it explains, which is looked at like the rest.
        return !words.Contains("share");
    }

    /// <summary>
    /// The words of one statement in lower case, a function's with its parenthesis; null when it is not surely one statement.
    /// </summary>
    private static List<string>? ReadWords(string text)
    {
        var words = new List<string>();
        for (var index = 0; index < text.Length; )
        {
            var current = text[index];
            if (current is '\'' or '"' or '`')
            {
                var end = EndOfQuote(text, index);
                if (end < 0)
                    return null;
                index = end;
            }
            else if (char.IsAsciiLetter(current) || current == '_')
            {
                var start = index;
                while (index < text.Length && (char.IsAsciiLetterOrDigit(text[index]) || text[index] is '_'))
                    index++;
                var word = text[start..index].ToLowerInvariant();
                var next = index;
                while (next < text.Length && char.IsWhiteSpace(text[next]))
                    next++;
                words.Add(next < text.Length && text[next] == '(' ? word + "(" : word);
            }
            else if (current == ';')
            {
                return text.AsSpan(index + 1).Trim(" \t\r\n;").Length == 0 ? words : null;
            }
            else if (current is '\\' or '$' or '#' or '{' || StartsComment(text, index))
            {
                // Comments, commands of a client, dollar quotes and variables: the dialects differ in where they end.
                return null;
            }
            else
            {
                if (current == '=')
                    words.Add("=");
                index++;
            }
        }

        return words;
    }

    private static bool StartsComment(string text, int index) =>
        (text[index] == '-' || text[index] == '/')
        && index + 1 < text.Length
        && text[index + 1] is '-' or '*'
        && !(text[index] == '-' && text[index + 1] == '*');

    // Past the closing quote; a quote that is doubled goes on. A backslash before a quote ends a text in one dialect and not in another.
    private static int EndOfQuote(string text, int start)
    {
        for (var index = start + 1; index < text.Length; index++)
        {
            if (text[index] == '\\')
                return -1;
            if (text[index] != text[start])
                continue;
            if (index + 1 < text.Length && text[index + 1] == text[start])
                index++;
            else
                return index + 1;
        }

        return -1;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
