using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

/// <summary>Words of the manuals of PostgreSQL, MySQL, SQLite and DuckDB.</summary>
public class SqlWordTests
{
    [Theory]
    [InlineData("select 1")]
    [InlineData("with x as (select 1) select * from x")]
    [InlineData("show tables")]
    [InlineData("describe shop")]
    [InlineData("desc shop")]
    [InlineData("explain select 1")]
    [InlineData("values (1)")]
    [InlineData("table shop")]
    [InlineData("summarize shop")]
    [InlineData("pragma table_list")]
    [InlineData("from shop select a")]
    public void A_statement_that_reads_begins_so(string text) => Assert.True(SqlStatement.OnlyReads(text), text);

    [Theory]
    [InlineData(
        "insert update delete drop alter create truncate merge upsert grant revoke exec execute call into copy attach detach vacuum reindex"
    )]
    [InlineData(
        "load install set reset lock begin commit rollback savepoint listen notify refresh import export handler kill flush purge shutdown"
    )]
    [InlineData("declare prepare deallocate backup restore bulk openrowset opendatasource outfile dumpfile share")]
    public void A_word_that_changes_something_may_stand_nowhere(string words)
    {
        foreach (var word in words.Split(' '))
        {
            Assert.False(SqlStatement.OnlyReads($"{word} x"), word);
            Assert.False(SqlStatement.OnlyReads($"select 1 {word} x"), word);
            Assert.False(SqlStatement.OnlyReads($"select 1 {word.ToUpperInvariant()}"), word);
            Assert.True(SqlStatement.OnlyReads($"select '{word}', {word}_at from x"), word);
        }
    }

    [Theory]
    [InlineData(
        "count sum avg min max total coalesce ifnull nullif isnull iif length char_length octet_length lower upper substr substring trim"
    )]
    [InlineData(
        "ltrim rtrim replace instr position strpos left right lpad rpad concat concat_ws format printf group_concat string_agg array_agg"
    )]
    [InlineData("array_length unnest any all some exists in not and or as on using over filter within by cast try_cast convert round abs")]
    [InlineData(
        "ceil ceiling floor mod power sqrt sign greatest least random hex unhex quote typeof pg_typeof now current_date current_timestamp"
    )]
    [InlineData(
        "date time datetime julianday strftime unixepoch to_char to_date to_timestamp to_number extract date_trunc date_part date_format"
    )]
    [InlineData(
        "date_add date_sub datediff timestampdiff age make_interval interval year month day hour minute epoch row_number rank dense_rank"
    )]
    [InlineData(
        "ntile lag lead first_value last_value percentile_cont percentile_disc stddev variance median mode corr bool_and bool_or every"
    )]
    [InlineData(
        "json_extract json_array_length json_each json_tree json_type json_valid json_object json_array json_agg json_build_object"
    )]
    [InlineData(
        "json_group_array json_group_object json_extract_path_text jsonb_array_elements jsonb_array_elements_text jsonb_array_length"
    )]
    [InlineData(
        "jsonb_each jsonb_object_keys jsonb_agg jsonb_build_object jsonb_pretty jsonb_typeof json_array_elements json_object_keys to_json"
    )]
    [InlineData(
        "to_jsonb row_to_json generate_series version current_database current_schema current_user session_user database schema user"
    )]
    [InlineData("pg_size_pretty pg_total_relation_size pg_relation_size pg_database_size pg_table_size pg_indexes_size pg_get_functiondef")]
    [InlineData(
        "pg_get_viewdef pg_get_constraintdef pg_get_indexdef pg_postmaster_start_time pg_is_in_recovery obj_description col_description"
    )]
    [InlineData(
        "has_table_privilege regexp_match regexp_matches regexp_replace regexp_like split_part starts_with ascii chr char md5 sha256"
    )]
    [InlineData("encode decode values select from where having limit distinct between like when then else case with table_info index_list")]
    [InlineData(
        "index_info foreign_key_list table_list table_xinfo list list_contains struct_pack read_csv read_csv_auto read_parquet read_json"
    )]
    [InlineData(
        "read_json_auto varchar numeric decimal text int integer bigint timestamp sqlite_version last_insert_rowid changes total_changes"
    )]
    [InlineData("lateral rollup cube grouping sets key materialized recursive union")]
    public void A_function_that_computes_or_tells_something_is_no_change(string functions)
    {
        foreach (var function in functions.Split(' '))
        {
            Assert.True(SqlStatement.OnlyReads($"select a, {function}(b) from x"), function);
            Assert.True(SqlStatement.OnlyReads($"select {function.ToUpperInvariant()} (b) from x"), function);
            Assert.False(SqlStatement.OnlyReads($"select my_{function}(b) from x"), function);
        }
    }

    [Theory]
    [InlineData("pg_terminate_backend")]
    [InlineData("setval")]
    [InlineData("nextval")]
    [InlineData("lo_import")]
    [InlineData("pg_read_file")]
    [InlineData("dblink_exec")]
    [InlineData("load_extension")]
    [InlineData("sleep")]
    [InlineData("set_config")]
    [InlineData("writefile")]
    [InlineData("getenv")]
    [InlineData("sys_exec")]
    public void A_function_that_does_something_is_one(string function) =>
        Assert.False(SqlStatement.OnlyReads($"select {function}('a')"), function);

    [Theory]
    [InlineData("table_list database_list compile_options collation_list function_list module_list pragma_list page_count page_size", "")]
    [InlineData("freelist_count integrity_check quick_check encoding schema_version user_version journal_mode foreign_keys", "")]
    [InlineData("table_info table_xinfo index_list index_info index_xinfo foreign_key_list", "(shop)")]
    public void A_pragma_that_asks_something_only_reads(string pragmas, string argument)
    {
        foreach (var pragma in pragmas.Split(' '))
        {
            Assert.True(SqlStatement.OnlyReads($"pragma {pragma}{argument};"), pragma);
            Assert.True(SqlStatement.OnlyReads($"PRAGMA {pragma.ToUpperInvariant()}{argument}"), pragma);
            Assert.False(SqlStatement.OnlyReads($"pragma {pragma} = 1"), pragma);
            Assert.False(SqlStatement.OnlyReads($"pragma {pragma}{(argument.Length > 0 ? "" : "(1)")}"), pragma);
        }
    }

    [Theory]
    [InlineData("pragma writable_schema")]
    [InlineData("pragma wal_checkpoint")]
    [InlineData("pragma optimize")]
    public void A_pragma_that_does_something_is_no_question(string text) => Assert.False(SqlStatement.OnlyReads(text));

    [Theory]
    [InlineData("\\d", true)]
    [InlineData("\\dt", true)]
    [InlineData("\\dt+", true)]
    [InlineData("\\dnS+ public.*", true)]
    [InlineData("\\d \"A b\"", true)]
    [InlineData("\\d \"A%\"", true)]
    [InlineData("\\l+", true)]
    [InlineData("\\z shop", true)]
    [InlineData("\\sf+ f", true)]
    [InlineData("\\sv v", true)]
    [InlineData("\\conninfo", true)]
    [InlineData("\\encoding", true)]
    [InlineData("\\?", true)]
    [InlineData("\\h select;", true)]
    [InlineData("\\o file", false)]
    [InlineData("\\i file", false)]
    [InlineData("\\w file", false)]
    [InlineData("\\gexec", false)]
    [InlineData("\\d | rm", false)]
    [InlineData(".schema shop", true)]
    [InlineData(".tables", true)]
    [InlineData(".indexes", true)]
    [InlineData(".indices shop", true)]
    [InlineData(".databases", true)]
    [InlineData(".dbinfo", true)]
    [InlineData(".show", true)]
    [InlineData(".fullschema", true)]
    [InlineData(".help", true)]
    [InlineData(".version", true)]
    [InlineData(".read file", false)]
    [InlineData(".import a b", false)]
    [InlineData(".system rm", false)]
    [InlineData(".once file", false)]
    [InlineData(".save file", false)]
    public void A_command_of_a_client_that_only_tells_something_reads(string text, bool onlyReads) =>
        Assert.Equal(onlyReads, SqlStatement.OnlyReads(text));

    [Theory]
    [InlineData("select a/b, a-b, a - -b from x", true)]
    [InlineData("select a -* b", true)]
    [InlineData("select a /* b", false)]
    [InlineData("select a // b", true)]
    [InlineData("select a --", false)]
    [InlineData("select a -", true)]
    [InlineData("select a;;\n;", true)]
    [InlineData("select a; b", false)]
    [InlineData("select 'a''b'", true)]
    [InlineData("select 'a''", false)]
    [InlineData("select `a``b`, \"c\"\"d\"", true)]
    [InlineData("select 'a\\b'", false)]
    [InlineData("select own\n\t(1)", false)]
    [InlineData("select own\r(1)", false)]
    [InlineData("select own\f\v(1)", false)]
    [InlineData("select a1_b(1)", false)]
    [InlineData("select _own(1)", false)]
    public void A_text_that_dialects_take_in_one_way_is_a_statement(string text, bool onlyReads) =>
        Assert.Equal(onlyReads, SqlStatement.OnlyReads(text));
}
